import type { Timestamp } from '../ports/clock';

/**
 * What a client may have its test play: the vendor's and the recipient's part. `read` and `delivered`: the delivery
 * ends there. `undelivered`: the vendor took it and could not deliver it. `refused`: the vendor did not take it.
 * `unanswered`: its answer was lost, and its list shows the message.
 */
export const TEST_OUTCOMES = ['read', 'delivered', 'undelivered', 'refused', 'unanswered'] as const;
export type TestOutcome = (typeof TEST_OUTCOMES)[number];

/** What a test plays; left out: it is read, and nobody replies. */
export interface TestPlay {
  readonly outcome?: TestOutcome;
  /** What the recipient writes once the message has arrived. */
  readonly reply?: string;
}

/** What a client wishes of its message beside its facts, as the record keeps it. */
export interface ClientWishes {
  /** Nothing of it leaves before this moment; absent where it goes as soon as it can. */
  readonly send_at?: Timestamp;
  /** What is played where the message is a test's (test-message.ts); absent: the default. */
  readonly test?: TestPlay;
}
