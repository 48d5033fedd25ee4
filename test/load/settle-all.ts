import { resourceNames } from '../../src/core/names';
import type { LocalStage } from '../../tools/local-stage/local-stage';
import { LOCAL_STAGE } from '../../tools/local-stage/local-stage';
import type { MovableClock } from '../support/movable-clock';
import type { LoadRecord, UnderWay } from './load-records';
import { recordsOf, underWay } from './load-records';
import { spacedLooks } from './spaced-looks';

const SHORTEST_PAUSE = 250;
/** Milliseconds without any progress after which the clock is moved instead of waiting. */
const PATIENCE = 2_000;
const MINUTE = 60_000;
/** Longer than a lease and what the reconciler adds to it. */
const STEP = 2.5 * MINUTE;
const MOST_STEPS = 40;

/**
 * Lets everything come to rest: the reconciler works as each minute does, and where all wait for time to pass the clock
 * is moved.
 */
export async function settleAll(
  stage: LocalStage,
  clock: MovableClock,
  onProgress: (line: string) => void,
  patience = PATIENCE,
): Promise<void> {
  for (let step = 0; step < MOST_STEPS; step += 1) {
    const left = await waitWhileMoving(stage, onProgress, patience);
    if (left.length === 0) return;
    const onlyUnknown = left.every((record) => record.conversation_status === 'send_unknown');
    const onlyEmail = left.every((record) => record.channel_method === 'email');
    // Twilio has told all after a quarter of an hour, SendGrid after a day.
    await clock.move(onlyUnknown ? (onlyEmail ? 24 * 60 * MINUTE : 16 * MINUTE) : STEP);
    await stage.cloud.runSchedule(resourceNames(LOCAL_STAGE).reconciler);
  }
  throw new Error(
    `Settling the run failed: messages are still under way after ${MOST_STEPS} moves of the clock. Look into `
      + '.local/load/logs.',
  );
}

async function waitWhileMoving(
  stage: LocalStage,
  onProgress: (line: string) => void,
  patience: number,
): Promise<readonly LoadRecord[]> {
  const look = spacedLooks(SHORTEST_PAUSE, async () => underWay(stage, { bursts: false }));
  let left = await look();
  let seen = stateOf(left);
  let since = performance.now();
  while (left.length > 0 && performance.now() - since < patience) {
    left = await look();
    const now = stateOf(left);
    if (now !== seen) {
      since = performance.now();
      seen = now;
    }
  }
  const records = await recordsOf(stage, left);
  onProgress(`  under way: ${describe(records) || 'nothing'}`);
  return records;
}

/** Each step of a message changes when it is looked at next. */
function stateOf(left: readonly UnderWay[]): string {
  return left.map(({ key, dueAt }) => `${key.conversation_id} ${dueAt}`).sort().join('\n');
}

function describe(records: readonly LoadRecord[]): string {
  const counts = new Map<string, number>();
  for (const { conversation_status: status } of records) counts.set(status, (counts.get(status) ?? 0) + 1);
  return [...counts].sort().map(([status, count]) => `${count} ${status}`).join(', ');
}
