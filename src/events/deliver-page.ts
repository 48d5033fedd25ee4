import type { LoggedEvent } from '../core/events/client-event';
import type { Endpoint } from '../core/events/endpoint';
import { takesProject } from '../core/events/endpoint';
import type { DeliveryPorts } from './delivery-ports';
import type { PostResult } from './post-event';
import { postEvent } from './post-event';

/**
 * Events of a page that are posted once more at once where the endpoint failed in passing, and milliseconds before:
 * an endpoint that fails one call in twenty would else be paused every twenty events.
 */
const SECOND_TRIES = 5;
const BEFORE_SECOND_TRY = 250;

/** Deliveries to one endpoint at once, each of another record: those of one record come in their order. */
const TOGETHER = 8;

export type Failure = Extract<PostResult, { readonly outcome: 'failed' | 'gone' }>;

/** How far a page was taken: everything up to the cursor, and what stopped it. */
export interface PageResult {
  readonly cursor: string;
  readonly taken: number;
  readonly failure?: { readonly result: Failure; readonly logged: LoggedEvent };
}

/**
 * Delivers events in the order of each record. After the first failure no further one is begun, and the cursor stays
 * before the first that was not taken: what was taken behind it comes once more, under the same identifier.
 */
export async function deliverPage(
  endpoint: Endpoint,
  page: readonly LoggedEvent[],
  ports: DeliveryPorts,
): Promise<PageResult> {
  const wanted = page.filter(({ event }) => isFor(endpoint, event.project_id, event.data.endpoint_id));
  const results = new Map<LoggedEvent, PostResult>();
  let stopped = false;
  let secondTries = endpoint.state.failures === undefined ? SECOND_TRIES : 0;
  const post = async ({ event }: LoggedEvent): Promise<PostResult> => {
    const result = await postEvent(event, endpoint, ports);
    if (stopped || secondTries === 0 || !isPassing(result)) return result;
    secondTries -= 1;
    await ports.clock.sleep(BEFORE_SECOND_TRY);
    return postEvent(event, endpoint, ports);
  };
  const deliver = async (events: readonly LoggedEvent[]) => {
    for (const logged of events) {
      if (stopped) return;
      const result = await post(logged);
      results.set(logged, result);
      if (result.outcome !== 'taken') stopped = true;
    }
  };
  const [first, ...rest] = wanted;
  // An endpoint that has failed is asked with one event first.
  if (endpoint.state.failures !== undefined && first) await deliver([first]);
  const waiting = [...byRecord(endpoint.state.failures !== undefined ? rest : wanted)].values();
  const work = async () => { for (const events of waiting) await deliver(events); };
  await Promise.all(Array.from({ length: TOGETHER }, work));
  return resultOf(endpoint, page, wanted, results);
}

/** An error of the endpoint's, or a connection that broke. One that is slow is not asked again at once. */
function isPassing({ outcome, answer }: PostResult): boolean {
  return outcome === 'failed' && (answer === 'connection' || Number(answer) >= 500);
}

function resultOf(
  endpoint: Endpoint,
  page: readonly LoggedEvent[],
  wanted: readonly LoggedEvent[],
  results: ReadonlyMap<LoggedEvent, PostResult>,
): PageResult {
  const taken = [...results.values()].filter(({ outcome }) => outcome === 'taken').length;
  const stop = wanted.find((logged) => results.get(logged)?.outcome !== 'taken');
  if (!stop) return { cursor: page.at(-1)?.position ?? endpoint.state.cursor, taken };
  const before = page[page.indexOf(stop) - 1];
  const failures = wanted.flatMap((logged) => {
    const result = results.get(logged);
    return result && result.outcome !== 'taken' ? [{ result, logged }] : [];
  });
  const [failure] = failures.sort(({ result }) => (result.outcome === 'gone' ? -1 : 1));
  return { cursor: before?.position ?? endpoint.state.cursor, taken, ...(failure ? { failure } : {}) };
}

/** An endpoint is not told that it was disabled itself. */
function isFor(endpoint: Endpoint, project: string | undefined, about: unknown): boolean {
  return takesProject(endpoint, project) && about !== endpoint.id;
}

function byRecord(page: readonly LoggedEvent[]): Iterable<readonly LoggedEvent[]> {
  const records = new Map<string, LoggedEvent[]>();
  for (const logged of page) {
    const { data, id } = logged.event;
    const record = String(data.thread_id ?? data.conversation_id ?? id);
    records.set(record, [...(records.get(record) ?? []), logged]);
  }
  return records.values();
}
