import type { Timestamp } from '../../core/ports/clock';
import { DUE_SHARDS, REVIEW_SHARD, dueShard } from '../../core/lifecycle/work-due-index';
import { REPLY_ATTENTION } from '../../core/lifecycle/reply-transitions';
import type { ConversationIndex, IndexedConversation, ListQuery } from '../../core/ports/conversation-index';

/** `stuck`: not terminal, and due for a check by now. `waiting`: for a person's decision. `replied`: for an answer. */
export const LISTED_STATES = ['stuck', 'waiting', 'replied'] as const;

/** Whose conversations are listed. */
export type Selection =
  | { readonly by: 'recipient'; readonly recipient: string }
  | { readonly by: 'project'; readonly company: string; readonly project: string }
  | { readonly by: 'state'; readonly state: (typeof LISTED_STATES)[number] };

export type Page =
  | {
    readonly outcome: 'read';
    readonly found: readonly IndexedConversation[];
    /** Asks for the page after this one; absent on the last. */
    readonly next?: string;
  }
  /** `after` is not what an earlier page ended with. */
  | { readonly outcome: 'unknown_page' };

/** Where a page ends. It holds no address, so that it may be shown. */
interface Cursor {
  readonly at: Timestamp;
  /** What was shown of this very moment. */
  readonly shown: readonly string[];
}

/** One page of conversations, the newest first. */
export async function readPage(
  index: ConversationIndex,
  selection: Selection,
  page: { readonly limit: number; readonly after?: string; readonly now: Timestamp },
): Promise<Page> {
  const cursor = page.after === undefined ? undefined : parseCursor(page.after);
  if (page.after !== undefined && !cursor) return { outcome: 'unknown_page' };
  const until = cursor?.at ?? (selection.by === 'state' && selection.state === 'stuck' ? page.now : undefined);
  const shown = new Set(cursor?.shown);
  const bounds = { limit: page.limit + 1 + shown.size, ...(until === undefined ? {} : { until }) };
  const parts = await Promise.all(
    partitionsOf(selection).map(async (part) => index.newestFirst({ ...part, ...bounds })),
  );
  const left = parts.flat().filter(({ at, key }) => at !== cursor?.at || !shown.has(key.conversation_id));
  const found = left.sort((one, other) => (one.at > other.at ? -1 : 1)).slice(0, page.limit);
  return { outcome: 'read', found, ...(left.length > page.limit ? { next: nextCursor(found, cursor) } : {}) };
}

function partitionsOf(selection: Selection): ReadonlyArray<Pick<ListQuery, 'index' | 'partition'>> {
  switch (selection.by) {
    case 'recipient':
      return [{ index: 'recipient', partition: selection.recipient }];
    case 'project':
      return [{ index: 'project', partition: `${selection.company}#${selection.project}` }];
    case 'state':
      return partitionsIn(selection.state);
  }
}

function partitionsIn(state: (typeof LISTED_STATES)[number]): ReturnType<typeof partitionsOf> {
  switch (state) {
    case 'waiting':
      return [{ index: 'attention', partition: REVIEW_SHARD }];
    case 'replied':
      return [{ index: 'reply', partition: REPLY_ATTENTION }];
    case 'stuck':
      return DUE_SHARDS.map((shard) => ({ index: 'attention', partition: dueShard(shard) }));
  }
}

function nextCursor(found: readonly IndexedConversation[], before: Cursor | undefined): string {
  const at = found.at(-1)?.at ?? '';
  const shown = [
    ...(before?.at === at ? before.shown : []),
    ...found.filter((each) => each.at === at).map(({ key }) => key.conversation_id),
  ];
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
