import type { IndexedConversation } from '../../../src/core/ports/conversation-index';
import type { Selection } from '../../../src/operations/conversations/list-conversations';
import { readPage } from '../../../src/operations/conversations/list-conversations';

const NOW = '2026-11-02T09:30:00.000Z';
const project: Selection = { by: 'project', company: 'acme', project: 'hiring' };

/** Partitions by name, as their index would hold them. */
function indexOf(partitions: Readonly<Record<string, readonly IndexedConversation[]>>) {
  return {
    newestFirst: (query: { readonly partition: string; readonly until?: string; readonly limit: number }) => {
      const { until } = query;
      const all = [...(partitions[query.partition] ?? [])].sort((one, other) => (one.at > other.at ? -1 : 1));
      return Promise.resolve(all.filter(({ at }) => until === undefined || at <= until).slice(0, query.limit));
    },
  };
}

function entry(name: string, minute: number): IndexedConversation {
  return {
    key: { primary_channel: '+447700900123', conversation_id: name },
    at: `2026-11-02T09:${String(minute).padStart(2, '0')}:00.000Z`,
  };
}

async function allPages(index: ReturnType<typeof indexOf>, selection: Selection, limit: number): Promise<string[][]> {
  const pages: string[][] = [];
  for (let after: string | undefined; ;) {
    const page = await readPage(index, selection, { limit, now: NOW, after });
    if (page.outcome !== 'read') throw new Error('The page before ended otherwise.');
    const { found, next } = page;
    pages.push(found.map(({ key }) => key.conversation_id));
    if (next === undefined) return pages;
    after = next;
  }
}

test('pages go from the newest to the oldest and leave none out', async () => {
  const index = indexOf({ 'acme#hiring': [entry('a', 1), entry('b', 2), entry('c', 3), entry('d', 4), entry('e', 5)] });
  expect(await allPages(index, project, 2)).toEqual([['e', 'd'], ['c', 'b'], ['a']]);
});

test('those of one moment are shown once each, over as many pages as it takes', async () => {
  const index = indexOf({ 'acme#hiring': [entry('a', 1), ...['b', 'c', 'd', 'e', 'f'].map((name) => entry(name, 2))] });
  const pages = await allPages(index, project, 2);
  expect(pages.flat().sort()).toEqual(['a', 'b', 'c', 'd', 'e', 'f']);
  expect(pages.flat().at(-1)).toBe('a');
});

test('what is stuck comes from every shard, unless it is not due yet', async () => {
  const index = indexOf({
    'stuck#0': [entry('a', 1)],
    'stuck#f': [entry('b', 2), entry('not due', 31)],
    'review': [entry('waits', 3)],
    'reply': [entry('answered', 4)],
  });
  expect(await allPages(index, { by: 'state', state: 'stuck' }, 5)).toEqual([['b', 'a']]);
  expect(await allPages(index, { by: 'state', state: 'waiting' }, 5)).toEqual([['waits']]);
  expect(await allPages(index, { by: 'state', state: 'replied' }, 5)).toEqual([['answered']]);
});

test('a page\'s end names no address', async () => {
  const index = indexOf({ '+447700900123': [entry('a', 1), entry('b', 2)] });
  const page = await readPage(index, { by: 'recipient', recipient: '+447700900123' }, { limit: 1, now: NOW });
  const next = page.outcome === 'read' ? page.next ?? '' : '';
  expect(Buffer.from(next, 'base64url').toString('utf8')).toBe('["2026-11-02T09:02:00.000Z","b"]');
});

test.each(['', 'x', Buffer.from('["yesterday"]').toString('base64url')])('"%s" is not a page\'s end', async (after) => {
  expect(await readPage(indexOf({}), project, { limit: 1, now: NOW, after })).toEqual({ outcome: 'unknown_page' });
});
