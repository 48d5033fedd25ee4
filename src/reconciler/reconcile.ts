import type { DueRecord } from '../core/lifecycle/work-due-index';
import { timestamp } from '../core/ports/clock';
import { DUE_SHARDS, dueShard } from '../core/lifecycle/work-due-index';
import { scheduleNextCheck } from '../core/lifecycle/unknown-send-transitions';
import type { ReconcileAction, ReconcilerPorts, ReconcileStep } from './reconciler-ports';
import { moveOn } from './move-on';
import { watchReplies } from './watch-replies';
import { watchReviews } from './watch-reviews';
import { watchTurns } from './watch-turns';

/** Bounds of one run. What it does not reach, the next one does. */
export interface ReconcileBounds {
  /** Records checked at most. */
  readonly records: number;
  /** Nothing is begun after this moment (milliseconds since 1970). */
  readonly finishBy: number;
}

/** How often each action was taken. */
export type ReconcileResult = Readonly<Partial<Record<ReconcileAction, number>>>;

/** Records checked at once: they wait for others nearly all the time. */
const TOGETHER = 10;
/** Milliseconds until a record at which the reconciler failed has its next turn: long enough to let all others pass. */
const AFTER_FAILURE = 10 * 60_000;

/**
 * One run: every record that is due and not terminal is moved on by the rules of a message's life, longest due first.
 * Each leaves the run with a later due moment or out of the index, so that no record stands in another's way, and a run
 * that is cut short loses nothing.
 */
export async function reconcile(ports: ReconcilerPorts, bounds: ReconcileBounds): Promise<ReconcileResult> {
  const { clock, observer } = ports;
  const started = clock.now();
  const due = await readDue(ports, bounds.records, started);
  const oldest = due[0];
  observer.duration('OldestDue', oldest ? Math.max(0, started - Date.parse(oldest.dueAt)) : 0);
  const taken = new Map<ReconcileAction, number>();
  const waiting = due.slice(0, bounds.records).values();
  const work = async () => {
    for (const record of waiting) {
      if (clock.now() > bounds.finishBy) return;
      const action = await check(ports, record);
      taken.set(action, (taken.get(action) ?? 0) + 1);
    }
  };
  await Promise.all([
    watchReviews(ports, bounds.finishBy),
    watchReplies(ports),
    watchTurns(ports, bounds.finishBy),
    ...Array.from({ length: TOGETHER }, work),
  ]);
  for (const [action, amount] of taken) observer.count('Reconciled', { action }, amount);
  return Object.fromEntries(taken);
}

/** Longest due first over all shards. One that cannot be read does not keep the others waiting. */
async function readDue(
  { workDue, observer }: ReconcilerPorts,
  limit: number,
  now: number,
): Promise<readonly DueRecord[]> {
  const before = timestamp(now + 1);
  const pages = await Promise.all(
    DUE_SHARDS.map(async (first) => {
      try {
        return await workDue.due({ shard: dueShard(first), before, limit });
      } catch (error) {
        observer.error('a part of the work-due index could not be read', error, { shard: first });
        return [];
      }
    }),
  );
  return pages.flat().sort((one, other) => (one.dueAt < other.dueAt ? -1 : 1));
}

async function check(ports: ReconcilerPorts, record: DueRecord): Promise<ReconcileAction> {
  const conversation_id = record.key.conversation_id;
  try {
    const { action, nextCheckAt } = await moveOnSafely(ports, record);
    if (nextCheckAt !== undefined) {
      await ports.conversations.change(record.key, scheduleNextCheck({ seen: record.dueAt, dueAt: nextCheckAt }));
    }
    if (action !== 'left' && action !== 'overtaken' && action !== 'failed') {
      ports.observer.info('a message was moved on', { conversation_id, action });
    }
    return action;
  } catch (error) {
    ports.observer.error('the next check of a record could not be written', error, { conversation_id });
    return 'failed';
  }
}

async function moveOnSafely(ports: ReconcilerPorts, record: DueRecord): Promise<ReconcileStep> {
  try {
    const conversation = await ports.conversations.find(record.key);
    // The index lags: what it names may be gone, or may have been moved on since.
    if (!conversation || conversation.due_at !== record.dueAt) return { action: 'overtaken' };
    return await moveOn(ports, conversation);
  } catch (error) {
    ports.observer.error('a record could not be checked', error, { conversation_id: record.key.conversation_id });
    return { action: 'failed', nextCheckAt: ports.clock.now() + AFTER_FAILURE };
  }
}
