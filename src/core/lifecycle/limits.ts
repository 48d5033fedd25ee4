/** Times of a message's life in milliseconds. docs/message-lifecycle.md says how they depend on each other. */
export const TIMES = {
  /** One answer of the language model: long enough for a slow one, and short of the lease by a send and its record. */
  modelTimeout: 36_000,
  /** A vendor's HTTP answer. */
  vendorTimeout: 10_000,
  /** From the claim of a send to the last moment at which a byte of it may leave. */
  sendWindow: 20_000,
  /** A worker's hold on a record: as long as its function may run, so that no worker outlives its lease. */
  lease: 60_000,
  /** The reconciler checks what is not terminal after this long. */
  reconcileAfter: 60_000,
  /** Default usefulness of a message. */
  validFor: 24 * 60 * 60_000,
} as const;

/** A reply's right to leave its thread, in milliseconds: one send window, and the writes before it. */
export const TICKET = { lifetime: TIMES.sendWindow + 10_000 } as const;

/** Sends that a message may cost. A refused send that is certain gives its attempt back. */
export const ATTEMPTS = 3;

/** Requests that the second reader of a composition makes to the model; leases and reservations follow. */
const SECOND_READER_CALLS = 1;

/**
 * Requests to the model. `ofLease`: counted on the record with each lease, before any is made: the values, one repair,
 * and the second reader's. `inAll`: what a message may make in its whole life, those that the model's vendor may have
 * charged without an answer included.
 */
export const MODEL_CALLS = {
  ofLease: 2 + SECOND_READER_CALLS,
  inAll: 3 * (2 + SECOND_READER_CALLS),
} as const;

/** Waits without progress that a message may cost; with the backoff's longest waits this is about a day. */
export const WAITS = 100;
