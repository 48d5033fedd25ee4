import { PutCommand } from '@aws-sdk/lib-dynamodb';
import { DynamoDbChangeStream } from '../../src/records/dynamodb-change-stream';
import type { DynaliteTables } from '../support/dynalite-tables';
import { startDynaliteTables } from '../support/dynalite-tables';

const HOUR = 3_600_000;
const NOW = Date.parse('2026-11-22T10:00:00.000Z');

let dynalite: DynaliteTables;
beforeEach(async () => { dynalite = await startDynaliteTables(); });
afterEach(() => dynalite.stop());

/** As a function that has just started sees it. */
const fresh = () => new DynamoDbChangeStream(dynalite.records, dynalite.tables.conversations);
const heard = async (at: number, now = at, stream = fresh()) => stream.heard({ oldest: at, newest: at, now });

test('the first change begins, and leaves no gap', async () => {
  expect(await fresh().state()).toEqual({});
  expect(await heard(NOW)).toBe('followed');
  expect(await fresh().state()).toEqual({ heardAt: NOW });
});

test('a change that comes in behind a newer one moves nothing back', async () => {
  await heard(NOW);
  expect(await heard(NOW - HOUR, NOW)).toBe('followed');
  expect(await fresh().state()).toEqual({ heardAt: NOW });
});

test('a function that is called all the time notes it every few minutes', async () => {
  const stream = fresh();
  await heard(NOW, NOW, stream);
  await heard(NOW + 60_000, NOW + 60_000, stream);
  expect(await fresh().state()).toEqual({ heardAt: NOW });
  await heard(NOW + 120_000, NOW + 120_000, stream);
  expect(await fresh().state()).toEqual({ heardAt: NOW + 120_000 });
});

test('a silence that is shorter than the stream keeps changes loses none', async () => {
  await heard(NOW);
  expect(await heard(NOW + 21 * HOUR)).toBe('followed');
  expect((await fresh().state()).gap).toBeUndefined();
});

test('a longer one is a gap from the last change that was heard of on, and is begun once', async () => {
  await heard(NOW);
  expect(await heard(NOW + 30 * HOUR)).toBe('gap');
  expect(await fresh().state()).toEqual({ heardAt: NOW + 30 * HOUR, gap: { since: NOW } });
  expect(await heard(NOW + 31 * HOUR)).toBe('followed');
  expect((await fresh().state()).gap).toEqual({ since: NOW });
});

test('a part of the stream that stood still for a day is a gap, though the others went on', async () => {
  await heard(NOW);
  expect(await fresh().heard({ oldest: NOW - 23 * HOUR, newest: NOW - 22 * HOUR, now: NOW })).toBe('gap');
  expect(await fresh().state()).toEqual({ heardAt: NOW, gap: { since: NOW - 47 * HOUR } });
});

test('the search goes on where it stopped, one run at a time, until it is done', async () => {
  await heard(NOW);
  await heard(NOW + 30 * HOUR);
  const { gap } = await fresh().state();
  if (!gap) throw new Error('There is no gap.');
  expect(await fresh().advance(gap, 'page 2')).toBe(true);
  expect(await fresh().advance(gap, 'page 2')).toBe(false);
  expect((await fresh().state()).gap).toEqual({ since: NOW, cursor: 'page 2' });
  expect(await fresh().advance({ ...gap, cursor: 'page 2' }, undefined)).toBe(true);
  expect((await fresh().state()).gap).toBeUndefined();
});

test('records that changed since, or do not say when, are found page by page', async () => {
  const at = (milliseconds: number) => new Date(milliseconds).toISOString();
  const items = [
    ...Array.from({ length: 250 }, (_, index) => (
      { primary_channel: `+4477009${String(index).padStart(5, '0')}`, conversation_id: 'c#p#r#s', updated_at: at(NOW) }
    )),
    { primary_channel: '+447700900999', conversation_id: 'old', updated_at: at(NOW - 24 * HOUR) },
    { primary_channel: 'thread#t1', conversation_id: 'thread' },
    { primary_channel: 'thread#t1', conversation_id: 'message#1', timestamp: at(NOW - 24 * HOUR) },
    { primary_channel: 'thread#t1', conversation_id: 'message#2', timestamp: at(NOW) },
  ];
  for (const Item of items) {
    await dynalite.client.send(new PutCommand({ TableName: dynalite.tables.conversations, Item }));
  }
  const found: string[] = [];
  let pages = 0;
  for (let cursor: string | undefined = undefined; pages === 0 || cursor !== undefined; pages += 1) {
    const page: Awaited<ReturnType<DynamoDbChangeStream['changedSince']>> = await fresh().changedSince({
      since: NOW, ...(cursor === undefined ? {} : { cursor }),
    });
    found.push(...page.keys.map(({ primary_channel, conversation_id }) => `${primary_channel} ${conversation_id}`));
    cursor = page.cursor;
  }
  expect(pages).toBeGreaterThan(1);
  expect(found).toHaveLength(252);
  expect(found).toEqual(expect.arrayContaining(['thread#t1 thread', 'thread#t1 message#2']));
});
