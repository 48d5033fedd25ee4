import { resourceNames } from '../../../src/core/names';
import type { LocalStage } from '../../../tools/local-stage/local-stage';
import { LOCAL_STAGE } from '../../../tools/local-stage/local-stage';
import type { MovableClock } from '../../support/movable-clock';
import { eventItemKey } from '../../../src/records/event-item-keys';
import { SAMPLE } from '../../../tools/local-stage/sample/company';
import type { LoadRequest } from '../load-client';
import type { UnderWay } from '../load-records';
import { underWay } from '../load-records';
import { scanTable } from '../scan-table';
import { spacedLooks } from '../spaced-looks';
import type { FailingReceiver } from './failing-receiver';

const names = resourceNames(LOCAL_STAGE);
const SHORTEST_PAUSE = 500;
/** Milliseconds without any progress after which the clock is moved instead of waiting. */
const PATIENCE = 5_000;
/** Longer than a lease and than the first pauses of an endpoint. */
const STEP = 6 * 60_000;
const MOST_STEPS = 60;

interface Left {
  /** Threads with a burst that is not handled, and messages that are not at rest. */
  readonly underWay: number;
  /** Events of the log that the receiver has not taken. */
  readonly events: number;
  /** Conversations whose answers are complete and of which the receiver does not know: the stream comes behind. */
  readonly untold: number;
}

export interface Settling {
  readonly receiver: FailingReceiver;
  /** By mark: what recipients wrote, and the vendor was told to be taken. */
  readonly written: ReadonlyMap<string, unknown>;
  readonly requests: ReadonlyMap<string, Pick<LoadRequest, 'requestId'>>;
  readonly onProgress: (line: string) => void;
}

/** Lets every burst be read and every event be taken; where all wait for time to pass the clock is moved. */
export async function settleReplies(stage: LocalStage, clock: MovableClock, settling: Settling): Promise<void> {
  const log = new LoggedEvents(stage);
  for (let step = 0; step < MOST_STEPS; step += 1) {
    if (isAtRest(await waitWhileMoving(stage, settling, log)) && isAtRest(await lookAtAll(stage, settling))) return;
    await clock.move(STEP);
    await stage.cloud.runSchedule(names.reconciler);
    await stage.cloud.runSchedule(names.eventPublisher);
  }
  settling.onProgress(`  not all came to rest after ${MOST_STEPS} moves of the clock; see .local/load/logs`);
}

async function waitWhileMoving(stage: LocalStage, settling: Settling, log: LoggedEvents): Promise<Left> {
  const lookAgain = spacedLooks(SHORTEST_PAUSE, async () => look(stage, settling, log));
  let left = await lookAgain();
  let seen = describe(left);
  let since = performance.now();
  while (!isAtRest(left) && performance.now() - since < PATIENCE) {
    left = await lookAgain();
    if (describe(left) !== seen) {
      since = performance.now();
      seen = describe(left);
    }
  }
  settling.onProgress(`  left: ${seen}`);
  return left;
}

function isAtRest(left: Left): boolean {
  return left.underWay + left.events + left.untold === 0;
}

function describe(left: Left): string {
  return `${left.underWay} bursts and messages, ${left.events} events, ${left.untold} conversations`;
}

/** By what costs the same however much was written before: the sparse index, and the events since the last look. */
async function look(stage: LocalStage, settling: Settling, log: LoggedEvents): Promise<Left> {
  const { receiver: { events }, written, requests } = settling;
  await log.readOn();
  const told = toldIn(events);
  return {
    underWay: (await waiting(stage)).length,
    events: log.untaken(events),
    untold: [...written.keys()].filter((mark) => !told.has(requests.get(mark)?.requestId ?? '')).length,
  };
}

/** Whole tables, once nothing seems to be left: the index and the end of the log may leave something out. */
async function lookAtAll(stage: LocalStage, { receiver: { events }, onProgress }: Settling): Promise<Left> {
  const unread = await scanTable(stage, {
    TableName: names.conversationTable,
    FilterExpression: 'attribute_exists(epoch) AND handled_until < #sequence',
    ExpressionAttributeNames: { '#sequence': 'sequence' },
  });
  const logged = [...(await loggedEvents(stage)).keys()];
  const told = toldIn(events);
  const complete = await scanTable(stage, {
    TableName: names.conversationTable,
    FilterExpression: 'task_complete = :complete',
    ExpressionAttributeValues: { ':complete': 1 },
    ProjectionExpression: 'request_id',
  });
  const left = {
    underWay: unread.length,
    events: logged.filter((id) => !events.has(id)).length,
    untold: complete.filter(({ request_id: id }) => !told.has(String(id))).length,
  };
  if (!isAtRest(left)) onProgress(`  left in the tables: ${describe(left)}`);
  return left;
}

function toldIn(events: FailingReceiver['events']): ReadonlySet<string> {
  return new Set([...events.values()].flatMap(({ type, data }) => (
    type === 'conversation.answered' && 'request_id' in data ? [data.request_id] : []
  )));
}

/** Bursts, and messages but for those of which only the vendor can say whether they went: that takes hours. */
async function waiting(stage: LocalStage): Promise<readonly UnderWay[]> {
  const soon = Date.now() + STEP;
  return (await underWay(stage, { bursts: true })).filter(({ dueAt }) => Date.parse(dueAt) < soon);
}

/** The events of the company's log, read from where the last look ended. */
class LoggedEvents {
  private readonly ids = new Set<string>();
  private last = '';

  constructor(private readonly stage: LocalStage) {}

  async readOn(): Promise<void> {
    const query = {
      TableName: names.eventTable,
      KeyConditionExpression: 'owner_key = :company AND item_key > :last',
      ExpressionAttributeValues: { ':company': eventItemKey(SAMPLE.companyId, '').owner_key, ':last': this.last },
    };
    for await (const items of this.stage.records.query(query)) {
      for (const { event_id: id } of items) this.ids.add(String(id));
      this.last = String(items.at(-1)?.item_key ?? this.last);
    }
  }

  untaken(events: FailingReceiver['events']): number {
    return [...this.ids].filter((id) => !events.has(id)).length;
  }
}

/** The types of all events that were published to the company's log, by identifier. */
export async function loggedEvents(stage: LocalStage): Promise<ReadonlyMap<string, string>> {
  return new Map((await loggedItems(stage)).map(({ event_id: id, type }) => [String(id), String(type)]));
}

/** Every event of the company's log as its item stands. */
export async function loggedItems(stage: LocalStage) {
  return scanTable(stage, { TableName: names.eventTable, FilterExpression: 'attribute_exists(event_id)' });
}
