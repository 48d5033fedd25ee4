import type { Endpoint } from '../../../src/core/events/endpoint';
import type { DeliveryNote } from '../../../src/core/ports/events';
import type { KeptGrant } from '../../../src/core/ports/key-grants';
import type { ConsolePorts } from '../../../src/console-api/routes/route';
import { recordsWorld } from './records-world';

const AT = '2026-11-02T08:00:00.000Z';

const ENDPOINT: Endpoint = {
  id: 'ep_1',
  company_id: 'brightpath',
  project_ids: ['*'],
  url: 'https://events.example.com/in',
  include: ['text'],
  created_at: AT,
  created_by: 'sam',
  secrets: [{ sealed: 'sealed-secret', created_at: AT }],
  state: { cursor: 'c', epoch: 0, wanted: 0, failures: 2, failing_since: AT, next_attempt_at: '2026-11-02T10:00:00.000Z' },
};
const NOTE: DeliveryNote = { at: AT, event_id: 'e1', type: 'test', outcome: 'failed', answer: '503', cause: 'test' };

function endpointWorld({ replaces = true, state = ENDPOINT.state } = {}) {
  const called: object[] = [];
  const list: Record<string, Endpoint> = { [ENDPOINT.id]: { ...ENDPOINT, state } };
  const endpoints = {
    list: async () => Promise.resolve(Object.values(list)),
    find: async (company: string, id: string) =>
      Promise.resolve(company === 'brightpath' && Object.hasOwn(list, id) ? list[id] : undefined),
    notes: async () => Promise.resolve([NOTE]),
    replaceSecrets: async () => Promise.resolve(replaces),
  } as unknown as ConsolePorts['endpoints'];
  const grant: KeptGrant = {
    hash: 'ab'.repeat(32), company_id: 'brightpath', project_ids: ['cv-review'], created_at: AT, label: 'nightly',
  } as KeptGrant;
  const world = recordsWorld({
    endpoints,
    endpointKey: async () => Promise.resolve(Buffer.alloc(32).toString('base64')),
    deliveries: { call: async (call) => Promise.resolve(void called.push(call)) } as ConsolePorts['deliveries'],
    grants: { list: async () => Promise.resolve([grant]) } as unknown as ConsolePorts['grants'],
  });
  world.signIn('company_admin:brightpath');
  const step = async (name: string, id: string) =>
    world.post(`/companies/endpoints/${name}`, { id }, { company: 'brightpath' });
  return { ...world, called, step };
}

test('endpoints are listed with what stands in their way, and no secret', async () => {
  const { get } = endpointWorld();
  const { json, body } = await get('/companies/endpoints');
  expect(json).toMatchObject({
    endpoints: [{
      id: 'ep_1', condition: 'paused', failures: 2, takesText: true, secretMadeAt: AT,
      deliveries: [{ outcome: 'failed', answer: '503' }],
    }],
  });
  expect(String(body)).not.toContain('sealed-secret');
});

test('one that took others is listed with the events that it did not take', async () => {
  const next = '2026-11-02T10:00:00.000Z';
  const held = [{ record: 'r1', positions: ['p1', 'p2'], failures: 1, next_attempt_at: next, epoch: 0 }];
  const { get } = endpointWorld({ state: { cursor: 'c', epoch: 0, wanted: 0, held } });
  const { json } = await get('/companies/endpoints');
  expect(json).toMatchObject({
    endpoints: [{ condition: 'working', heldEvents: 2, heldNextAttemptAt: next }],
  });
});

test('a test event is called for, and recorded', async () => {
  const { step, called, actions } = endpointWorld();
  expect(await step('test', 'ep_1')).toMatchObject({ status: 200, json: { message: expect.stringContaining('on its way') } });
  expect(called).toEqual([{ company: 'brightpath', endpoint: 'ep_1', test: 'id' }]);
  expect(actions()).toEqual([{ action: 'test_endpoint', fields: ['ep_1'], reason: undefined }]);
});

test('a new secret is shown once, and its making recorded without it', async () => {
  const { step, page } = endpointWorld();
  const { json } = await step('rotate', 'ep_1');
  expect(json).toEqual({ secret: expect.stringMatching(/^whsec_/), oldUntil: expect.any(String) });
  expect(page.audited).toMatchObject([{ action: 'rotate_secret', fields: ['ep_1'] }]);
  expect(JSON.stringify(page.audited)).not.toContain(String(json.secret));
});

test('of two who make a secret at once one is told to look again', async () => {
  const { step, actions } = endpointWorld({ replaces: false });
  expect(await step('rotate', 'ep_1')).toMatchObject({ status: 409, json: { code: 'CHANGED' } });
  expect(actions()).toEqual([]);
});

test.each(['test', 'rotate'])('%s of an endpoint that is gone does nothing', async (name) => {
  const { step, called } = endpointWorld();
  expect(await step(name, 'ep_2')).toMatchObject({ status: 404, json: { code: 'NOT_FOUND' } });
  expect(called).toEqual([]);
});

test('keys are listed by the beginning of their hash alone', async () => {
  const { get } = endpointWorld();
  const { json, body } = await get('/companies/keys');
  expect(json.keys).toEqual([{
    hash: 'abababababab', state: 'working', isTest: false, projects: ['cv-review'], label: 'nightly', createdAt: AT,
  }]);
  expect(String(body)).not.toContain('ab'.repeat(8));
});
