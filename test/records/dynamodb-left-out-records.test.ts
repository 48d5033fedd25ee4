import { GetCommand, PutCommand } from '@aws-sdk/lib-dynamodb';
import type { LeftOutRecord } from '../../src/core/ports/events';
import { sha256 } from '../../src/core/sha256';
import { DynamoDbLeftOutRecords } from '../../src/records/dynamodb-left-out-records';
import { leftOutItemKey } from '../../src/records/event-item-keys';
import type { DynaliteTables } from '../support/dynalite-tables';
import { startDynaliteTables } from '../support/dynalite-tables';
import { createEventTable, EVENT_TABLE } from '../support/events-world';

const KEY = { primary_channel: '+447700900123', conversation_id: 'opt-out' };
const RECORD = { key: KEY, changedAt: Date.parse('2026-11-22T10:00:00.000Z') };
const OTHER = { key: { primary_channel: 'thread#t1', conversation_id: 'thread' }, changedAt: RECORD.changedAt + 1 };
const AT = '2026-11-22T10:05:00.000Z';
const LATER = '2026-11-22T10:06:00.000Z';

const once = (record: LeftOutRecord) => ({ ...record, additions: 1 });

let dynalite: DynaliteTables;
let records: DynamoDbLeftOutRecords;
beforeEach(async () => {
  dynalite = await startDynaliteTables();
  await createEventTable(dynalite);
  records = new DynamoDbLeftOutRecords(dynalite.records, EVENT_TABLE);
});
afterEach(() => dynalite.stop());

async function storedItem() {
  const Key = { ...leftOutItemKey(sha256(JSON.stringify([KEY.primary_channel, KEY.conversation_id]))) };
  return (await dynalite.client.send(new GetCommand({ TableName: EVENT_TABLE, Key }))).Item;
}

test('a record is due from its moment on, the longest due first, up to a limit', async () => {
  await records.add(OTHER, LATER);
  await records.add(RECORD, AT);
  expect(await records.due('2026-11-22T10:04:59.999Z', 5)).toEqual([]);
  expect(await records.due(AT, 5)).toEqual([once(RECORD)]);
  expect(await records.due(LATER, 5)).toEqual([once(RECORD), once(OTHER)]);
  expect(await records.due(LATER, 1)).toEqual([once(RECORD)]);
});

test('a record that fails again is due once, at its new moment, for the first change that failed', async () => {
  await records.add(RECORD, AT);
  await records.add({ ...RECORD, changedAt: RECORD.changedAt + 3_600_000 }, LATER);
  expect(await records.due(AT, 5)).toEqual([]);
  expect(await records.due(LATER, 5)).toEqual([{ ...RECORD, additions: 2 }]);
});

test('what was put aside since a record was read is not settled with it', async () => {
  await records.add(RECORD, AT);
  const [read] = await records.due(AT, 5);
  await records.add({ ...RECORD, changedAt: RECORD.changedAt + 1 }, LATER);
  await records.settle(read ?? once(RECORD), LATER);
  expect(await records.due(LATER, 5)).toEqual([{ ...RECORD, additions: 2 }]);
});

test('a record that was settled and fails again counts from its new change', async () => {
  await records.add(RECORD, AT);
  await records.settle(once(RECORD), LATER);
  const again = { ...RECORD, changedAt: RECORD.changedAt + 86_400_000 };
  await records.add(again, LATER);
  expect(await records.due(LATER, 5)).toEqual([{ ...again, additions: 2 }]);
});

test('an item of an older version, which was not counted, is due and settled', async () => {
  const hash = sha256(JSON.stringify([KEY.primary_channel, KEY.conversation_id]));
  const Item = {
    ...leftOutItemKey(hash), record_key: KEY, changed_at: RECORD.changedAt, due_group: 'left-out', due_at: AT,
  };
  await dynalite.client.send(new PutCommand({ TableName: EVENT_TABLE, Item }));
  const [read] = await records.due(AT, 5);
  expect(read).toEqual({ ...RECORD, additions: 0 });
  await records.settle(read ?? once(RECORD), LATER);
  expect(await records.due(LATER, 5)).toEqual([]);
});

test('a record\'s other fields are not kept', async () => {
  await records.add({ ...RECORD, key: Object.assign({ recipient_first_name: 'Ada' }, KEY) }, AT);
  expect(JSON.stringify(await storedItem())).not.toContain('Ada');
});

test('a settled record is due no more; what is left names nobody and ends', async () => {
  await records.add(RECORD, AT);
  await records.settle(once(RECORD), LATER);
  expect(await records.due(LATER, 5)).toEqual([]);
  const left = await storedItem();
  expect(left).toMatchObject({ time_to_live: Date.parse(LATER) / 1000 });
  expect(JSON.stringify(left)).not.toContain('447700900123');
});

test('an item whose key was taken out since the index was read is passed over', async () => {
  const Item = { ...leftOutItemKey('hash'), due_group: 'left-out', due_at: AT };
  await dynalite.client.send(new PutCommand({ TableName: EVENT_TABLE, Item }));
  await records.add(RECORD, AT);
  expect(await records.due(AT, 5)).toEqual([once(RECORD)]);
});
