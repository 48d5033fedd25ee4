import type { Conversation, ConversationKey } from '../core/lifecycle/conversation';
import { parseConversationId } from '../core/lifecycle/conversation-id';
import type { Timestamp } from '../core/ports/clock';

/** The kinds of records whose entries clients learn of. */
export type RecordKind = 'conversation' | 'thread' | 'reply' | 'opt_out';

/** One entry of a thread as a whole. */
export interface ThreadEntry {
  readonly at: Timestamp;
  readonly event: string;
  readonly reason?: string;
  /** The conversation that it is about, by its identifier. */
  readonly conversation?: string;
}

/** One word of a person about a sender. */
export interface OptOutEntry {
  /** Its own, since nothing else of it is free of addresses. */
  readonly id: string;
  readonly at: Timestamp;
  readonly event: 'opted_out' | 'opted_in';
  readonly sender: string;
  readonly source?: string;
}

/** A record as the publisher reads it. */
export type WatchedRecord =
  | { readonly kind: 'conversation'; readonly conversation: Conversation }
  | {
    readonly kind: 'thread';
    readonly thread: string;
    readonly company: string;
    readonly channel?: string;
    readonly history: readonly ThreadEntry[];
    /** A conversation of the thread, for entries that name none. */
    readonly conversation?: string;
    readonly timeToLive?: number;
  }
  | {
    readonly kind: 'reply';
    readonly thread: string;
    /** The item's place in the thread. */
    readonly position: string;
    readonly messageId: string;
    readonly at: Timestamp;
    /** The conversation that it answers. */
    readonly conversation: string;
    readonly timeToLive?: number;
  }
  | {
    readonly kind: 'opt_out';
    readonly history: readonly OptOutEntry[];
    /** Newest conversation of each project that wrote to the person, by sender. */
    readonly conversations: ReadonlyArray<{ readonly sender: string; readonly conversation: string }>;
  };

/** Undefined for an item that clients learn nothing of. */
export function kindOf({ primary_channel: partition, conversation_id: sort }: ConversationKey): RecordKind | undefined {
  if (partition.startsWith('thread#')) {
    if (sort === 'thread') return 'thread';
    return sort.startsWith('message#') ? 'reply' : undefined;
  }
  if (sort === 'opt-out') return 'opt_out';
  if (/^(?:request|usage|lease|address|session|audit|sender)#/.test(partition)) return undefined;
  return parseConversationId(sort) ? 'conversation' : undefined;
}
