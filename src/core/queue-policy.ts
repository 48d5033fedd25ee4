/**
 * Receives after which a queue moves a message to its dead letters; the processor renews a message that waits before
 * that.
 */
export const QUEUE_RECEIVES = 5;
