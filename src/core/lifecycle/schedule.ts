import { LONGEST_DELAY_SECONDS } from '../queue-policy';
import type { Conversation } from './conversation';
import { TIMES } from './limits';

/**
 * Milliseconds before its moment at which a message is queued, to be delivered at it: less than a queue can delay, and
 * long enough to queue thousands that are wanted at the same moment.
 */
const QUEUED_BEFORE = 10 * 60_000;

/** Whether a message waits for the moment at which its client wants it sent, and no worker has taken it yet. */
export function isScheduled(
  { conversation_status: status, send_at: sendAt, retry_at: retryAt }: Conversation,
): boolean {
  return status === 'initiated' && sendAt !== undefined && retryAt === sendAt;
}

/**
 * When the reconciler checks a message that is wanted at `sendAt`: in time to queue it, or once it should have been
 * taken. Milliseconds since 1970.
 */
export function checkScheduledAt(sendAt: number, now: number): number {
  return secondsUntil(sendAt, now) > LONGEST_DELAY_SECONDS ? sendAt - QUEUED_BEFORE : sendAt + TIMES.reconcileAfter;
}

/** Seconds by which the queue delays a message; undefined where that is longer than a queue can. */
export function queueDelay(conversation: Conversation, now: number): number | undefined {
  if (!isScheduled(conversation) || conversation.send_at === undefined) return 0;
  const seconds = secondsUntil(Date.parse(conversation.send_at), now);
  return seconds > LONGEST_DELAY_SECONDS ? undefined : seconds;
}

/** The moment from which a message may go: its acceptance, or what its client wants. Milliseconds since 1970. */
export function wantedAt({ created_at: acceptedAt, send_at: sendAt }: Conversation): number {
  return Math.max(Date.parse(acceptedAt), Date.parse(sendAt ?? acceptedAt));
}

function secondsUntil(moment: number, now: number): number {
  return Math.max(0, Math.ceil((moment - now) / 1000));
}
