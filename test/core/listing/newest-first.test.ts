import type { IndexedConversation, ListQuery } from '../../../src/core/ports/conversation-index';
import { positionOf } from '../../../src/core/listing/cursor';
import type { Part } from '../../../src/core/listing/newest-first';
import { newestFirst } from '../../../src/core/listing/newest-first';
import { timestamp } from '../../../src/core/ports/clock';

const NOW = Date.parse('2026-11-02T09:30:00.000Z');
const part = (partition: string): Part => ({ index: 'project', partition });

function entry(id: string, secondsAgo: number): IndexedConversation {
  return { key: { primary_channel: '+447700900123', conversation_id: id }, at: timestamp(NOW - secondsAgo * 1000) };
}

/** Partitions in memory, which count the keys that are read of them. */
function indexOf(partitions: Readonly<Record<string, readonly IndexedConversation[]>>) {
  const read = { keys: 0, queries: 0 };
  return {
    read,
    newestFirst: ({ partition, until, limit }: ListQuery) => {
      const sorted = [...partitions[partition] ?? []].sort((one, other) => (one.at > other.at ? -1 : 1));
      const found = sorted.filter(({ at }) => until === undefined || at <= until).slice(0, limit);
      read.queries += 1;
      read.keys += found.length;
      return Promise.resolve(found);
    },
  };
}

async function all(
  index: ReturnType<typeof indexOf>, names: readonly string[], start: Partial<Parameters<typeof newestFirst>[2]> = {},
) {
  const listed = [];
  for await (const one of newestFirst(index, names.map(part), { keys: 120, ...start })) listed.push(one);
  return listed;
}

const idsOf = (listed: Awaited<ReturnType<typeof all>>) => listed.map((one) => one.entry.key.conversation_id);

test('several partitions are one list, and only its last entry is the last', async () => {
  const index = indexOf({ one: [entry('a', 1), entry('c', 3)], other: [entry('b', 2), entry('d', 4)], empty: [] });
  const listed = await all(index, ['one', 'other', 'empty']);
  expect(idsOf(listed)).toEqual(['a', 'b', 'c', 'd']);
  expect(listed.map(({ isLast }) => isLast)).toEqual([false, false, false, true]);
  expect(await all(index, ['empty'])).toEqual([]);
});

test('hundreds of one moment are read to the end, each once, and go on from any of them', async () => {
  const moment = Array.from({ length: 400 }, (_none, place) => entry(`of-one-moment-${place}`, 5));
  const index = indexOf({ one: [entry('new', 1), ...moment, entry('old', 9)] });
  const listed = await all(index, ['one']);
  expect(new Set(idsOf(listed)).size).toBe(402);
  expect(listed).toHaveLength(402);
  const place = listed[137];
  if (!place) throw new Error('The list is shorter than it was.');
  const rest = await all(index, ['one'], { after: positionOf(place.entry) });
  expect(idsOf(rest)).toEqual(idsOf(listed).slice(138));
});

test('a list begins at its moment', async () => {
  const index = indexOf({ one: [entry('a', 1), entry('b', 2), entry('c', 3)] });
  expect(idsOf(await all(index, ['one'], { from: timestamp(NOW - 2000) }))).toEqual(['b', 'c']);
});

test('each key is read about once, however many partitions there are', async () => {
  const partitions = Object.fromEntries(Array.from({ length: 17 }, (_none, shard) => [
    `shard-${shard}`, Array.from({ length: 100 }, (_one, place) => entry(`${shard}-${place}`, place * 17 + shard)),
  ]));
  const index = indexOf(partitions);
  expect(await all(index, Object.keys(partitions))).toHaveLength(1700);
  // One key more a query: each goes on at the moment at which the one before ended.
  expect(index.read.keys - index.read.queries).toBeLessThanOrEqual(1700);
  expect(index.read.queries).toBeLessThanOrEqual(17 * 6);
});
