import { REPLY_ATTENTION } from '../core/lifecycle/reply-transitions';
import { timestamp } from '../core/ports/clock';
import type { ReconcilerPorts } from './reconciler-ports';

/**
 * Reports how long the oldest reply has waited for a person, whatever became of the hand-off queue's copies. The wait
 * begins with the first reply that nobody has dealt with, and no later reply shortens it.
 */
export async function watchReplies({ repliesDue, clock, observer }: ReconcilerPorts): Promise<void> {
  const now = clock.now();
  try {
    const [oldest] = await repliesDue.due({ shard: REPLY_ATTENTION, before: timestamp(now + 1), limit: 1 });
    observer.duration('OldestReply', oldest ? Math.max(0, now - Date.parse(oldest.dueAt)) : 0);
  } catch (error) {
    observer.error('replies that wait for a person could not be looked at', error);
  }
}
