import type { DueRecord } from '../core/lifecycle/work-due-index';
import { TURN_SHARDS } from '../core/lifecycle/work-due-index';
import { scheduleThreadCheck, stopThreadChecks } from '../core/lifecycle/thread-transitions';
import { timestamp } from '../core/ports/clock';
import type { ReconcilerPorts } from './reconciler-ports';

/** Bursts of a shard that one run queues at most. */
const BURSTS = 100;
/** Milliseconds until a burst that was queued is looked at again. */
const AGAIN = 2 * 60_000;

/** Queues again what waits to be read for a minute too long: its queue message was lost, or its worker died. */
export async function watchTurns(ports: ReconcilerPorts, finishBy: number): Promise<void> {
  const { clock, observer, workDue } = ports;
  const before = timestamp(clock.now() + 1);
  for (const shard of TURN_SHARDS) {
    try {
      const due = await workDue.due({ shard, before, limit: BURSTS });
      for (const record of due) {
        if (clock.now() > finishBy) return;
        await check(ports, record);
      }
    } catch (error) {
      observer.error('bursts that wait to be read could not be looked at', error, { shard });
    }
  }
}

/** Queued before the due moment moves on: a crash between the two queues it twice, which is harmless. */
async function check(
  { clock, observer, threads, turns }: ReconcilerPorts,
  { threadId, dueAt }: DueRecord,
): Promise<void> {
  if (threadId === undefined) return;
  const thread = await threads.find(threadId);
  // The index lags: what it names may be gone, or may have been moved on since.
  if (thread?.due_at !== dueAt) return;
  if (thread.answer_due_at === undefined && !thread.understanding && !thread.parting) {
    await threads.change(threadId, stopThreadChecks({ seen: thread }));
    return;
  }
  await turns.enqueue({ threadId, company: thread.company_id });
  await threads.change(threadId, scheduleThreadCheck({ seen: dueAt, dueAt: clock.now() + AGAIN }));
  observer.count('Reconciled', { action: 'turn_requeued' });
  observer.info('a burst was queued again', { thread: threadId });
}
