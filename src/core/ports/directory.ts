import type { ConversationKey } from '../lifecycle/conversation';
import type { Timestamp } from './clock';

/** An API key's item, found by the SHA-256 of the key; the key itself is stored nowhere. */
export interface KeyGrant {
  readonly company_id: string;
  /** Projects that the key may use; `*` for all of its company. */
  readonly project_ids: readonly string[];
  readonly created_at: Timestamp;
  readonly expires_at?: Timestamp;
  readonly revoked_at?: Timestamp;
  /** Its requests are tests: they run everything and send nothing. */
  readonly test?: true;
}

/** What makes a request idempotent, and leads from a conversation's identifier to its record. */
export interface IdempotencyRecord {
  readonly company_id: string;
  readonly project_id: string;
  readonly request_id: string;
  /** SHA-256 of the request in canonical form. */
  readonly body_hash: string;
  readonly conversation: ConversationKey;
  readonly accepted_at: Timestamp;
  /** The person's data was erased: `conversation` names the recipient no more, and the record does not come back. */
  readonly erased_at?: Timestamp;
  /** Seconds since 1970; DynamoDB removes the idempotency record some time after it. */
  readonly time_to_live: number;
}

/** All that the router needs to know before it accepts a request, read in one call. */
export interface AcceptanceFacts {
  readonly key?: KeyGrant;
  /** The company record as it is stored, unchecked. */
  readonly company?: Readonly<Record<string, unknown>>;
  readonly idempotency?: IdempotencyRecord;
  /** Senders (as in conversation identifiers) that the recipient has opted out of. */
  readonly optedOutOf: readonly string[];
}

/** What a recipient said about one sender, as it stands in conversation identifiers. */
export interface OptOutWord {
  /** In any spelling of any address of theirs. */
  readonly recipient: string;
  readonly sender: string;
  readonly at: Timestamp;
  /** Identifies the vendor's event: one that was applied once changes nothing when it is reported again. */
  readonly event?: string;
}

/**
 * The port to what lies around the conversations: keys, companies, idempotency records, opt-outs. Reads are strongly
 * consistent.
 */
export interface Directory {
  /** The grant alone: who calls is settled before anything else of a request is looked at. */
  keyGrant(keyHash: string): Promise<KeyGrant | undefined>;
  loadForAccept(query: {
    /** SHA-256 of the API key, hex. */
    readonly keyHash: string;
    readonly companyId: string;
    readonly projectId: string;
    readonly requestId: string;
    readonly recipient: string;
  }): Promise<AcceptanceFacts>;
  /** Who asks, and the idempotency record that a conversation's identifier leads to. */
  loadForRead(query: {
    readonly keyHash: string;
    readonly companyId: string;
    readonly projectId: string;
    readonly requestId: string;
  }): Promise<{
    readonly key?: KeyGrant;
    readonly idempotency?: IdempotencyRecord;
  }>;
  /** Undefined if it was put; otherwise the idempotency record that was there first. */
  putIdempotencyRecord(idempotency: IdempotencyRecord): Promise<IdempotencyRecord | undefined>;
  /** The idempotency record of a conversation's identifier and its company's record. */
  loadForProcessing(query: {
    readonly companyId: string;
    readonly projectId: string;
    readonly requestId: string;
  }): Promise<{
    readonly idempotency?: IdempotencyRecord;
    readonly company?: Readonly<Record<string, unknown>>;
  }>;
  /** The company record as it is stored, unchecked. */
  findCompany(query: {
    readonly companyId: string;
    readonly projectId: string;
  }): Promise<Readonly<Record<string, unknown>> | undefined>;
  /** The records of all projects of a company as they are stored, unchecked. */
  projectsOf(companyId: string): Promise<ReadonlyArray<Readonly<Record<string, unknown>>>>;
  /** The identifiers of a company's projects, of the one alone if it is given; no more than the limit are read. */
  projectIdsOf(query: {
    readonly companyId: string;
    readonly projectId?: string;
    readonly limit: number;
  }): Promise<readonly string[]>;
  /** Senders that the person has opted out of, under every address by which the company knows them. */
  optedOutOf(query: { readonly recipient: string; readonly company: string }): Promise<readonly string[]>;
  /**
   * Kept under the identity that it came from; nothing if the address identifies no person. True for the one call whose
   * write made it an opt-out.
   */
  addOptOut(optOut: OptOutWord & { readonly source: string }): Promise<boolean>;
  /** Under every address by which the company knows the person. */
  removeOptOut(lift: OptOutWord & { readonly company: string }): Promise<void>;
}
