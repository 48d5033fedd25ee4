import { setTimeout } from 'node:timers/promises';
import { resourceNames } from '../../../src/core/names';
import type { LocalStage } from '../../../tools/local-stage/local-stage';
import { LOCAL_STAGE } from '../../../tools/local-stage/local-stage';
import type { MovableClock } from '../../support/movable-clock';
import { scanTable } from '../scan-table';
import type { FailingReceiver } from './failing-receiver';

const names = resourceNames(LOCAL_STAGE);
const POLL_MILLISECONDS = 500;
/** Milliseconds without any progress after which the clock is moved instead of waiting. */
const PATIENCE = 5_000;
/** Longer than a lease and than the first pauses of an endpoint. */
const STEP = 6 * 60_000;
const MOST_STEPS = 60;

interface Left {
  /** Threads with a burst that is not handled. */
  readonly bursts: number;
  /** Events of the log that the receiver has not taken. */
  readonly events: number;
  /** Conversations whose answers are complete and of which the receiver does not know: the stream comes behind. */
  readonly untold: number;
}

/** Lets every burst be read and every event be taken; where all wait for time to pass the clock is moved. */
export async function settleReplies(
  stage: LocalStage, clock: MovableClock, receiver: FailingReceiver, onProgress: (line: string) => void,
): Promise<void> {
  for (let step = 0; step < MOST_STEPS; step += 1) {
    const left = await waitWhileMoving(stage, receiver, onProgress);
    if (isAtRest(left)) return;
    await clock.move(STEP);
    await stage.cloud.runSchedule(names.reconciler);
    await stage.cloud.runSchedule(names.eventPublisher);
  }
  onProgress(`  not all came to rest after ${MOST_STEPS} moves of the clock; see .local/load/logs`);
}

async function waitWhileMoving(
  stage: LocalStage, receiver: FailingReceiver, onProgress: (line: string) => void,
): Promise<Left> {
  let left = await look(stage, receiver);
  let seen = describe(left);
  let since = performance.now();
  while (!isAtRest(left) && performance.now() - since < PATIENCE) {
    await setTimeout(POLL_MILLISECONDS);
    left = await look(stage, receiver);
    if (describe(left) !== seen) {
      since = performance.now();
      seen = describe(left);
    }
  }
  onProgress(`  left: ${seen}`);
  return left;
}

function isAtRest({ bursts, events, untold }: Left): boolean {
  return bursts + events + untold === 0;
}

function describe({ bursts, events, untold }: Left): string {
  return `${bursts} bursts, ${events} events, ${untold} conversations`;
}

async function look(stage: LocalStage, { events }: FailingReceiver): Promise<Left> {
  const unread = await scanTable(stage, {
    TableName: names.conversationTable,
    FilterExpression: 'attribute_exists(epoch) AND handled_until < #sequence',
    ExpressionAttributeNames: { '#sequence': 'sequence' },
  });
  const logged = [...(await loggedEvents(stage)).keys()];
  const told = new Set([...events.values()].flatMap(({ type, data }) => (
    type === 'conversation.answered' && 'request_id' in data ? [data.request_id] : []
  )));
  const complete = await scanTable(stage, {
    TableName: names.conversationTable,
    FilterExpression: 'task_complete = :complete',
    ExpressionAttributeValues: { ':complete': 1 },
  });
  return {
    bursts: unread.length,
    events: logged.filter((id) => !events.has(id)).length,
    untold: complete.filter(({ request_id: id }) => !told.has(String(id))).length,
  };
}

/** The types of all events that were published to the company's log, by identifier. */
export async function loggedEvents(stage: LocalStage): Promise<ReadonlyMap<string, string>> {
  return new Map((await loggedItems(stage)).map(({ event_id: id, type }) => [String(id), String(type)]));
}

/** Every event of the company's log as its item stands. */
export async function loggedItems(stage: LocalStage) {
  return scanTable(stage, { TableName: names.eventTable, FilterExpression: 'attribute_exists(event_id)' });
}
