import type { Conversation, ConversationKey } from '../lifecycle/conversation';
import type { INDEXES } from '../indexes';
import type { Timestamp } from './clock';

/** A record by its key, and the moment by which its list is ordered. */
export interface IndexedConversation {
  readonly key: ConversationKey;
  readonly at: Timestamp;
}

/** A partition of an index, or of the table itself: that of a recipient. */
export interface ListQuery {
  readonly index: keyof typeof INDEXES | 'recipient';
  readonly partition: string;
  /** Inclusive. */
  readonly until?: Timestamp;
  readonly limit: number;
}

/** The port to lists of conversations. They may lag behind the records by about a second. */
export interface ConversationIndex {
  /** The newest first, from a moment backwards. */
  newestFirst(query: ListQuery): Promise<readonly IndexedConversation[]>;
  /**
   * The records of keys that a list named, in their order; undefined for one that is gone. They may lag as the list
   * does, and cost half of what a consistent read costs.
   */
  records(keys: readonly ConversationKey[]): Promise<ReadonlyArray<Conversation | undefined>>;
  /**
   * Reads the keys of the whole table for conversations whose identifier is this text or holds it as a request's
   * identifier; five at most. `report` gets the number of items read so far, page by page.
   */
  search(text: string, report: (read: number) => void): Promise<readonly ConversationKey[]>;
}
