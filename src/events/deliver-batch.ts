import type { ClientEvent, LoggedEvent } from '../core/events/client-event';
import type { Endpoint, HeldRecord } from '../core/events/endpoint';
import { timestamp } from '../core/ports/clock';
import type { BatchResult } from './batch-result';
import type { DeliveryPorts } from './delivery-ports';
import type { Batch, WaitingRecord } from './next-batch';
import { pauseOf } from './pause';
import type { PostResult } from './post-event';
import { postEvent } from './post-event';

/** Deliveries to one endpoint at once, each of another record: those of one record come in their order. */
const TOGETHER = 8;

/** Events that may be posted once more at once before another one is taken, and milliseconds before that. */
const SECOND_TRIES = 5;
const BEFORE_SECOND_TRY = 250;

/** Failed posts in a row after which an endpoint counts as down. */
const DOWN_AFTER = TOGETHER + SECOND_TRIES;

/**
 * Delivers events in the order of each record. One that fails holds back its record alone, as long as the endpoint
 * takes others. Nothing is begun after `finishBy`.
 */
export async function deliverBatch(
  endpoint: Endpoint,
  { waiting, kept }: Pick<Batch, 'waiting' | 'kept'>,
  finishBy: number,
  ports: DeliveryPorts,
): Promise<BatchResult> {
  const results = new Map<LoggedEvent, PostResult>();
  const posts = new Posts(endpoint, ports);
  const deliver = async (events: readonly LoggedEvent[]) => {
    for (const logged of events.filter((one) => !results.has(one))) {
      if (ports.clock.now() > finishBy) return;
      const result = await posts.post(logged);
      if (!result) return;
      results.set(logged, result);
      if (result.outcome !== 'taken') return;
    }
  };
  // An endpoint that was down is asked with one event first.
  if (endpoint.state.failures !== undefined) await deliver(waiting.flatMap(({ events }) => events).slice(0, 1));
  const left = waiting.values();
  const work = async () => { for (const { events } of left) await deliver(events); };
  await Promise.all(Array.from({ length: TOGETHER }, work));
  const now = ports.clock.now();
  return {
    taken: [...results.values()].filter(({ outcome }) => outcome === 'taken').length,
    failures: [...results].flatMap(([logged, result]) => (result.outcome === 'taken' ? [] : [{ logged, result }])),
    held: [...kept, ...waiting.flatMap((record) => stillHeld(record, results, endpoint.state.epoch, now))],
    isDown: posts.isDown,
  };
}

/** The posts of one batch, and what they say of the endpoint. */
class Posts {
  isDown = false;
  private secondTries: number;
  /** Failures that make it count as down, unless it takes an event before. */
  private left: number;
  private readonly underWay = new Set<Promise<PostResult>>();

  constructor(
    private readonly endpoint: Endpoint,
    private readonly ports: DeliveryPorts,
  ) {
    const wasDown = endpoint.state.failures !== undefined;
    this.secondTries = wasDown ? 1 : SECOND_TRIES;
    this.left = wasDown ? 2 : DOWN_AFTER;
  }

  /** What failed in passing is posted once more at once. Undefined: nothing was posted, since the endpoint is down. */
  async post({ event }: LoggedEvent): Promise<PostResult | undefined> {
    const result = await this.try(event);
    if (!result || this.secondTries === 0 || !isPassing(result)) return result;
    this.secondTries -= 1;
    await this.ports.clock.sleep(BEFORE_SECOND_TRY);
    return (await this.try(event)) ?? result;
  }

  /** Never begins more posts than may fail before the endpoint counts as down. */
  private async try(event: ClientEvent): Promise<PostResult | undefined> {
    while (this.underWay.size > 0 && this.underWay.size >= this.left) await Promise.race(this.underWay);
    if (this.isDown) return undefined;
    const posted = postEvent(event, this.endpoint, this.ports);
    this.underWay.add(posted);
    try {
      const result = await posted;
      this.note(result);
      return result;
    } finally {
      this.underWay.delete(posted);
    }
  }

  private note(result: PostResult): void {
    if (result.outcome === 'taken') {
      this.secondTries = Math.min(SECOND_TRIES, this.secondTries + 1);
      this.left = DOWN_AFTER;
    } else {
      // One that is slow or refuses is less likely to be well a moment later.
      this.left -= isPassing(result) ? 1 : 2;
    }
    this.isDown ||= result.outcome === 'gone' || this.left <= 0;
  }
}

/** An error of the endpoint's, or a connection that broke. */
function isPassing({ outcome, answer }: PostResult): boolean {
  return outcome === 'failed' && (answer === 'connection' || Number(answer) >= 500);
}

function stillHeld(
  { record, events, failures }: WaitingRecord,
  results: ReadonlyMap<LoggedEvent, PostResult>,
  epoch: number,
  now: number,
): readonly HeldRecord[] {
  const left = events.filter((logged) => results.get(logged)?.outcome !== 'taken');
  const [first] = left;
  if (!first) return [];
  const before = left.length < events.length ? 0 : failures;
  const held = { record, positions: left.map(({ position }) => position), epoch };
  return results.has(first)
    ? [{ ...held, failures: before + 1, failed_at: timestamp(now), next_attempt_at: timestamp(now + pauseOf(before)) }]
    : [{ ...held, failures: before, next_attempt_at: timestamp(now) }];
}
