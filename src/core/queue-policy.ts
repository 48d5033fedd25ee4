/**
 * Receives after which a queue moves a message to its dead letters; the processor renews a message that waits before
 * that.
 */
export const QUEUE_RECEIVES = 5;

/** SQS delays a message for 15 minutes at most. The record knows if there is longer to wait. */
export const LONGEST_DELAY_SECONDS = 900;
