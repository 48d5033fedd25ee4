import type { Conversation, HistoryEntry } from '../../src/core/lifecycle/conversation';
import { publishRecord } from '../../src/events/publish-record';
import type { WatchedRecord } from '../../src/events/watched-record';
import { kindOf } from '../../src/events/watched-record';
import { DynamoDbEventLog } from '../../src/records/dynamodb-event-log';
import type { DynaliteTables } from '../support/dynalite-tables';
import { startDynaliteTables } from '../support/dynalite-tables';
import { createEventTable, EVENT_TABLE } from '../support/events-world';
import { FakeClock } from '../support/fake-clock';

const ID = 'brightpath#hiring#3f0c8a52-5d0e-4b7e-9b1a-2f6f8c1d7e90#447700900100';
const KEY = { primary_channel: '+447700900123', conversation_id: ID };
const AT = '2026-11-02T09:00:00.000Z';
const NOW = Date.parse(AT);

let dynalite: DynaliteTables;
let log: DynamoDbEventLog;
let clock: FakeClock;
beforeEach(async () => {
  dynalite = await startDynaliteTables();
  await createEventTable(dynalite);
  log = new DynamoDbEventLog(dynalite.records, EVENT_TABLE);
  clock = new FakeClock();
});
afterEach(async () => dynalite.stop());

const entry = (change: Partial<HistoryEntry>): HistoryEntry => ({ at: AT, status: 'initiated', ...change });

function message(...history: readonly HistoryEntry[]): WatchedRecord {
  const conversation: Partial<Conversation> = {
    ...KEY, company_id: 'brightpath', project_id: 'hiring', request_id: '3f0c8a52-5d0e-4b7e-9b1a-2f6f8c1d7e90',
    channel_method: 'sms', history, time_to_live: NOW / 1000 + 86_400,
  };
  return { kind: 'conversation', conversation: conversation as Conversation };
}

async function publish(record: WatchedRecord, changedAt = NOW): Promise<readonly string[]> {
  const records = { find: async () => Promise.resolve(record) };
  const { events, settle } = await publishRecord(KEY, changedAt, { records, log, clock });
  await settle();
  return events.map(({ event }) => event.type);
}

const logged = async () => log.after({ company: 'brightpath', position: '0', until: '9', limit: 100 });

test.each<readonly [string, readonly HistoryEntry[], readonly string[]]>([
  ['a message on its way', [
    entry({}), entry({ status: 'processing' }), entry({ status: 'sending' }), entry({ status: 'initial_message_sent' }),
    entry({ status: 'initial_message_sent', delivery: 'delivered' }),
    entry({ status: 'initial_message_sent', delivery: 'read' }),
  ], ['message.accepted', 'message.sent', 'message.delivered', 'message.read']],
  ['one that waits twice', [entry({}), entry({ status: 'processing' }), entry({}), entry({ status: 'expired' })],
    ['message.accepted', 'message.expired']],
  ['one that a receipt proves', [entry({}), entry({ status: 'send_unknown' }),
    entry({ status: 'initial_message_sent', delivery: 'delivered' })], ['message.accepted', 'message.delivered']],
  ['one that never arrives', [entry({}), entry({ status: 'initial_message_sent' }),
    entry({ status: 'initial_message_sent', delivery: 'undelivered', reason: 'recipient_unreachable' })],
  ['message.accepted', 'message.sent', 'message.failed']],
  ['one that a person approves', [entry({}), entry({ status: 'awaiting_review', reason: 'review_requested' }),
    entry({ status: 'composed', by: 'R' })],
  ['message.accepted', 'message.held_for_review', 'message.review_decided']],
  ['one that a person sends back to be composed', [entry({}), entry({ status: 'awaiting_review' }), entry({ by: 'R' })],
    ['message.accepted', 'message.held_for_review', 'message.review_decided']],
  ['one whose review ends by itself', [entry({}), entry({ status: 'awaiting_review' }), entry({ status: 'expired' })],
    ['message.accepted', 'message.held_for_review', 'message.expired']],
  ['one that was never confirmed, then found', [entry({}), entry({ status: 'send_unconfirmed' }),
    entry({ status: 'initial_message_sent', by: 'O' })], ['message.accepted', 'message.unconfirmed', 'message.sent']],
  ['answers', [entry({}), entry({ status: 'initial_message_sent' }),
    entry({ status: 'initial_message_sent', event: 'answered' }),
    entry({ status: 'initial_message_sent', event: 'reminded' }),
    entry({ status: 'initial_message_sent', event: 'unanswered' })],
  ['message.accepted', 'message.sent', 'conversation.answered', 'conversation.unanswered']],
  ['cancelled', [entry({}), entry({ status: 'cancelled' })], ['message.accepted', 'message.cancelled']],
  ['one in whose place another goes', [entry({}), entry({ status: 'composed' }), entry({ status: 'superseded' })],
    ['message.accepted', 'message.superseded']],
])('%s is told by its events', async (_name, history, expected) => {
  expect(await publish(message(...history))).toEqual(expected);
});

test('each change is published once, behind the one before, under a number that grows', async () => {
  const way = [
    entry({}), entry({ status: 'processing' }), entry({ status: 'initial_message_sent' }),
    entry({ status: 'initial_message_sent', delivery: 'delivered' }),
  ];
  const published: string[] = [];
  for (let steps = 1; steps <= way.length; steps += 1) {
    for (let wakes = 0; wakes < 2; wakes += 1) published.push(...(await publish(message(...way.slice(0, steps)))));
  }
  expect(published).toEqual(['message.accepted', 'message.sent', 'message.delivered']);
  expect((await logged()).map(({ event }) => event.sequence)).toEqual([1, 3, 4]);
});

test('a crash before the watermark publishes the same again, under the same identifiers', async () => {
  const { advance } = log;
  log.advance = async () => Promise.reject(new Error('crash'));
  await expect(publish(message(entry({})))).rejects.toThrow('crash');
  log.advance = advance;
  clock.advance(5_000);
  await publish(message(entry({}), entry({ status: 'expired' })));
  const events = (await logged()).map(({ event }) => [event.type, event.id]);
  expect(events.map(([type]) => type)).toEqual(['message.accepted', 'message.accepted', 'message.expired']);
  expect(new Set(events.map(([, id]) => id)).size).toBe(2);
});

test('a write that took long is made again behind, where no reader has passed', async () => {
  const { append } = log;
  let slow = true;
  log.append = async (event) => {
    await append.call(log, event);
    if (slow) clock.advance(3_000);
    slow = false;
  };
  await publish(message(entry({})));
  const [, last] = await logged();
  expect(Number(last?.position.slice(0, 13))).toBe(NOW + 3_000);
});

test('what is old when it is seen first tells nothing; what happens to it then does', async () => {
  const old = [entry({}), entry({ status: 'initial_message_sent' })];
  const later = NOW + 2 * 3_600_000;
  expect(await publish(message(...old), later)).toEqual([]);
  const read = entry({ at: new Date(later).toISOString(), status: 'initial_message_sent', delivery: 'read' });
  expect(await publish(message(...old, read), later)).toEqual(['message.read']);
});

test('a publisher that comes late publishes by the moment of the change', async () => {
  clock.advance(10 * 3_600_000);
  expect(await publish(message(entry({})))).toEqual(['message.accepted']);
});

test('no event names the recipient', async () => {
  await publish(message(entry({}), entry({ status: 'suppressed', reason: 'recipient_opted_out' })));
  expect(JSON.stringify(await logged())).not.toContain('447700900123');
});

test('an event ends with its record', async () => {
  await publish(message(entry({})));
  expect((await logged())[0]?.event.time_to_live).toBe(NOW / 1000 + 86_400);
});

test('a thread that keeps its newest entries alone loses none, and repeats none', async () => {
  const entries = Array.from({ length: 120 }, (_none, index) => ({
    at: new Date(NOW + index * 1_000).toISOString(), event: index % 2 === 0 ? 'taken_over' : 'returned',
    conversation: ID,
  }));
  const thread = (until: number): WatchedRecord => (
    { kind: 'thread', thread: 't', company: 'brightpath', history: entries.slice(Math.max(0, until - 50), until) }
  );
  let published = 0;
  for (let until = 10; until <= entries.length; until += 10) published += (await publish(thread(until))).length;
  expect(published).toBe(entries.length);
  const sequences = (await log.after({ company: 'brightpath', position: '0', until: '9', limit: 500 }))
    .map(({ event }) => event.sequence);
  expect(sequences).toEqual(entries.map((_none, index) => index + 1));
});

test('an opt-out is told to each project that wrote to the person, by its own message', async () => {
  const conversations = [
    { sender: '447700900100', conversation: ID },
    { sender: '447700900100', conversation: ID.replace('hiring', 'nurses') },
    { sender: '447700900199', conversation: ID.replace('hiring', 'others') },
  ];
  const history = [{ id: 'x', at: AT, event: 'opted_out', sender: '447700900100' }] as const;
  expect(await publish({ kind: 'opt_out', history, conversations })).toHaveLength(2);
  const events = await logged();
  expect(events.map(({ event }) => event.project_id)).toEqual(expect.arrayContaining(['hiring', 'nurses']));
  expect(new Set(events.map(({ event }) => event.id)).size).toBe(2);
});

test.each([
  ['+447700900123', ID, 'conversation'], ['jo#1@example.com', ID, 'conversation'], ['thread#t', 'thread', 'thread'],
  ['thread#t', 'message#000000000001', 'reply'], ['thread#t', 'vendor-message#SM1', undefined],
  ['+447700900123', 'opt-out', 'opt_out'], ['address#GB.1', 'opt-out', 'opt_out'], ['address#GB.1', 'aliases#a', undefined],
  ['request#a#b', '3f0c8a52-5d0e-4b7e-9b1a-2f6f8c1d7e90', undefined], ['usage#a#b', 'now', undefined],
])('an item %s, %s is a %s', (primary_channel, conversation_id, kind) => {
  expect(kindOf({ primary_channel, conversation_id })).toBe(kind);
});
