import { setTimeout } from 'node:timers/promises';
import { ScanCommand } from '@aws-sdk/lib-dynamodb';
import { resourceNames } from '../../../src/core/names';
import type { LocalStage } from '../../../tools/local-stage/local-stage';
import { LOCAL_STAGE } from '../../../tools/local-stage/local-stage';
import type { MovableClock } from '../../support/movable-clock';
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
  const unread = await scan(
    stage, names.conversationTable, 'attribute_exists(epoch) AND handled_until < #sequence', { '#sequence': 'sequence' },
  );
  const logged = [...(await loggedEvents(stage)).keys()];
  const told = new Set([...events.values()].flatMap(({ type, data }) => (
    type === 'conversation.answered' && 'request_id' in data ? [data.request_id] : []
  )));
  const complete = await scan(stage, names.conversationTable, 'task_complete = :complete', {}, { ':complete': 1 });
  return {
    bursts: unread.length,
    events: logged.filter((id) => !events.has(id)).length,
    untold: complete.filter(({ request_id: id }) => !told.has(String(id))).length,
  };
}

/** The types of all events that were published to the company's log, by identifier. */
export async function loggedEvents(stage: LocalStage): Promise<ReadonlyMap<string, string>> {
  const items = await scan(stage, names.eventTable, 'attribute_exists(event_id)', {});
  return new Map(items.map(({ event_id: id, type }) => [String(id), String(type)]));
}

export async function scan(
  stage: LocalStage,
  table: string,
  filter: string,
  attributes: Readonly<Record<string, string>>,
  values: Readonly<Record<string, unknown>> = {},
): Promise<ReadonlyArray<Readonly<Record<string, unknown>>>> {
  const found: Array<Readonly<Record<string, unknown>>> = [];
  let from: Readonly<Record<string, unknown>> | undefined;
  do {
    const page = await stage.tables.send(new ScanCommand({
      TableName: table,
      FilterExpression: filter,
      ...(Object.keys(attributes).length > 0 ? { ExpressionAttributeNames: { ...attributes } } : {}),
      ...(Object.keys(values).length > 0 ? { ExpressionAttributeValues: { ...values } } : {}),
      ConsistentRead: true,
      ...(from ? { ExclusiveStartKey: { ...from } } : {}),
    }));
    found.push(...(page.Items ?? []));
    from = page.LastEvaluatedKey;
  } while (from);
  return found;
}
