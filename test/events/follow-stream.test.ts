import { PutCommand } from '@aws-sdk/lib-dynamodb';
import type { ConversationKey } from '../../src/core/lifecycle/conversation';
import type { ChangeStream, DeliveryCall } from '../../src/core/ports/events';
import { followStream, publishMissed } from '../../src/events/follow-stream';
import { readWatchedRecord } from '../../src/events/read-watched-record';
import { DynamoDbChangeStream } from '../../src/records/dynamodb-change-stream';
import { DynamoDbEndpoints } from '../../src/records/dynamodb-endpoints';
import { DynamoDbEventLog } from '../../src/records/dynamodb-event-log';
import { DynamoDbLeftOutRecords } from '../../src/records/dynamodb-left-out-records';
import { DynamoDbWatchedRecords } from '../../src/records/dynamodb-watched-records';
import type { DynaliteTables } from '../support/dynalite-tables';
import { startDynaliteTables } from '../support/dynalite-tables';
import { COMPANY, createEventTable, EVENT_TABLE, EventsWorld } from '../support/events-world';
import { FakeClock } from '../support/fake-clock';
import { FakeObserver } from '../support/fake-observer';
import { sampleConversation } from '../support/sample-message';

const HOUR = 3_600_000;

let dynalite: DynaliteTables;
let clock: FakeClock;
let observer: FakeObserver;
let calls: DeliveryCall[];
beforeEach(async () => {
  dynalite = await startDynaliteTables();
  await createEventTable(dynalite);
  [clock, observer, calls] = [new FakeClock(), new FakeObserver(), []];
});
afterEach(() => dynalite.stop());

function ports(change: Partial<ChangeStream> = {}) {
  const { records, tables } = dynalite;
  const stored = new DynamoDbWatchedRecords(records, tables.conversations);
  const stream = new DynamoDbChangeStream(records, tables.conversations);
  return {
    records: { find: async (key: ConversationKey) => readWatchedRecord(key, stored) },
    log: new DynamoDbEventLog(records, EVENT_TABLE),
    endpoints: new DynamoDbEndpoints(records, EVENT_TABLE),
    leftOut: new DynamoDbLeftOutRecords(records, EVENT_TABLE),
    queue: { call: async (call: DeliveryCall) => Promise.resolve(void calls.push(call)) },
    stream: {
      heard: async (batch: Parameters<ChangeStream['heard']>[0]) => stream.heard(batch),
      beat: async (now: number) => stream.beat(now),
      state: async () => stream.state(),
      advance: async (...all: Parameters<ChangeStream['advance']>) => stream.advance(...all),
      changedSince: async (gap: Parameters<ChangeStream['changedSince']>[0]) => stream.changedSince(gap),
      ...change,
    },
    clock,
    observer,
  };
}

async function put(requestId: string, at: number): Promise<ConversationKey> {
  const made = sampleConversation({ now: at, requestId });
  await dynalite.client.send(new PutCommand({ TableName: dynalite.tables.conversations, Item: { ...made } }));
  return made;
}

const change = (key: ConversationKey) => ({ key, changedAt: clock.now(), place: '1' });
const published = async () => (await ports().log.after({ company: COMPANY, position: '0', until: '9', limit: 100 }))
  .map(({ event }) => event.data.request_id);
const missed = async (finishBy = clock.now() + 15_000) => publishMissed(finishBy, ports());

const IDS = [1, 2, 3].map((index) => `${index}f0c8a52-5d0e-4b7e-9b1a-2f6f8c1d7e90`);
const [FIRST = '', SECOND = '', THIRD = ''] = IDS;

test('what changed while the stream was broken for longer than it keeps changes is published from the records', async () => {
  const old = await put(THIRD, clock.now() - 30 * 24 * HOUR);
  await followStream([change(await put(FIRST, clock.now()))], ports());
  clock.advance(20 * HOUR);
  await put(SECOND, clock.now());
  await new EventsWorld(dynalite).addEndpoint('ep_1');
  // The stream has lost that change, and brings the next one.
  clock.advance(30 * HOUR);
  await followStream([change({ ...old, conversation_id: 'heartbeat' })], ports());
  expect(await published()).toEqual([FIRST]);
  await missed();
  expect(await published()).toEqual([FIRST, SECOND]);
  expect(calls).toEqual([expect.objectContaining({ endpoint: 'ep_1' })]);
  // Once: the search is done, and a second one would publish nothing anew.
  await missed();
  expect(await published()).toHaveLength(2);
  expect(await ports().stream.state()).not.toHaveProperty('gap');
});

test('a search that has no time left goes on with the next run', async () => {
  await followStream([change(await put(FIRST, clock.now()))], ports());
  clock.advance(1 * HOUR);
  await put(SECOND, clock.now());
  clock.advance(30 * HOUR);
  await followStream([change({ primary_channel: 'event-stream', conversation_id: 'heartbeat' })], ports());
  await missed(clock.now());
  expect(await published()).toEqual([FIRST]);
  await missed();
  expect(await published()).toEqual([FIRST, SECOND]);
});

test('a page whose records could be neither published nor put aside is searched again', async () => {
  await followStream([change(await put(FIRST, clock.now()))], ports());
  clock.advance(1 * HOUR);
  await put(SECOND, clock.now());
  clock.advance(30 * HOUR);
  await followStream([change({ primary_channel: 'event-stream', conversation_id: 'heartbeat' })], ports());
  const fails = { find: async () => Promise.reject(new Error('away')) };
  const full = { add: async () => Promise.reject(new Error('away')) };
  await publishMissed(clock.now() + 15_000, { ...ports(), records: fails, leftOut: full });
  expect((await ports().stream.state()).gap).toBeDefined();
  await missed();
  expect(await published()).toEqual([FIRST, SECOND]);
});

test('a stage without changes makes one each few minutes, and a silence is measured', async () => {
  const beats: number[] = [];
  const beating = ports({ beat: async (now) => Promise.resolve(void beats.push(now)) });
  await publishMissed(clock.now(), beating);
  expect(beats).toEqual([clock.now()]);
  await followStream([change({ primary_channel: 'event-stream', conversation_id: 'heartbeat' })], beating);
  clock.advance(60_000);
  await publishMissed(clock.now(), beating);
  expect(beats).toHaveLength(1);
  clock.advance(5 * 60_000);
  await publishMissed(clock.now(), beating);
  expect(beats).toHaveLength(2);
  expect(observer.durations.map(({ milliseconds }) => milliseconds)).toEqual([0, 60_000, 360_000]);
});

test('a batch is taken though it cannot be noted that it came', async () => {
  const failing = ports({ heard: async () => Promise.reject(new Error('busy')) });
  expect(await followStream([change(await put(FIRST, clock.now()))], failing)).toBeUndefined();
  expect(await published()).toEqual([FIRST]);
});
