import { MOST_ENDPOINTS } from '../../../src/core/events/endpoint';
import { endpointUrlFault } from '../../../src/operations/endpoints/endpoint-url';
import { addEndpoint, rotateSecret } from '../../../src/operations/endpoints/manage-endpoints';
import { unseal } from '../../../src/events/seal';
import type { DynaliteTables } from '../../support/dynalite-tables';
import { startDynaliteTables } from '../../support/dynalite-tables';
import { COMPANY, createEventTable, EventsWorld } from '../../support/events-world';

const KEY = 'the key of this test';
let dynalite: DynaliteTables;
let world: EventsWorld;
beforeEach(async () => {
  dynalite = await startDynaliteTables();
  await createEventTable(dynalite);
  world = new EventsWorld(dynalite);
});
afterEach(async () => dynalite.stop());

const ports = (allowsLoopback = false) => ({
  allowsLoopback,
  clock: world.clock,
  deliveries: world.ports.queue,
  endpointKey: async () => Promise.resolve(KEY),
  endpoints: world.endpoints,
  events: world.log,
  newIdentifier: () => 'id',
});
const ORDER = { company: COMPANY, projects: ['*'], url: 'https://example.com/in', include: [], by: 'R' } as const;

test('a new endpoint gets what happens from now on, signed by the secret that was shown', async () => {
  await world.publish();
  const added = await addEndpoint(ports(), ORDER);
  if (added.outcome !== 'added') throw new Error(added.outcome);
  const { endpoint, secret } = added;
  const later = await world.publish();
  expect(await world.deliver(endpoint.id)).toEqual([later]);
  expect(secret).toMatch(/^whsec_[A-Za-z0-9+/]{43}=$/);
  expect(JSON.stringify(await world.endpoints.find(COMPANY, endpoint.id))).not.toContain(secret.slice(6));
  expect(endpoint.secrets.map(({ sealed }) => unseal(sealed, endpoint, KEY))).toEqual([secret]);
});

test('a sealed secret opens for its own endpoint alone', async () => {
  const added = await addEndpoint(ports(), ORDER);
  if (added.outcome !== 'added') throw new Error(added.outcome);
  const [{ sealed } = { sealed: '' }] = added.endpoint.secrets;
  expect(() => unseal(sealed, { company_id: COMPANY, id: 'another' }, KEY)).toThrow();
  expect(() => unseal(sealed, added.endpoint, 'another key')).toThrow();
  expect(() => unseal(sealed.replace(/.$/, (last) => (last === 'A' ? 'B' : 'A')), added.endpoint, KEY)).toThrow();
});

test('after a rotation two secrets sign, never three, and a rotation of an old view is refused', async () => {
  const added = await addEndpoint(ports(), ORDER);
  if (added.outcome !== 'added') throw new Error(added.outcome);
  const rotated = await rotateSecret(ports(), added.endpoint);
  expect(rotated).toMatchObject({ outcome: 'rotated', oldUntil: '2026-11-09T09:00:00.000Z' });
  expect(await rotateSecret(ports(), added.endpoint)).toEqual({ outcome: 'changed' });
  const now = await world.endpoints.find(COMPANY, added.endpoint.id);
  if (!now) throw new Error('the endpoint is gone');
  await rotateSecret(ports(), now);
  expect((await world.endpoints.find(COMPANY, now.id))?.secrets).toHaveLength(2);
});

test('a company has ten endpoints at most', async () => {
  for (let made = 0; made < MOST_ENDPOINTS; made += 1) await addEndpoint(ports(), ORDER);
  expect(await addEndpoint(ports(), ORDER)).toEqual({ outcome: 'too_many' });
});

test.each([
  'http://example.com/', 'ftp://example.com/', 'example.com', '', 'https://user:word@example.com/',
  'https://example.com/#here', 'https://localhost/', 'https://engine/', 'https://db.internal/', 'https://a.local./',
  `https://example.com/${'a'.repeat(2048)}`, 'javascript:alert(1)', 'https://',
])('%s is refused', (url) => {
  expect(endpointUrlFault(url, { allowsLoopback: false })).toMatch(/^must /);
});

test('on a local stage an endpoint may be on this machine', () => {
  expect(endpointUrlFault('http://127.0.0.1:8080/in', { allowsLoopback: true })).toBeUndefined();
  expect(endpointUrlFault('http://example.com/in', { allowsLoopback: true })).toBe('must begin with https://');
  expect(endpointUrlFault('http://127.0.0.1:8080/in', { allowsLoopback: false })).toBe('must begin with https://');
});
