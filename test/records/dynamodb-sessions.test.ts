import type { Session } from '../../src/core/ports/sessions';
import { DynamoDbSessions } from '../../src/records/dynamodb-sessions';
import type { DynaliteTables } from '../support/dynalite-tables';
import { startDynaliteTables } from '../support/dynalite-tables';

let dynalite: DynaliteTables;
let sessions: DynamoDbSessions;
beforeAll(async () => {
  dynalite = await startDynaliteTables();
  sessions = new DynamoDbSessions(dynalite.records, dynalite.tables.conversations);
});
afterAll(() => dynalite.stop());

let count = 0;
const session = (change: Partial<Session> = {}): Session => ({
  hash: `hash-${(count += 1)}`,
  personId: 'robin',
  person: 'robin@example.com',
  roles: ['reviewer:acme'],
  startedAt: '2026-11-30T09:00:00.000Z',
  seenAt: '2026-11-30T09:00:00.000Z',
  rolesAt: '2026-11-30T09:00:00.000Z',
  endsAt: '2026-11-30T21:00:00.000Z',
  sealedToken: 'sealed',
  ...change,
});

test('a session is found until it is ended, and then by nobody', async () => {
  const one = session();
  await sessions.start(one);
  expect(await sessions.find(one.hash)).toEqual(one);
  await sessions.seen(one, '2026-11-30T09:05:00.000Z');
  expect((await sessions.find(one.hash))?.seenAt).toBe('2026-11-30T09:05:00.000Z');
  await sessions.end(one);
  expect(await sessions.find(one.hash)).toBeUndefined();
  // A call that was under way does not bring it back.
  await sessions.seen(one, '2026-11-30T09:06:00.000Z');
  expect(await sessions.renew(one, { rolesAt: '2026-11-30T09:06:00.000Z' })).toBe(false);
  expect(await sessions.find(one.hash)).toBeUndefined();
});

test('of several calls one renews the roles', async () => {
  const one = session();
  await sessions.start(one);
  const renew = async () => sessions.renew(one, { rolesAt: '2026-11-30T09:05:00.000Z', roles: ['auditor:acme'] });
  expect((await Promise.all([renew(), renew(), renew()])).filter(Boolean)).toHaveLength(1);
  expect(await sessions.find(one.hash)).toMatchObject({ roles: ['auditor:acme'], sealedToken: 'sealed' });
});

test("a person's sessions are listed, and no one else's", async () => {
  const [own, foreign] = [session({ personId: 'sasha' }), session({ personId: 'other' })];
  await sessions.start(own);
  await sessions.start(foreign);
  expect(await sessions.ofPerson('sasha')).toEqual([{ hash: own.hash, startedAt: own.startedAt }]);
  await sessions.end(own);
  expect(await sessions.ofPerson('sasha')).toEqual([]);
});

test('a sign-in that was begun is taken once, however many ask for it', async () => {
  const until = '2026-11-30T09:10:00.000Z';
  const begun = { hash: 'begun', state: 's', nonce: 'n', verifier: 'v', returnTo: '/', until };
  await sessions.begin(begun);
  const taken = await Promise.all([1, 2, 3].map(async () => sessions.takeBegun('begun')));
  expect(taken.filter((one) => one !== undefined)).toEqual([begun]);
  expect(await sessions.takeBegun('none')).toBeUndefined();
});
