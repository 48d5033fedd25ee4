import { GetCommand } from '@aws-sdk/lib-dynamodb';
import type { Endpoint } from '../../src/core/events/endpoint';
import type { EndpointLease, EndpointProgress } from '../../src/core/ports/events';
import { DynamoDbEndpoints } from '../../src/records/dynamodb-endpoints';
import { endpointItemKey } from '../../src/records/event-item-keys';
import type { DynaliteTables } from '../support/dynalite-tables';
import { startDynaliteTables } from '../support/dynalite-tables';
import { createEventTable, EVENT_TABLE } from '../support/events-world';
import { ItemTellingTables } from '../support/item-telling-tables';
import { failingTables } from '../support/scripted-tables';

const COMPANY = 'brightpath';
const at = (seconds: number) => new Date(Date.parse('2026-11-22T10:00:00.000Z') + seconds * 1000).toISOString();

let dynalite: DynaliteTables;
let tables: ItemTellingTables;
let endpoints: DynamoDbEndpoints;
beforeEach(async () => {
  dynalite = await startDynaliteTables();
  await createEventTable(dynalite);
  tables = new ItemTellingTables(dynalite.records.client);
  endpoints = new DynamoDbEndpoints(tables, EVENT_TABLE);
});
afterEach(() => dynalite.stop());

async function added(id = 'ep-1', change: Partial<Endpoint> = {}): Promise<Endpoint> {
  const endpoint: Endpoint = {
    id, company_id: COMPANY, project_ids: ['*'], url: `https://${id}.example.com/`, include: [], created_at: at(0),
    created_by: 'test', secrets: [{ sealed: 'sealed', created_at: at(0) }],
    state: { cursor: 'c0', epoch: 0, wanted: 0 },
    ...change,
  };
  await endpoints.add(endpoint);
  return endpoint;
}

const lease = (owner: string, from = 0, until = from + 60): EndpointLease =>
  ({ owner, now: at(from), until: at(until) });
const progress = (owner: string, cursor: string, change: Partial<EndpointProgress> = {}): EndpointProgress =>
  ({ owner, cursor, epoch: 0, held: [], ...change });
const take = async (owner: string, from = 0) => endpoints.take(COMPANY, 'ep-1', lease(owner, from));
const stateNow = async () => (await endpoints.find(COMPANY, 'ep-1'))?.state;

const takenBy = (owner: string) => ({
  TableName: EVENT_TABLE,
  Key: endpointItemKey(COMPANY, 'ep-1'),
  UpdateExpression: 'SET lease_owner = :owner, lease_until = :until',
  ExpressionAttributeValues: { ':owner': owner, ':until': at(60) },
});

describe('an endpoint', () => {
  test('is found as it was added, by its company alone', async () => {
    const endpoint = await added('ep-1', { project_ids: ['hiring'], include: ['text'] });
    expect(await endpoints.find(COMPANY, 'ep-1')).toEqual(endpoint);
    expect(await endpoints.find('other', 'ep-1')).toBeUndefined();
  });

  test('is listed with the others of its company, oldest first', async () => {
    await added('a', { created_at: at(2) });
    await added('b', { created_at: at(1) });
    await added('c', { company_id: 'other' });
    expect((await endpoints.list(COMPANY)).map(({ id }) => id)).toEqual(['b', 'a']);
    expect(await endpoints.list('nobody')).toEqual([]);
  });

  test('that is removed is found no more, keeps no address and no secret, and ends', async () => {
    await added();
    await endpoints.remove(COMPANY, 'ep-1');
    expect(await endpoints.find(COMPANY, 'ep-1')).toBeUndefined();
    expect(await endpoints.list(COMPANY)).toEqual([]);
    const get = new GetCommand({ TableName: EVENT_TABLE, Key: { ...endpointItemKey(COMPANY, 'ep-1') } });
    const { Item: left } = await dynalite.client.send(get);
    expect(left).toMatchObject({ removed_at: expect.any(String), time_to_live: expect.any(Number) });
    expect(JSON.stringify(left)).not.toMatch(/example\.com|sealed/);
    expect(await take('one')).toBeUndefined();
    expect(await endpoints.rewind(COMPANY, 'ep-1', 'c9')).toBe(false);
  });

  test('that is not there is not made by a removal', async () => {
    await endpoints.remove(COMPANY, 'none');
    const get = new GetCommand({ TableName: EVENT_TABLE, Key: { ...endpointItemKey(COMPANY, 'none') } });
    expect((await dynalite.client.send(get)).Item).toBeUndefined();
  });

  test('gets new secrets only if nobody was faster', async () => {
    const seen = await added();
    const secrets = [{ sealed: 'new', created_at: at(1) }, { sealed: 'sealed', created_at: at(0), expires_at: at(2) }];
    expect(await endpoints.replaceSecrets(seen, secrets)).toBe(true);
    expect(await endpoints.replaceSecrets(seen, [{ sealed: 'other', created_at: at(1) }])).toBe(false);
    expect((await endpoints.find(COMPANY, 'ep-1'))?.secrets).toEqual(secrets);
  });
});

describe('a lease', () => {
  test('is one worker\'s; a call that meets it is noted, so that the worker looks once more', async () => {
    await added();
    const mine = await take('one');
    expect(mine?.state).toMatchObject({ lease_owner: 'one', lease_until: at(60), wanted: 0 });
    expect(await take('two', 1)).toBeUndefined();
    expect(await stateNow()).toMatchObject({ lease_owner: 'one', wanted: 1 });
    expect(mine && await endpoints.release(mine, progress('one', 'c1'))).toBe(false);
    const again = mine && await endpoints.save(mine, progress('one', 'c1'), lease('one', 2));
    expect(again?.state).toMatchObject({ cursor: 'c1', wanted: 1, lease_until: at(62) });
    expect(again && await endpoints.release(again, progress('one', 'c2', { takenAt: at(3) }))).toBe(true);
    const state = await stateNow();
    expect(state).toMatchObject({ cursor: 'c2', last_success_at: at(3) });
    expect(state).not.toHaveProperty('lease_owner');
  });

  test('may be released whatever was called meanwhile, by whoever calls itself', async () => {
    const endpoint = await added();
    await take('one');
    await take('two', 1);
    expect(await endpoints.release(endpoint, progress('one', 'c1'), { anyway: true })).toBe(true);
  });

  test('that is over goes to the next worker, and the one before saves nothing', async () => {
    const endpoint = await added();
    await take('one');
    expect((await take('two', 61))?.state).toMatchObject({ lease_owner: 'two', wanted: 0 });
    expect(await endpoints.save(endpoint, progress('one', 'c9'), lease('one', 61))).toBeUndefined();
    expect(await endpoints.release(endpoint, progress('one', 'c9'), { anyway: true })).toBe(false);
    expect(await stateNow()).toMatchObject({ cursor: 'c0', lease_owner: 'two' });
  });

  test('that ends while a call meets it goes to that call', async () => {
    const endpoint = await added();
    await take('one');
    tables.afterRefusal = async () => {
      tables.afterRefusal = () => Promise.resolve();
      await endpoints.release(endpoint, progress('one', 'c1'));
    };
    expect((await take('two', 1))?.state).toMatchObject({ cursor: 'c1', lease_owner: 'two', wanted: 0 });
  });

  test('that begins and ends all the time is given up in the end', async () => {
    const endpoint = await added();
    await take('one');
    let isHeld = true;
    tables.afterRefusal = async () => {
      isHeld = !isHeld;
      if (isHeld) await dynalite.records.update(takenBy('one'));
      else await new DynamoDbEndpoints(dynalite.records, EVENT_TABLE).release(endpoint, progress('one', 'c1'));
    };
    expect(await take('two', 1)).toBeUndefined();
    expect(await stateNow()).toMatchObject({ lease_owner: 'one', wanted: 0 });
  });

  test('on what is not there is none', async () => {
    expect(await take('one')).toBeUndefined();
  });

  test('is none while the table fails: the failure is thrown on', async () => {
    const failing = new DynamoDbEndpoints(failingTables(new TypeError('down')), EVENT_TABLE);
    await expect(failing.take(COMPANY, 'ep-1', lease('one'))).rejects.toThrow('down');
  });
});

describe('a failed delivery', () => {
  const FAILED = { failures: 2, failing_since: at(0) };

  test('leaves the endpoint waiting until its next attempt is due', async () => {
    const endpoint = await added();
    await take('one');
    await endpoints.pause(endpoint, progress('one', 'c1'), { ...FAILED, next_attempt_at: at(120) });
    const state = await stateNow();
    expect(state).toMatchObject({ ...FAILED, cursor: 'c1', next_attempt_at: at(120) });
    expect(state).not.toHaveProperty('lease_until');
    expect(await endpoints.due(at(119), 5)).toEqual([]);
    expect(await endpoints.due(at(120), 5)).toEqual([{ company: COMPANY, id: 'ep-1' }]);
    expect(await take('two', 119)).toBeUndefined();
    expect(await take('two', 120)).toMatchObject({ id: 'ep-1' });
  });

  test('may disable the endpoint: nothing is due, and no worker gets it', async () => {
    const endpoint = await added();
    await take('one');
    await endpoints.pause(endpoint, progress('one', 'c1'), { ...FAILED, next_attempt_at: at(120) });
    await take('one', 120);
    await endpoints.pause(endpoint, progress('one', 'c1'), { ...FAILED, disabled: { at: at(121), reason: 'gone' } });
    const state = await stateNow();
    expect(state).toMatchObject({ disabled_at: at(121), disabled_reason: 'gone' });
    expect(state).not.toHaveProperty('next_attempt_at');
    expect(await endpoints.due(at(999), 5)).toEqual([]);
    expect(await take('two', 999)).toBeUndefined();
    expect(await stateNow()).toMatchObject({ wanted: 0 });
  });

  test('of a worker that lost its lease changes nothing', async () => {
    const endpoint = await added();
    await take('one');
    await endpoints.pause(endpoint, progress('other', 'c9'), { ...FAILED, next_attempt_at: at(120) });
    expect(await stateNow()).toMatchObject({ cursor: 'c0', lease_owner: 'one' });
  });

  test('is forgotten once an event was taken', async () => {
    const endpoint = await added();
    await take('one');
    await endpoints.pause(endpoint, progress('one', 'c1'), { ...FAILED, next_attempt_at: at(120) });
    await endpoints.recover(endpoint, at(60));
    expect(await stateNow()).toEqual(expect.objectContaining({ cursor: 'c1', last_success_at: at(60) }));
    expect(await stateNow()).not.toHaveProperty('failures');
    expect(await endpoints.due(at(999), 5)).toEqual([]);
  });
});

describe('events that are held', () => {
  const held = [
    { record: 'r1', positions: ['p1', 'p2'], failures: 1, next_attempt_at: at(70), epoch: 0 },
    { record: 'r2', positions: ['p3'], failures: 3, next_attempt_at: at(65), epoch: 0 },
  ];

  test('are kept, and due when the first of them is, while the endpoint takes others', async () => {
    const endpoint = await added();
    await take('one');
    const saved = await endpoints.save(endpoint, progress('one', 'c1', { held, failingSince: at(5) }), lease('one', 2));
    expect(saved?.state).toMatchObject({ held, failing_since: at(5), cursor: 'c1' });
    await endpoints.release(endpoint, progress('one', 'c1', { held }));
    expect(await endpoints.due(at(64), 5)).toEqual([]);
    expect(await endpoints.due(at(65), 5)).toEqual([{ company: COMPANY, id: 'ep-1' }]);
    expect((await take('two', 1))?.state).toMatchObject({ held, lease_owner: 'two' });
    await endpoints.release(endpoint, progress('two', 'c1'));
    expect(await stateNow()).not.toHaveProperty('held');
    expect(await endpoints.due(at(999), 5)).toEqual([]);
  });

  test('wait with the endpoint while it is paused or disabled, and outlast a cursor that is set by hand', async () => {
    const endpoint = await added();
    await take('one');
    const failed = { failures: 1, failing_since: at(0) };
    await endpoints.pause(endpoint, progress('one', 'c1', { held }), { ...failed, next_attempt_at: at(120) });
    expect(await endpoints.due(at(119), 5)).toEqual([]);
    await take('one', 120);
    const disabled = { at: at(121), reason: 'gone' } as const;
    await endpoints.pause(endpoint, progress('one', 'c1', { held }), { ...failed, disabled });
    expect(await endpoints.due(at(999), 5)).toEqual([]);
    await endpoints.rewind(COMPANY, 'ep-1', 'c0');
    expect(await stateNow()).toMatchObject({ held, epoch: 1, cursor: 'c0' });
  });
});

test('a cursor set by hand begins a new epoch: a worker under the old one saves nothing', async () => {
  const endpoint = await added();
  await take('one');
  expect(await endpoints.rewind(COMPANY, 'ep-1', 'set by hand')).toBe(true);
  expect(await endpoints.save(endpoint, progress('one', 'c9'), lease('one', 1))).toBeUndefined();
  expect(await stateNow()).toMatchObject({ cursor: 'set by hand', epoch: 1 });
  expect(await take('one', 1)).toBeDefined();
  expect(await endpoints.save(endpoint, progress('one', 'c9'), lease('one', 2))).toBeUndefined();
  expect(await endpoints.save(endpoint, progress('one', 'c9', { epoch: 1 }), lease('one', 2))).toBeDefined();
});

test('notes of deliveries are an endpoint\'s own, newest first and up to a limit', async () => {
  const endpoint = await added();
  const note = (seconds: number) => ({
    at: at(seconds), event_id: `e${seconds}`, type: 'message.sent', outcome: 'failed', answer: '500', cause: 'event',
  } as const);
  for (const seconds of [1, 3, 2]) await endpoints.note(endpoint, note(seconds));
  await endpoints.note({ company_id: COMPANY, id: 'ep-2' }, note(9));
  expect(await endpoints.notes(endpoint, 2)).toEqual([note(3), note(2)]);
  expect(await endpoints.notes({ company_id: COMPANY, id: 'ep-3' }, 2)).toEqual([]);
});
