import type { Conversation, ConversationKey, ConversationMessage, HistoryEntry } from './conversation';

/**
 * A condition on one attribute. An attribute that is absent passes only `{ exists: false }` and `lacks`: what is not
 * there lacks everything.
 */
export type Test =
  | { readonly equals: string | number | boolean }
  | { readonly oneOf: readonly string[] }
  /** Strictly less: earlier, for a timestamp. */
  | { readonly below: string | number }
  | { readonly atLeast: string | number }
  | { readonly contains: string }
  | { readonly lacks: string }
  | { readonly exists: boolean };

type Attribute = keyof Conversation;

/** Every test must pass. */
export type Where<Attributes extends string = Attribute> = Readonly<Partial<Record<Attributes, Test>>>;

/**
 * One transition of a message's life as data: the DynamoDB adapter turns it into one conditional write, and the
 * simulation judges the same data in memory, so that what is simulated is what ships.
 */
export interface Change {
  readonly name: string;
  /** It applies if any of these passes. */
  readonly when: readonly Where[];
  readonly set: Partial<Conversation>;
  readonly remove?: readonly Attribute[];
  readonly increase?: Readonly<Partial<Record<'attempt_count' | 'model_calls', number>>>;
  readonly append?: {
    readonly history?: HistoryEntry;
    readonly messages?: ConversationMessage;
    readonly attempt_ids?: string;
    readonly inbound_ids?: string;
  };
}

/**
 * `applied` holds the record after the change; otherwise `conversation` is the record that did not pass, absent if
 * there is none.
 */
export type ChangeResult =
  | { readonly applied: true; readonly conversation: Conversation }
  | { readonly applied: false; readonly conversation?: Conversation };

/** The port to the conversation records. */
export interface ConversationStore {
  /** Puts the record unless one has its key already, which then is answered untouched. */
  create(conversation: Conversation): Promise<ChangeResult>;
  change(key: ConversationKey, change: Change): Promise<ChangeResult>;
  /** Strongly consistent. */
  find(key: ConversationKey): Promise<Conversation | undefined>;
}
