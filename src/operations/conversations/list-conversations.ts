import type { Conversation } from '../../core/lifecycle/conversation';
import type { Timestamp } from '../../core/ports/clock';
import { timestamp } from '../../core/ports/clock';
import type { ConversationIndex, IndexedConversation } from '../../core/ports/conversation-index';
import type { OperationPorts } from '../ports';
import type { Selection, Source } from './selection';
import { isSelected, sourceOf } from './selection';

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

/** Where a page ends. It holds no address, so that it may be shown. */
interface Cursor {
  readonly at: Timestamp;
  /** What was shown of this very moment. */
  readonly shown: readonly string[];
}

/** An entry with the cursor by which a later page goes on after it; absent for the last one of all. */
interface Passed {
  readonly entry: IndexedConversation;
  readonly next?: Cursor;
}

/** Records that one page reads at most, however few of them are meant. */
const LOOKED_AT_MOST = 1000;

/** Keys and records that are asked for at once. */
const AT_ONCE = 25;

type Ports = Pick<OperationPorts, 'clock' | 'companies' | 'conversations' | 'index'>;

/** One page of conversations, the newest first. */
export async function listConversations(
  ports: Ports, selection: Selection, page: { readonly limit: number; readonly after?: string },
): Promise<Page> {
  const cursor = page.after === undefined ? undefined : parseCursor(page.after);
  if (page.after !== undefined && !cursor) return { outcome: 'unknown_page' };
  const now = ports.clock.now();
  const source = await sourceOf(ports.companies, selection, timestamp(now));
  const found: Conversation[] = [];
  let looked = 0;
  let last: Passed | undefined;
  const end = () => ({ outcome: 'read' as const, found, looked, ...(last?.next ? { next: written(last.next) } : {}) });
  for await (const batch of batches(ports.index, source, { cursor, size: Math.max(page.limit, AT_ONCE) })) {
    const records = await Promise.all(batch.map(async ({ entry }) => ports.conversations.find(entry.key)));
    for (const [position, record] of records.entries()) {
      const passed = batch[position];
      const isOver = source.byAcceptance && selection.since !== undefined && (passed?.entry.at ?? '') < selection.since;
      if (isOver) return { outcome: 'read', found, looked };
      looked += 1;
      last = passed;
      // The index lags: what it names may be gone, or no longer what it was.
      if (record && isSelected(record, selection, now)) found.push(record);
      if (found.length >= page.limit) return end();
    }
    if (looked >= LOOKED_AT_MOST) return end();
  }
  return { outcome: 'read', found, looked };
}

/** The entries of all partitions as one list, the newest first. */
async function* batches(
  index: ConversationIndex,
  { parts, from }: Source,
  { cursor: start, size }: { readonly cursor: Cursor | undefined; readonly size: number },
): AsyncGenerator<readonly Passed[], void> {
  let cursor = start;
  for (;;) {
    const shown = new Set(cursor?.shown);
    const until = cursor?.at ?? from;
    const bounds = { limit: size + 1 + shown.size, ...(until === undefined ? {} : { until }) };
    const pages: Array<readonly IndexedConversation[]> = [];
    for (let begin = 0; begin < parts.length; begin += AT_ONCE) {
      const asked = parts.slice(begin, begin + AT_ONCE);
      pages.push(...await Promise.all(asked.map(async (part) => index.newestFirst({ ...part, ...bounds }))));
    }
    const left = pages.flat().filter(({ at, key }) => at !== cursor?.at || !shown.has(key.conversation_id));
    const sorted = left.sort((one, other) => (one.at > other.at ? -1 : 1));
    const passed: Passed[] = [];
    for (const [position, entry] of sorted.slice(0, size).entries()) {
      cursor = after(entry, cursor);
      passed.push(position + 1 < sorted.length ? { entry, next: cursor } : { entry });
    }
    yield passed;
    if (sorted.length <= size) return;
  }
}

function after({ at, key }: IndexedConversation, before: Cursor | undefined): Cursor {
  return { at, shown: [...(before?.at === at ? before.shown : []), key.conversation_id] };
}

function written({ at, shown }: Cursor): string {
  return Buffer.from(JSON.stringify([at, ...shown])).toString('base64url');
}

function parseCursor(text: string): Cursor | undefined {
  try {
    const parsed: unknown = JSON.parse(Buffer.from(text, 'base64url').toString('utf8'));
    const [at, ...shown] = Array.isArray(parsed) ? parsed.map(String) : [];
    if (at !== undefined && !Number.isNaN(Date.parse(at))) return { at, shown };
  } catch {
    // No cursor: whatever else it may be.
  }
  return undefined;
}
