import { timestamp } from '../core/ports/clock';
import type { Endpoints, LeftOutRecords } from '../core/ports/events';
import type { ChangesPorts } from './publish-changes';
import { callEndpoints } from './publish-changes';
import { publishRecord } from './publish-record';

export interface CatchUpPorts extends Omit<ChangesPorts, 'leftOut' | 'endpoints'> {
  readonly endpoints: Pick<Endpoints, 'list' | 'due'>;
  readonly leftOut: LeftOutRecords;
}

/** What one run does at most; what it does not reach, the next one does. */
const RECORDS = 100;
const ENDPOINTS = 500;
/** Milliseconds until a record that failed again has its next turn. */
const AGAIN_AFTER = 10 * 60_000;

/**
 * Each minute: calls the endpoints whose next attempt is due, and publishes what was put aside. Reads what waits and
 * nothing else.
 */
export async function catchUp(ports: CatchUpPorts): Promise<{ readonly called: number; readonly published: number }> {
  const { clock, endpoints, leftOut, queue, observer } = ports;
  const now = timestamp(clock.now());
  const due = await endpoints.due(now, ENDPOINTS);
  for (const { company, id } of due) await queue.call({ company, endpoint: id });
  const records = await leftOut.due(now, RECORDS);
  let published = 0;
  for (const record of records) {
    try {
      const { events, settle } = await publishRecord(record.key, record.changedAt, ports);
      await callEndpoints(events, ports);
      await settle();
      published += events.length;
      await leftOut.settle(record, now);
    } catch (error) {
      observer.error('the events of a record could not be published again', error);
      await leftOut.add(record, timestamp(clock.now() + AGAIN_AFTER));
    }
  }
  if (published > 0) observer.count('EventPublished', {}, published);
  return { called: due.length, published };
}
