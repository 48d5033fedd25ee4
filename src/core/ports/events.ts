import type { LoggedEvent } from '../events/client-event';
import type { DisabledReason, Endpoint, HeldRecord, SealedSecret } from '../events/endpoint';
import type { ConversationKey } from '../lifecycle/conversation';
import type { Timestamp } from './clock';

/** How far a record's entries were published. */
export interface Watermark {
  /** Identity of the last entry that was seen. */
  readonly last: string;
  /** Number of that entry. */
  readonly sequence: number;
  /** Position of the last event that was published; the next one lies behind it. */
  readonly position: string;
}

/** The port to the events of each company, in the order in which they were published. */
export interface EventLog {
  /** Strongly consistent. */
  watermark(record: string): Promise<Watermark | undefined>;
  /** False if another run was faster. */
  advance(record: string, from: Watermark | undefined, to: Watermark, timeToLive: number): Promise<boolean>;
  append(event: LoggedEvent): Promise<void>;
  /** Behind a position and up to another one, oldest first. Strongly consistent. */
  after(query: {
    readonly company: string;
    readonly position: string;
    readonly until: string;
    readonly limit: number;
  }): Promise<readonly LoggedEvent[]>;
  /** Strongly consistent. Undefined once the event's time is over. */
  at(company: string, position: string): Promise<LoggedEvent | undefined>;
  find(company: string, id: string): Promise<LoggedEvent | undefined>;
}

/** What came of a delivery that is worth keeping: a failure, a test, or an event that was sent again by hand. */
export interface DeliveryNote {
  readonly at: Timestamp;
  readonly event_id: string;
  readonly type: string;
  readonly outcome: 'taken' | 'failed';
  /** HTTP status, or a word of why there was none. No words of the endpoint's answer. */
  readonly answer: string;
  readonly cause: 'event' | 'test' | 'replay';
}

/** A lease on an endpoint, under which alone its events are delivered. */
export interface EndpointLease {
  readonly owner: string;
  readonly now: Timestamp;
  readonly until: Timestamp;
}

/** What a worker writes of an endpoint. Applies only under its lease and epoch. */
export interface EndpointProgress {
  readonly owner: string;
  readonly epoch: number;
  readonly cursor: string;
  /** Events up to the cursor that were not taken. */
  readonly held: readonly HeldRecord[];
  /** Set where nothing was taken since: the first failure. */
  readonly failingSince?: Timestamp | undefined;
  /** When the endpoint last took an event; absent where it took none since it was taken. */
  readonly takenAt?: Timestamp | undefined;
}

/** What a failed delivery leaves. */
export interface EndpointPause {
  readonly failures: number;
  readonly failing_since: Timestamp;
  readonly next_attempt_at?: Timestamp;
  readonly disabled?: { readonly at: Timestamp; readonly reason: DisabledReason };
}

/** The port to the companies' endpoints. Reads are strongly consistent. */
export interface Endpoints {
  find(company: string, id: string): Promise<Endpoint | undefined>;
  list(company: string): Promise<readonly Endpoint[]>;
  add(endpoint: Endpoint): Promise<void>;
  remove(company: string, id: string): Promise<void>;
  /** False if the secrets are no longer as they were seen. */
  replaceSecrets(seen: Endpoint, secrets: readonly SealedSecret[]): Promise<boolean>;
  /** Undefined if the endpoint is gone, disabled, paused until later, or a worker has it: that one looks once more. */
  take(company: string, id: string, lease: EndpointLease): Promise<Endpoint | undefined>;
  /** Undefined if the lease is over or the cursor was set by hand. */
  save(endpoint: Endpoint, progress: EndpointProgress, lease: EndpointLease): Promise<Endpoint | undefined>;
  /** False if a call came since `endpoint` was read: there may be more. `anyway`: whoever releases it calls itself. */
  release(endpoint: Endpoint, progress: EndpointProgress, how?: { readonly anyway: boolean }): Promise<boolean>;
  /** Ends the lease; the endpoint waits, or is disabled. */
  pause(endpoint: Endpoint, progress: EndpointProgress, pause: EndpointPause): Promise<void>;
  /** The endpoint took an event: what stood in its way is forgotten. */
  recover(endpoint: Endpoint, at: Timestamp): Promise<void>;
  /** Begins again behind this position, also for an endpoint that is paused or disabled. */
  rewind(company: string, id: string, cursor: string): Promise<boolean>;
  note(endpoint: Pick<Endpoint, 'company_id' | 'id'>, note: DeliveryNote): Promise<void>;
  /** Newest first. */
  notes(endpoint: Pick<Endpoint, 'company_id' | 'id'>, limit: number): Promise<readonly DeliveryNote[]>;
  /** Paused ones whose next attempt is due, and ones with held events that are. */
  due(before: Timestamp, limit: number): Promise<ReadonlyArray<{ readonly company: string; readonly id: string }>>;
}

/** A record whose events could not be published, and when it had changed. */
export interface LeftOutRecord {
  readonly key: ConversationKey;
  /** Milliseconds since 1970. */
  readonly changedAt: number;
}

/** A record as it was due. */
export interface DueLeftOutRecord extends LeftOutRecord {
  /** Counts how often it was added: what was added since it was read is not settled with it. */
  readonly additions: number;
}

/** The port to the records whose events could not be published. */
export interface LeftOutRecords {
  /** To be tried again from this moment on; the first change that it was added for counts. May be repeated. */
  add(record: LeftOutRecord, retryAt: Timestamp): Promise<void>;
  due(before: Timestamp, limit: number): Promise<readonly DueLeftOutRecord[]>;
  /** Nothing if it was added again since. */
  settle(record: DueLeftOutRecord, at: Timestamp): Promise<void>;
}

/** Changes that the stream may have left out, and how far the records were looked through for them. */
export interface StreamGap {
  /** What changed before was heard of: milliseconds since 1970. */
  readonly since: number;
  /** Where the search goes on; absent before its first page. */
  readonly cursor?: string;
}

/** What one call of the stream brought: the moments of its oldest and its newest change, and now. */
export interface StreamBatch {
  readonly oldest: number;
  readonly newest: number;
  readonly now: number;
}

/** The port to what is known of the stream that wakes the publisher. */
export interface ChangeStream {
  /** Changes came. `gap` if ones before them may be lost: the stream keeps them for a day. */
  heard(batch: StreamBatch): Promise<'followed' | 'gap'>;
  /** Makes a change that the stream brings, and that means nothing else. */
  beat(now: number): Promise<void>;
  /** `heardAt`: the newest change of which the publisher was told; absent before the first. */
  state(): Promise<{ readonly heardAt?: number; readonly gap?: StreamGap }>;
  /** False if another run was faster. Without a cursor the search is done. */
  advance(seen: StreamGap, cursor: string | undefined): Promise<boolean>;
  /** Keys of records that may have changed since a moment, page by page over the whole table. */
  changedSince(gap: StreamGap): Promise<{ readonly keys: readonly ConversationKey[]; readonly cursor?: string }>;
}

/** What the delivering function is called for. */
export interface DeliveryCall {
  readonly company: string;
  readonly endpoint: string;
  /** Deliver this one event, whatever the cursor says. */
  readonly replay?: string;
  /** Deliver a test event under this identifier. */
  readonly test?: string;
  readonly delaySeconds?: number;
}

/** The port to the queue of deliveries: identifiers alone. */
export interface DeliveryQueue {
  call(call: DeliveryCall): Promise<void>;
}
