import type { DueRecord } from '../core/lifecycle/work-due-index';
import { timestamp } from '../core/ports/clock';
import { REVIEW_SHARD } from '../core/lifecycle/work-due-index';
import { expireHeld } from '../core/lifecycle/review-transitions';
import type { ReconcilerPorts } from './reconciler-ports';

/** Waiting messages that a run looks at, longest waiting first; more than these are not counted. */
const LOOKED_AT = 100;

/**
 * Reports how many messages wait for a person and how long the oldest has waited, whatever became of the hand-off
 * queue's copies, and ends those that are of no use any more. A message's wait is its moment in the index, which
 * nothing but the end of the wait moves.
 */
export async function watchReviews(ports: ReconcilerPorts, finishBy: number): Promise<void> {
  const { workDue, clock, observer } = ports;
  const now = clock.now();
  try {
    const waiting = await workDue.due({ shard: REVIEW_SHARD, before: timestamp(now + 1), limit: LOOKED_AT });
    observer.count('ReviewsWaiting', {}, waiting.length);
    observer.duration('OldestReview', waiting[0] ? Math.max(0, now - Date.parse(waiting[0].dueAt)) : 0);
    for (const record of waiting) {
      if (clock.now() > finishBy) return;
      await expireIfUseless(ports, record);
    }
  } catch (error) {
    observer.error('what waits for a person could not be checked', error);
  }
}

async function expireIfUseless({ conversations, clock, observer }: ReconcilerPorts, { key }: DueRecord): Promise<void> {
  const conversation = await conversations.find(key);
  const now = clock.now();
  if (
    !conversation ||
    conversation.conversation_status !== 'awaiting_review' ||
    Date.parse(conversation.send_before) >= now
  ) {
    return;
  }
  const detail = conversation.failure_reason ?? 'review_requested';
  const { applied } = await conversations.change(key, expireHeld({ held: conversation, now, detail }));
  if (!applied) return;
  observer.count('MessageExpired', { channel: conversation.channel_method });
  observer.count('MessageStopped', { reason: 'expired' });
  observer.info('a message that waited for a person expired', { conversation_id: conversation.conversation_id });
}
