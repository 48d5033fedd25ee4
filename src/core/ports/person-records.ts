import type { Conversation } from '../lifecycle/conversation';
import type { ConversationIdentity } from '../lifecycle/conversation-id';
import type { Timestamp } from './clock';
import type { OptOutWord } from './directory';
import type { StoredRecord } from './company-records';

/** All that the records hold of a person under one spelling of an address. */
export interface PersonItems {
  readonly conversations: readonly Conversation[];
  /** As it is stored. */
  readonly optOut?: StoredRecord;
}

type RequestIdentity = Omit<ConversationIdentity, 'sender'>;

/** The port to what is held of a person, by phone number or e-mail address. */
export interface PersonRecords {
  /** Every address under which records of the person lie: spellings, and the names by which companies know it. */
  addressesOf(address: string): Promise<readonly string[]>;
  /** Forgets by which other names companies know the person. */
  forgetNames(addresses: readonly string[]): Promise<void>;
  /** Strongly consistent. */
  find(address: string): Promise<PersonItems>;
  /** The request's idempotency record as it is stored; undefined where there is none. */
  findIdempotencyRecord(request: RequestIdentity): Promise<StoredRecord | undefined>;
  /**
   * Takes the recipient out of a request's idempotency record, which goes on keeping the request from being worked
   * twice.
   */
  blankIdempotencyRecord(request: RequestIdentity, at: Timestamp): Promise<void>;
  /** Removes a record that is terminal and as it was seen; false where it has changed since. */
  remove(conversation: Conversation): Promise<boolean>;
}

/** One opt-out as an operator sees it. */
export interface RecordedOptOut {
  /** As in conversation identifiers. */
  readonly sender: string;
  readonly at: Timestamp;
  readonly source: string;
}

/** The port to what recipients have opted out of. */
export interface OptOuts {
  list(recipient: string): Promise<readonly RecordedOptOut[]>;
  /** The first word counts: recording it again changes nothing. False if it was recorded, or heard, before. */
  add(optOut: OptOutWord & { readonly source: string }): Promise<boolean>;
  remove(lift: OptOutWord): Promise<void>;
}
