import type { Channel } from '../channel';
import type { Conversation } from '../lifecycle/conversation';

/** What is looked for in a vendor's own list of messages. */
export interface LookupQuery {
  readonly channel: Channel;
  /** The recipient's number (E.164). */
  readonly recipient: string;
  /** What the company sends as: a number (E.164), or a service or a name of the vendor's. */
  readonly sender: string;
  /** The words exactly as they were handed over. */
  readonly text: string;
  /** Milliseconds since 1970; the vendor made the message between the two. */
  readonly since: number;
  readonly until: number;
  /** The channel's secret: its fields are the vendor adapter's business. */
  readonly credentials: Readonly<Record<string, string>>;
}

/**
 * `listed`: every message that fits, newest first, perhaps none. The others went to the recipient in the same time with
 * other words: the vendor may have changed ours (smart encoding, a trial account's prefix, a body that was redacted).
 * `unavailable`: ask again later.
 */
export type LookupResult =
  | {
    readonly outcome: 'listed';
    readonly vendorMessageIds: readonly string[];
    readonly otherMessageIds?: readonly string[];
  }
  | { readonly outcome: 'unavailable'; readonly detail: string };

/** The port to what a channel's vendor can say of a message after its answer was lost. */
export interface MessageLookup {
  /** Answers every failure as a result and throws only for bugs; absent where the vendor has no such list. */
  readonly find?: (query: LookupQuery) => Promise<LookupResult>;
  /** Milliseconds from the claim of a send until the vendor has reported all that it will ever report of it. */
  readonly settleAfter: number;
}

/** What identifies whose message an entry of a vendor's list is. */
export type SendTrace = Pick<Conversation, 'conversation_id' | 'vendor_message_id'> & { readonly text?: string };

/** The port to the other sends to a recipient. */
export interface SendTraces {
  /** Every conversation of the recipient for which a send was claimed and not given back. Strongly consistent. */
  tracesOf(recipient: string): Promise<readonly SendTrace[]>;
}
