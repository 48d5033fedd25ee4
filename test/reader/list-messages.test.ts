import type { KeyGrant } from '../../src/core/ports/directory';
import { sha256 } from '../../src/core/sha256';
import { KEYS_AT_MOST } from '../../src/core/listing/read-page';
import { listMessages, MESSAGES_A_PAGE, MOST_PROJECTS, READ_AT_MOST } from '../../src/reader/list-messages';
import { messagesAnswerSchema } from '../../src/reader/messages-answer';
import { FakeObserver } from '../support/fake-observer';
import { MemoryDirectory } from '../support/memory-directory';
import { memoryIndex } from '../support/memory-index';
import { NOW, operatorsWorld } from '../support/operators-world';
import { sampleCompany } from '../support/sample-message';

const KEYS = { acme: 'sample-key-of-acme', zenith: 'sample-key-of-zenith' } as const;

function world() {
  const records = operatorsWorld();
  const directory = new MemoryDirectory();
  const observer = new FakeObserver();
  const reads: string[] = [];
  const conversations = {
    find: async (key: Parameters<typeof records.conversations.find>[0]) => {
      reads.push(key.conversation_id);
      return records.conversations.find(key);
    },
  };
  const grant = (key: string, change: Partial<KeyGrant> & Pick<KeyGrant, 'company_id'>) => {
    directory.seedKey(sha256(key), { project_ids: ['*'], created_at: '2026-01-01T00:00:00.000Z', ...change });
  };
  for (const [company_id, key] of Object.entries(KEYS)) grant(key, { company_id });
  for (const project_id of ['hiring', 'care']) {
    for (const company_id of Object.keys(KEYS)) directory.seedCompany(sampleCompany({ company_id, project_id }));
  }
  const ports = { directory, observer, clock: records.clock, index: records.index, conversations };
  const list = async (query: Record<string, string> = {}, apiKey: string | undefined = KEYS.acme) => {
    const { status, headers, body } = await listMessages({ apiKey, query }, ports, ['https://app.example.com']);
    const json = JSON.parse(body);
    const ids: string[] = (json.messages ?? []).map((one: Record<string, string>) => one.request_id);
    return { status, headers, json, ids };
  };
  const pages = async (query: Record<string, string> = {}) => {
    const found: string[][] = [];
    for (let cursor: string | undefined; ;) {
      const { ids, json } = await list({ ...query, ...(cursor === undefined ? {} : { cursor }) });
      found.push(ids);
      if (typeof json.next_cursor !== 'string') return found;
      cursor = json.next_cursor;
    }
  };
  return { records, add: records.add, directory, grant, reads, ports, list, pages };
}

const HELD = { conversation_status: 'awaiting_review', attention: 'review', failure_reason: 'fallback_used' } as const;
const FAILED = { conversation_status: 'failed_to_send_message', failure_reason: 'vendor_refused' } as const;

test('a message is listed as it is read by itself, without its words', async () => {
  const { add, list } = world();
  const id = add({ ...FAILED, company: 'acme' });
  const { status, headers, json } = await list();
  expect([status, headers['Cache-Control'], json.next_cursor]).toEqual([200, 'no-store', null]);
  expect(messagesAnswerSchema.safeParse(json).error).toBeUndefined();
  expect(json).toMatchObject({ status: 'success', company_id: 'acme' });
  expect(json.messages).toEqual([expect.objectContaining({
    request_id: id,
    conversation_status: 'failed_to_send_message',
    is_final: true,
    reason: { code: 'vendor_refused', message: expect.any(String) },
    next_action: expect.any(String),
    delivery_status: null,
  })]);
  for (const left of ['history', 'composition', 'answers', 'company_id', 'status']) {
    expect(Object.keys(json.messages[0])).not.toContain(left);
  }
  expect(JSON.stringify(json)).not.toMatch(/\+447700900123|primary_channel|Ada/);
});

test('pages of 50 hold every message once, the newest first, those of one moment too', async () => {
  const { add, pages } = world();
  const ids = Array.from({ length: 30 }, (_none, place) => add({ minutesAgo: 30 - place })).reverse();
  const old = Array.from({ length: 90 }, () => add({ minutesAgo: 99, project: 'care' }));
  const found = await pages();
  expect(found.map(({ length }) => length)).toEqual([50, 50, 20]);
  expect(found.flat().slice(0, 30)).toEqual(ids);
  expect(found.flat().slice(30).sort()).toEqual(old.sort());
});

describe('filters', () => {
  const { add, list, grant, records } = world();
  const open = add({ minutesAgo: 5 });
  const held = add({ ...HELD, minutesAgo: 6, due_at: '2026-11-02T09:00:00.000Z' });
  const failed = add({ ...FAILED, minutesAgo: 7 });
  const undelivered = add({
    conversation_status: 'initial_message_sent', delivery_status: 'undelivered', project: 'care', minutesAgo: 600,
  });
  const sent = add({ conversation_status: 'initial_message_sent', minutesAgo: 8 });
  for (const change of [{}, HELD, FAILED]) add({ ...change, company: 'zenith' });
  grant('of-care', { company_id: 'acme', project_ids: ['care'] });

  test.each<[string, Record<string, string>, readonly string[]]>([
    ['nothing given', {}, [open, held, failed, sent, undelivered]],
    ['a parameter that is empty', { state: '' }, [open, held, failed, sent, undelivered]],
    ['what failed', { state: 'failed' }, [failed, undelivered]],
    ['what failed in a project', { state: 'failed', project_id: 'care' }, [undelivered]],
    ['what waits for a person', { state: 'waiting' }, [held]],
    ['what is open', { state: 'open' }, [open, held]],
    ['what is open of a project', { state: 'open', project_id: 'care' }, []],
    ['since a moment', { since: '2026-11-02T09:24:30Z' }, [open]],
    ['since a moment with an offset', { since: '2026-11-02T10:22:30+01:00', state: 'failed' }, [failed]],
    ['what is open since a moment', { since: '2026-11-02T09:24:30Z', state: 'open' }, [open]],
  ])('%s', async (_words, query, ids) => {
    expect((await list(query)).ids).toEqual(ids);
  });

  test('a key lists its own projects alone', async () => {
    expect((await list({}, 'of-care')).ids).toEqual([undelivered]);
    expect((await list({ state: 'open' }, 'of-care')).ids).toEqual([]);
    expect((await list({ state: 'open' }, KEYS.zenith)).ids).toHaveLength(2);
  });

  test('what is open or waits comes from the index of what is open alone, and nothing else is read', async () => {
    records.index.asked.length = 0;
    await list({ state: 'open' });
    await list({ state: 'waiting' });
    expect(records.index.asked.filter((asked) => !asked.startsWith('attention '))).toEqual([]);
  });
});

describe('refusals', () => {
  const { add, list, grant } = world();
  for (let count = 0; count <= MESSAGES_A_PAGE; count += 1) {
    add({ minutesAgo: count });
    add({ minutesAgo: count, company: 'zenith' });
  }
  grant('revoked', { company_id: 'acme', revoked_at: '2026-01-02T00:00:00.000Z' });
  grant('of-care', { company_id: 'acme', project_ids: ['care'] });

  test.each([
    ['an unknown state', { state: 'sent' }, 'state'],
    ['a day', { since: '2026-11-02' }, 'since'],
    ['a moment without offset', { since: '2026-11-02T09:00:00' }, 'since'],
    ['a day that does not exist', { since: '2026-02-30T09:00:00Z' }, 'since'],
    ['a long moment', { since: `2026-11-02T09:00:00.${'0'.repeat(5000)}Z` }, 'since'],
    ['a misspelled parameter', { sate: 'failed' }, 'sate'],
    ['a parameter of no object of ours', { constructor: 'x' }, 'constructor'],
    ['a cursor that is none', { cursor: 'first' }, 'cursor'],
  ])('%s is named', async (_words, query, path) => {
    const { status, json } = await list(query);
    expect([status, json.error_code]).toEqual([400, 'INVALID_REQUEST']);
    expect(json.details).toEqual([{ path, message: expect.any(String) }]);
    expect(json.message).toContain(path);
  });

  test('all faults are named at once, and only to who has a key', async () => {
    const query = { state: 'x', since: 'y' };
    expect((await list(query)).json.details.map((one: Record<string, string>) => one.path)).toEqual(['state', 'since']);
    for (const key of ['nobody', 'revoked', '']) expect((await list(query, key)).status).toBe(403);
  });

  test.each([['another', 'rent'], ['a name that none can have', 'a#b'], ['a long one', 'p'.repeat(3000)]])(
    'a project that the key may not use is not there: %s', async (_words, project_id) => {
      for (const state of ['', 'failed', 'open', 'waiting']) {
        const refused = { status: 404, json: { error_code: 'COMPANY_NOT_FOUND' } };
        expect(await list({ project_id, state })).toMatchObject(refused);
      }
    });

  test('a project of the company that is not the key\'s is answered as one that does not exist', async () => {
    const [existing, nothing] = [
      await list({ project_id: 'hiring' }, 'of-care'), await list({ project_id: 'none' }, 'of-care'),
    ];
    expect(existing).toEqual(nothing);
    expect(existing.status).toBe(404);
  });

  test('a cursor of another company, of another list or changed is answered as one that never was', async () => {
    const { next_cursor: own } = (await list()).json;
    const { next_cursor: foreign } = (await list({}, KEYS.zenith)).json;
    const { next_cursor: ofProject } = (await list({ project_id: 'hiring' })).json;
    expect((await list({ cursor: own })).status).toBe(200);
    const madeUp = await list({ cursor: 'made-up' });
    expect(madeUp.status).toBe(400);
    for (const cursor of [foreign, ofProject, `${own}A`, String(own).replace(/.$/, '-')]) {
      expect(await list({ cursor })).toEqual(madeUp);
    }
    expect(await list({ cursor: own, state: 'failed' })).toEqual(madeUp);
  });

  test('a key for very many projects has to name one', async () => {
    const large = world();
    for (let count = 0; count < MOST_PROJECTS; count += 1) {
      large.directory.seedCompany(sampleCompany({ company_id: 'acme', project_id: `more-${count}` }));
    }
    const refused = [{ path: 'project_id', message: expect.stringContaining('must be given') }];
    expect((await large.list()).json.details).toEqual(refused);
    expect((await large.list({ project_id: 'hiring' })).status).toBe(200);
  });
});

test('a database that is out of reach is answered as such', async () => {
  const { ports } = world();
  const index = { newestFirst: () => Promise.reject(new Error('down')) };
  const { status, body } = await listMessages({ apiKey: KEYS.acme, query: {} }, { ...ports, index }, ['*']);
  expect([status, JSON.parse(body).error_code]).toEqual([500, 'DATABASE_ERROR']);
});

describe('what a page costs', () => {
  test('50 records among hundreds, and a few queries', async () => {
    const { add, list, reads, records } = world();
    for (let count = 0; count < 300; count += 1) add({ minutesAgo: count });
    records.index.asked.length = 0;
    expect((await list()).ids).toHaveLength(MESSAGES_A_PAGE);
    expect(reads).toHaveLength(MESSAGES_A_PAGE);
    // The keys of one page of each project, and once more where they ran out.
    expect(records.index.asked).toHaveLength(3);
  });

  test('where few have failed, so many records at most, and the next page goes on', async () => {
    const { add, list, reads, pages } = world();
    for (let count = 0; count < READ_AT_MOST * 2; count += 1) {
      add({ minutesAgo: count, conversation_status: 'initial_message_sent' });
    }
    const failed = add({ ...FAILED, minutesAgo: 9999 });
    const first = await list({ state: 'failed' });
    expect([first.ids, reads.length]).toEqual([[], READ_AT_MOST]);
    expect((await pages({ state: 'failed' })).flat()).toEqual([failed]);
  });

  test('of what is open, no record of another company, and so many keys at most', async () => {
    const { add, list, reads, pages, records, ports } = world();
    const due_at = new Date(NOW + 5).toISOString();
    for (let count = 0; count < KEYS_AT_MOST + 500; count += 1) add({ company: 'zenith', due_at });
    const own = add({ minutesAgo: 1, due_at: new Date(NOW).toISOString() });
    const all = records.conversations.all();
    Object.assign(ports, { index: memoryIndex(() => all) });
    const first = await list({ state: 'open' });
    expect([first.ids, reads]).toEqual([[], []]);
    expect(typeof first.json.next_cursor).toBe('string');
    expect((await pages({ state: 'open' })).flat()).toEqual([own]);
    expect(reads).toHaveLength(1);
  });
});
