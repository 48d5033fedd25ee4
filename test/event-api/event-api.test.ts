import {
  ADD_ENDPOINT, LIST_ENDPOINTS, REMOVE_ENDPOINT, ROTATE_SECRET, TEST_ENDPOINT,
} from '../../src/event-api/endpoint-calls';
import type { EventApiPorts, EventCall, Operation } from '../../src/event-api/event-call';
import { answerEventCall } from '../../src/event-api/event-call';
import { LIST_EVENTS, REPLAY_EVENT } from '../../src/event-api/event-calls';
import { sha256 } from '../../src/core/sha256';
import { unseal } from '../../src/events/seal';
import type { DynaliteTables } from '../support/dynalite-tables';
import { startDynaliteTables } from '../support/dynalite-tables';
import { COMPANY, createEventTable, EventsWorld } from '../support/events-world';
import { MemoryDirectory } from '../support/memory-directory';

const STAGE_KEY = 'the key of this test';
const KEYS = { whole: 'key-of-all-projects', hiring: 'key-of-hiring', rival: 'key-of-a-rival', revoked: 'revoked-key' };
const URL_OF_CLIENT = 'https://example.com/in';

let dynalite: DynaliteTables;
let world: EventsWorld;
let ports: EventApiPorts;
beforeEach(async () => {
  dynalite = await startDynaliteTables();
  await createEventTable(dynalite);
  world = new EventsWorld(dynalite);
  const directory = new MemoryDirectory();
  const created_at = '2026-01-01T00:00:00.000Z';
  directory.seedKey(sha256(KEYS.whole), { company_id: COMPANY, project_ids: ['*'], created_at });
  directory.seedKey(sha256(KEYS.hiring), { company_id: COMPANY, project_ids: ['hiring'], created_at });
  directory.seedKey(sha256(KEYS.rival), { company_id: 'rival', project_ids: ['*'], created_at });
  const revoked_at = created_at;
  directory.seedKey(sha256(KEYS.revoked), { company_id: COMPANY, project_ids: ['*'], created_at, revoked_at });
  ports = {
    directory,
    endpoints: world.endpoints,
    events: world.log,
    stored: world.ports.stored,
    deliveries: world.ports.queue,
    endpointKey: async () => Promise.resolve(STAGE_KEY),
    allowsLoopback: false,
    clock: world.clock,
    newIdentifier: () => 'a-test-event',
    observer: world.observer,
  };
});
afterEach(async () => dynalite.stop());

async function ask(operation: Operation, call: EventCall, changed: Partial<EventApiPorts> = {}) {
  const answer = await answerEventCall(operation, { apiKey: KEYS.whole, ...call }, { ...ports, ...changed }, ['*']);
  return { status: answer.status, json: JSON.parse(answer.body), body: answer.body };
}

const add = async (body: object, apiKey = KEYS.whole) => ask(ADD_ENDPOINT, { apiKey, body: JSON.stringify(body) });

describe('an endpoint', () => {
  test('is added, listed and rotated, and its secrets are shown once', async () => {
    const { status, json } = await add({ url: URL_OF_CLIENT });
    expect([status, json]).toMatchObject([200, {
      endpoint: { url: URL_OF_CLIENT, project_ids: ['*'], include: [], condition: 'working', recent_deliveries: [] },
    }]);
    const id = String(json.endpoint.endpoint_id);
    const stored = await world.endpoints.find(COMPANY, id);
    const owner = { company_id: COMPANY, id };
    expect(stored?.secrets.map(({ sealed }) => unseal(sealed, owner, STAGE_KEY))).toEqual([json.secret]);
    const rotated = await ask(ROTATE_SECRET, { pathPart: id });
    expect(rotated.json).toMatchObject({ endpoint_id: id, previous_secret_valid_until: '2026-11-09T09:00:00.000Z' });
    expect(rotated.json.secret).not.toBe(json.secret);
    const listed = await ask(LIST_ENDPOINTS, {});
    expect(listed.json.endpoints).toMatchObject([{ endpoint_id: id, secrets: [{ expires_at: null }, {}] }]);
    for (const secret of [json.secret, rotated.json.secret, 'sealed']) expect(listed.body).not.toContain(secret);
    for (const secret of [json.secret, rotated.json.secret]) {
      expect(JSON.stringify(world.observer)).not.toContain(secret);
    }
  });

  test('is tested, and says what became of the test', async () => {
    const { id } = await world.addEndpoint('ep_0a');
    const { json } = await ask(TEST_ENDPOINT, { pathPart: id });
    expect(json).toMatchObject({ event_id: 'a-test-event', endpoint_id: id });
    expect(world.calls).toEqual([{ company: COMPANY, endpoint: id, test: 'a-test-event' }]);
    await world.deliver(id, { test: 'a-test-event' });
    const { json: { endpoints } } = await ask(LIST_ENDPOINTS, {});
    const delivery = { event_id: 'a-test-event', outcome: 'taken', cause: 'test' };
    expect(endpoints[0].recent_deliveries).toMatchObject([delivery]);
  });

  test('says how many events it has not taken, and when the first of them is tried again', async () => {
    const next = '2026-11-02T09:40:00.000Z';
    const held = [{ record: 'r1', positions: ['p1', 'p2'], failures: 1, next_attempt_at: next, epoch: 0 }];
    const state = { cursor: '0', epoch: 0, wanted: 0, held };
    await world.addEndpoint('ep_0a', { state });
    await world.addEndpoint('ep_0b', { state: { ...state, next_attempt_at: '2026-11-02T09:30:00.000Z' } });
    const { json: { endpoints } } = await ask(LIST_ENDPOINTS, {});
    expect(endpoints).toMatchObject([
      { endpoint_id: 'ep_0a', condition: 'working', held_events: 2, held_next_attempt_at: next },
      { endpoint_id: 'ep_0b', condition: 'paused', held_events: 2, held_next_attempt_at: null },
    ]);
  });

  test('is removed for good', async () => {
    const { id } = await world.addEndpoint('ep_0a');
    expect((await ask(REMOVE_ENDPOINT, { pathPart: id })).status).toBe(200);
    expect(await world.endpoints.list(COMPANY)).toEqual([]);
    expect((await ask(REMOVE_ENDPOINT, { pathPart: id })).json.error_code).toBe('ENDPOINT_NOT_FOUND');
  });

  test.each<readonly [string, object, string]>([
    ['no address', {}, 'url'],
    ['an address that is not public', { url: 'https://localhost/' }, 'url'],
    ['plain http', { url: 'http://example.com/' }, 'url'],
    ['no project', { url: URL_OF_CLIENT, project_ids: [] }, 'project_ids'],
    ['something else to include', { url: URL_OF_CLIENT, include: ['names'] }, 'include.0'],
    ['a misspelled field', { url: URL_OF_CLIENT, projects: ['hiring'] }, 'projects'],
    ['a list', [], 'body'],
  ])('with %s is refused by the name of the field', async (_name, body, path) => {
    const { status, json } = await add(body);
    expect([status, json.error_code, json.details[0].path]).toEqual([400, 'INVALID_REQUEST', path]);
    expect(await world.endpoints.list(COMPANY)).toEqual([]);
  });

  test('too many are refused', async () => {
    for (let made = 0; made < 10; made += 1) await world.addEndpoint(`ep_${made}`);
    expect((await add({ url: URL_OF_CLIENT })).json.error_code).toBe('TOO_MANY_ENDPOINTS');
  });

  test('two rotations at once: one is told so', async () => {
    const seen = await world.addEndpoint('ep_0a');
    await ask(ROTATE_SECRET, { pathPart: seen.id });
    const stale = Object.assign(Object.create(world.endpoints), { find: async () => Promise.resolve(seen) });
    const second = await ask(ROTATE_SECRET, { pathPart: seen.id }, { endpoints: stale });
    expect([second.status, second.json.error_code]).toEqual([409, 'ENDPOINT_CHANGED']);
  });
});

describe('a key of one project', () => {
  test('adds endpoints for its own projects alone', async () => {
    expect((await add({ url: URL_OF_CLIENT }, KEYS.hiring)).json.endpoint.project_ids).toEqual(['hiring']);
    for (const project_ids of [['*'], ['sales'], ['hiring', 'sales']]) {
      const { status, json } = await add({ url: URL_OF_CLIENT, project_ids }, KEYS.hiring);
      expect([status, json.details[0].message]).toEqual([400, 'is not a project of this key']);
    }
  });
});

describe.each([['rival', KEYS.rival], ['another project', KEYS.hiring]])('a key of a %s', (_name, apiKey) => {
  test('sees and changes nothing, and is answered as if nothing were there', async () => {
    const { id } = await world.addEndpoint('ep_0a', { project_ids: ['sales'] });
    const event = await world.publish({ project_id: 'sales' });
    const before = JSON.stringify(await world.endpoints.find(COMPANY, id));
    const missing = 'ep_ffffffffffffffffffffffff';
    for (const operation of [REMOVE_ENDPOINT, ROTATE_SECRET, TEST_ENDPOINT]) {
      const theirs = await ask(operation, { apiKey, pathPart: id });
      expect(theirs).toEqual(await ask(operation, { apiKey, pathPart: missing }));
      expect(theirs.json.error_code).toBe('ENDPOINT_NOT_FOUND');
    }
    expect((await ask(LIST_ENDPOINTS, { apiKey })).json.endpoints).toEqual([]);
    expect((await ask(LIST_EVENTS, { apiKey })).json.events).toEqual([]);
    const replayed = await ask(REPLAY_EVENT, { apiKey, pathPart: event });
    const unknown = '00000000-0000-5000-8000-000000000000';
    expect(replayed).toEqual(await ask(REPLAY_EVENT, { apiKey, pathPart: unknown }));
    expect(replayed.json.error_code).toBe('EVENT_NOT_FOUND');
    expect(JSON.stringify(await world.endpoints.find(COMPANY, id))).toBe(before);
    expect(world.calls).toEqual([]);
  });
});

describe('events', () => {
  test('are listed page by page, each once, as they are delivered', async () => {
    const published: string[] = [];
    for (let made = 0; made < 120; made += 1) published.push(await world.publish());
    const seen: string[] = [];
    let after: string | undefined;
    for (let more = true; more;) {
      const { json } = await ask(LIST_EVENTS, { query: { after } });
      seen.push(...json.events.map(({ id }: { readonly id: string }) => id));
      ({ next: after, has_more: more } = json);
    }
    expect(seen).toEqual(published);
    const { json: none } = await ask(LIST_EVENTS, { query: { after } });
    expect(none).toMatchObject({ events: [], next: after, has_more: false });
    const later = await world.publish();
    const { json } = await ask(LIST_EVENTS, { query: { after } });
    const data = { conversation_id: 'c121' };
    expect(json.events).toMatchObject([{ id: later, type: 'message.sent', version: 1, data }]);
  });

  test('those that are not settled wait for the next page', async () => {
    const first = await world.publish();
    const second = await world.publish();
    world.clock.advance(-1_500);
    const { json } = await ask(LIST_EVENTS, {});
    expect(json.events.map(({ id }: { readonly id: string }) => id)).toEqual([first]);
    world.clock.advance(1_500);
    const { json: then } = await ask(LIST_EVENTS, { query: { after: json.next } });
    expect(then.events.map(({ id }: { readonly id: string }) => id)).toEqual([second]);
  });

  test.each([
    'x', '', '9', '1762074000000-1', `1762074000000-000001-${'g'.repeat(36)}`,
  ])('after=%s is refused', async (after) => {
    expect((await ask(LIST_EVENTS, { query: { after } })).json.error_code).toBe('INVALID_REQUEST');
  });

  test('a cursor of the future lists nothing and stays', async () => {
    const after = '9999999999999';
    expect((await ask(LIST_EVENTS, { query: { after } })).json).toMatchObject({ events: [], next: after });
  });

  test('of the company as a whole are for keys of all projects', async () => {
    await world.publish({ project_id: undefined, type: 'endpoint.disabled' });
    expect((await ask(LIST_EVENTS, {})).json.events).toHaveLength(1);
    expect((await ask(LIST_EVENTS, { apiKey: KEYS.hiring })).json.events).toHaveLength(0);
  });

  test('are replayed to each of the key\'s endpoints that takes them, or to one', async () => {
    await world.addEndpoint('ep_0a', { project_ids: ['hiring'] });
    await world.addEndpoint('ep_0b', { project_ids: ['sales'] });
    await world.addEndpoint('ep_0c');
    const event = await world.publish();
    expect((await ask(REPLAY_EVENT, { pathPart: event })).json.endpoint_ids.sort()).toEqual(['ep_0a', 'ep_0c']);
    const one = await ask(REPLAY_EVENT, { pathPart: event, body: '{"endpoint_id":"ep_0c"}' });
    expect(one.json.endpoint_ids).toEqual(['ep_0c']);
    const narrow = await ask(REPLAY_EVENT, { pathPart: event, apiKey: KEYS.hiring });
    expect(narrow.json.endpoint_ids).toEqual(['ep_0a']);
    const none = await ask(REPLAY_EVENT, { pathPart: event, body: '{"endpoint_id":"ep_0b"}' });
    expect([none.status, none.json.error_code]).toEqual([404, 'ENDPOINT_NOT_FOUND']);
    expect(await world.deliver('ep_0c', { replay: event })).toEqual([event]);
  });
});

const ALL = {
  ADD_ENDPOINT, LIST_ENDPOINTS, REMOVE_ENDPOINT, ROTATE_SECRET, TEST_ENDPOINT, LIST_EVENTS, REPLAY_EVENT,
};

test.each(Object.entries(ALL))(
  '%s asks for a usable key before all else, and answers every failure', async (_name, operation) => {
    for (const apiKey of [undefined, '', 'no such key', KEYS.revoked]) {
      const { status, json } = await ask(operation, { apiKey, body: '[' });
      expect([status, json.error_code]).toEqual([403, 'FORBIDDEN']);
    }
    const directory = { keyGrant: async () => Promise.reject(new Error('down')) };
    expect((await ask(operation, {}, { directory })).json.error_code).toBe('DATABASE_ERROR');
  },
);
