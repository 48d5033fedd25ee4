import type { Endpoint, HeldRecord } from '../core/events/endpoint';
import { takesProject } from '../core/events/endpoint';
import type { ClientEvent, LoggedEvent } from '../core/events/client-event';
import { timestamp } from '../core/ports/clock';
import type { DeliveryPorts } from './delivery-ports';
import { cursorAt, SETTLED_AFTER } from './positions';

/** Events that are read at once. */
const PAGE = 50;

/** Events that are held at most, which keeps the endpoint's item small. With so many, it gets no new ones. */
const MOST_HELD = 100;

/** Milliseconds ahead of any clock: what lies so far behind the settled events is seen, too. */
const AHEAD = 24 * 60 * 60_000;

/** Events of one record that an endpoint is to get now, in their order. */
export interface WaitingRecord {
  readonly record: string;
  readonly events: readonly LoggedEvent[];
  /** Failures of the first one. */
  readonly failures: number;
}

export interface Batch {
  readonly waiting: readonly WaitingRecord[];
  /** Held records that are not due, with what came for them. */
  readonly kept: readonly HeldRecord[];
  /** Position of the last event that was looked at. */
  readonly cursor: string;
  /** The event behind it, if its place in the order is not sure yet. */
  readonly unsettled: LoggedEvent | undefined;
}

/** What an endpoint is to get next: the held events that are due, and the settled ones behind its cursor. */
export async function nextBatch(
  endpoint: Endpoint,
  { log, clock }: Pick<DeliveryPorts, 'log' | 'clock'>,
): Promise<Batch> {
  const { company_id: company, state: { cursor, epoch, held = [] } } = endpoint;
  const now = clock.now();
  const isDue = (one: HeldRecord) => one.epoch !== epoch || one.next_attempt_at <= timestamp(now);
  const places = new Set(held.flatMap(({ positions }) => positions));
  const limit = Math.min(PAGE, MOST_HELD - places.size);
  const until = cursorAt(now + AHEAD);
  const page = limit > 0 ? await log.after({ company, position: cursor, until, limit }) : [];
  const settledUntil = cursorAt(clock.now() - SETTLED_AFTER);
  const settled = page.filter(({ position }) => position < settledUntil);
  const due = await Promise.all(held.filter(isDue).flatMap(({ positions }) => positions).map(
    async (position) => log.at(company, position),
  ));
  const wanted = settled.filter(({ event, position }) => isFor(endpoint, event) && !places.has(position));
  const records = byRecord([...due.flatMap((logged) => logged ?? []), ...wanted]);
  const kept = held.filter((one) => !isDue(one)).map((one) => {
    const behind = records.get(one.record) ?? [];
    records.delete(one.record);
    return { ...one, positions: [...one.positions, ...behind.map(({ position }) => position)].sort() };
  });
  const failuresOf = new Map(held.map(({ record, failures }) => [record, failures]));
  return {
    // One that failed before lets the others go first.
    waiting: [...records].map(([record, events]) => ({ record, events, failures: failuresOf.get(record) ?? 0 }))
      .sort((one, other) => one.failures - other.failures),
    kept,
    cursor: settled.at(-1)?.position ?? cursor,
    unsettled: page[settled.length],
  };
}

/** An endpoint is not told that it was disabled itself. */
function isFor(endpoint: Endpoint, { project_id: project, data }: ClientEvent): boolean {
  return takesProject(endpoint, project) && data.endpoint_id !== endpoint.id;
}

/** In the order of their first events. */
function byRecord(events: readonly LoggedEvent[]): Map<string, readonly LoggedEvent[]> {
  const records = new Map<string, readonly LoggedEvent[]>();
  for (const logged of [...events].sort((one, other) => (one.position < other.position ? -1 : 1))) {
    const { data, id } = logged.event;
    const record = String(data.thread_id ?? data.conversation_id ?? id);
    records.set(record, [...(records.get(record) ?? []), logged]);
  }
  return records;
}
