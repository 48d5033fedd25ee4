import type { ConversationStore } from '../lifecycle/change';
import type { Conversation, ConversationKey } from '../lifecycle/conversation';
import type { ConversationIndex } from '../ports/conversation-index';
import type { Timestamp } from '../ports/clock';
import { formatCursor, parseCursor, positionOf } from './cursor';
import type { Listed, Part } from './newest-first';
import { newestFirst } from './newest-first';

export interface PageQuery {
  readonly parts: readonly Part[];
  /** Where the first page begins. */
  readonly from?: Timestamp;
  /** What is older ends the list; only for lists that are ordered by acceptance. */
  readonly since?: Timestamp;
  /** Whether a record may be meant, by its key alone: what may not be is never read. */
  readonly mayBe?: (key: ConversationKey) => boolean;
  /** Whether a record is meant. The index lags: what it names may be no longer what it was. */
  readonly isMeant: (conversation: Conversation) => boolean;
  readonly limit: number;
  /** Records that one page reads at most, however few of them are meant. */
  readonly readAtMost: number;
  /** What an earlier page ended with. */
  readonly after?: string;
  /** Whose list it is: a cursor of another one is not taken. */
  readonly owner: string;
}

export type Page =
  | {
    readonly outcome: 'read';
    readonly found: readonly Conversation[];
    /** Asks for what comes after this page; absent where nothing does. */
    readonly next?: string;
    /** Records that were read to find these. */
    readonly looked: number;
  }
  /** `after` is not what an earlier page ended with. */
  | { readonly outcome: 'unknown_page' };

export interface PagePorts {
  readonly index: Pick<ConversationIndex, 'newestFirst' | 'records'>;
}

/** Reads each record by itself, strongly consistent, where a list is to be as its records are. */
export function consistentRecords(store: Pick<ConversationStore, 'find'>): ConversationIndex['records'] {
  return async (keys) => Promise.all(keys.map(async (key) => store.find(key)));
}

/** Keys that one page looks at, at most. */
export const KEYS_AT_MOST = 2000;

/** Records that are read at once, at most. */
const AT_ONCE = 50;

/** Keys that are asked for beyond a page's, so that the end of a full page is known without another query. */
const KEYS_BEYOND = 5;

/** One page of conversations, the newest first. It may hold fewer than its limit, even none, where more follow. */
export async function readPage({ index }: PagePorts, query: PageQuery): Promise<Page> {
  const { parts, from, owner, limit } = query;
  const after = query.after === undefined ? undefined : parseCursor(query.after, owner);
  if (query.after !== undefined && !after) return { outcome: 'unknown_page' };
  const found: Conversation[] = [];
  let looked = 0;
  const endAt = ({ entry, isLast }: Listed) => {
    const next = isLast ? undefined : formatCursor(positionOf(entry), owner);
    return { outcome: 'read' as const, found, looked, ...(next === undefined ? {} : { next }) };
  };
  let keys = 0;
  const entries = newestFirst(index, parts, { from, after, keys: limit + KEYS_BEYOND });
  for await (const { wanted, passed, last } of batches(entries, query)) {
    const records = await index.records(wanted.map(({ entry }) => entry.key));
    for (const [place, record] of records.entries()) {
      looked += 1;
      const at = wanted[place];
      if (record && query.isMeant(record)) found.push(record);
      if (at && (found.length >= limit || looked >= query.readAtMost)) return endAt(at);
    }
    keys += passed;
    if (keys >= KEYS_AT_MOST) return endAt(last);
  }
  return { outcome: 'read', found, looked };
}

interface Batch {
  /** Entries whose records are to be read. */
  readonly wanted: readonly Listed[];
  /** Entries that were passed to find these. */
  readonly passed: number;
  readonly last: Listed;
}

async function* batches(
  entries: AsyncIterable<Listed>,
  { since, mayBe, limit }: Pick<PageQuery, 'since' | 'mayBe' | 'limit'>,
): AsyncGenerator<Batch, void> {
  const atOnce = Math.min(AT_ONCE, limit);
  let wanted: Listed[] = [];
  let passed = 0;
  let last: Listed | undefined;
  for await (const listed of entries) {
    if (since !== undefined && listed.entry.at < since) break;
    if (mayBe === undefined || mayBe(listed.entry.key)) wanted.push(listed);
    passed += 1;
    last = listed;
    if (wanted.length < atOnce && passed < KEYS_AT_MOST) continue;
    yield { wanted, passed, last };
    wanted = [];
    passed = 0;
  }
  if (last && passed > 0) yield { wanted, passed, last };
}
