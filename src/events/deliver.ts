import { randomUUID } from 'node:crypto';
import type { Endpoint } from '../core/events/endpoint';
import { nextOfHeld } from '../core/events/endpoint';
import type { Timestamp } from '../core/ports/clock';
import { timestamp } from '../core/ports/clock';
import type { DeliveryCall, EndpointLease, EndpointPause, EndpointProgress } from '../core/ports/events';
import type { BatchResult } from './batch-result';
import { deliverBatch } from './deliver-batch';
import { deliverOne } from './deliver-one';
import type { DeliveryPorts } from './delivery-ports';
import { disabledEvents } from './disabled-event';
import { nextBatch } from './next-batch';
import { verdictOn } from './pause';
import { momentOf, SETTLED_AFTER } from './positions';

/** Milliseconds for which a worker has an endpoint: longer than its function may run. */
const LEASE = 90_000;

/** Seconds that SQS can hold a message back; a later attempt is called for by the scheduled run. */
const LONGEST_DELAY = 900;

/**
 * What one call asks for: one event again, a test, or whatever an endpoint has not taken yet, in the order of each
 * record. One worker at a time has an endpoint; one that is down waits as a whole and keeps no other waiting. Nothing
 * new is begun after `finishBy`.
 */
export async function deliver(call: DeliveryCall, finishBy: number, ports: DeliveryPorts): Promise<void> {
  if (call.test !== undefined || call.replay !== undefined) return deliverOne(call, ports);
  const owner = randomUUID();
  const endpoint = await ports.endpoints.take(call.company, call.endpoint, leaseOf(owner, ports));
  if (endpoint) await drain(endpoint, owner, finishBy, ports);
}

function leaseOf(owner: string, { clock }: Pick<DeliveryPorts, 'clock'>): EndpointLease {
  const now = clock.now();
  return { owner, now: timestamp(now), until: timestamp(now + LEASE) };
}

async function drain(taken: Endpoint, owner: string, finishBy: number, ports: DeliveryPorts): Promise<void> {
  let endpoint = taken;
  for (;;) {
    const { state: { epoch, cursor, held = [] } } = endpoint;
    const batch = await nextBatch(endpoint, ports);
    if (batch.waiting.length > 0 || batch.cursor !== cursor) {
      const result = await deliverBatch(endpoint, batch, finishBy, ports);
      const saved = await save(endpoint, { owner, epoch, cursor: batch.cursor, held: result.held }, result, ports);
      if (!saved) return;
      endpoint = saved;
      if (ports.clock.now() > finishBy) return handOver(endpoint, owner, ports);
    } else if (batch.unsettled) {
      const settledAt = momentOf(batch.unsettled.position) + SETTLED_AFTER;
      await ports.clock.sleep(Math.max(1, settledAt - ports.clock.now() + 1));
    } else {
      const found = await finish(endpoint, { owner, epoch, cursor, held }, ports);
      if (!found) return;
      endpoint = found;
    }
  }
}

/** Undefined where the work is done; the endpoint as it is now, if a call came meanwhile. */
async function finish(
  endpoint: Endpoint,
  progress: EndpointProgress,
  { endpoints }: DeliveryPorts,
): Promise<Endpoint | undefined> {
  if (await endpoints.release(endpoint, progress)) return undefined;
  const now = await endpoints.find(endpoint.company_id, endpoint.id);
  return now?.state.lease_owner === progress.owner && now.state.epoch === progress.epoch ? now : undefined;
}

/** Undefined where this worker has the endpoint no more. */
async function save(
  endpoint: Endpoint,
  reached: EndpointProgress,
  result: BatchResult,
  ports: DeliveryPorts,
): Promise<Endpoint | undefined> {
  const { endpoints, observer, clock } = ports;
  const { taken, failures, held } = result;
  const now = clock.now();
  const verdict = verdictOn(endpoint, result, now);
  await Promise.all(failures.map(async (failure) => noteFailure(endpoint, failure, ports)));
  if (taken > 0) {
    observer.count('EventDelivered', {}, taken);
    if (endpoint.state.failing_since !== undefined) await endpoints.recover(endpoint, timestamp(now));
  }
  const progress = { ...reached, held, takenAt: taken > 0 ? timestamp(now) : undefined };
  if (verdict.is === 'paused') {
    await stop(endpoint, progress, verdict.pause, ports);
    return undefined;
  }
  const failingSince = verdict.is === 'failing' ? verdict.since : undefined;
  const saved = await endpoints.save(endpoint, { ...progress, failingSince }, leaseOf(reached.owner, ports));
  if (saved && failures.length > 0) await callAt(endpoint, nextOfHeld(held), ports);
  return saved;
}

async function noteFailure(
  endpoint: Endpoint,
  { result: { answer }, logged: { event: { id: event, type } } }: BatchResult['failures'][number],
  { endpoints, observer, clock }: DeliveryPorts,
): Promise<void> {
  const at = timestamp(clock.now());
  await endpoints.note(endpoint, { at, event_id: event, type, outcome: 'failed', answer, cause: 'event' });
  observer.count('EventNotTaken');
  const { company_id: company, id } = endpoint;
  observer.info('an endpoint did not take an event', { company, endpoint: id, event, answer });
}

/** Nothing more is delivered until the pause is over; then everything that is held is due. */
async function stop(
  endpoint: Endpoint,
  progress: EndpointProgress,
  pause: EndpointPause,
  ports: DeliveryPorts,
): Promise<void> {
  const { endpoints, observer, clock, queue, log } = ports;
  const { company_id: company, id } = endpoint;
  const now = clock.now();
  const held = progress.held.map((one) => ({ ...one, next_attempt_at: timestamp(now) }));
  await endpoints.pause(endpoint, { ...progress, held }, pause);
  if (pause.disabled) {
    observer.count('EndpointDisabled');
    observer.warn('an endpoint was disabled', { company, endpoint: id, reason: pause.disabled.reason });
    for (const logged of disabledEvents(endpoint, pause.disabled, now)) await log.append(logged);
    for (const other of await endpoints.list(company)) {
      if (other.id !== id) await queue.call({ company, endpoint: other.id, delaySeconds: 1 });
    }
  }
  await callAt(endpoint, pause.next_attempt_at, ports);
}

/** What is due later than a queue can hold a call back is called for by the scheduled run. */
async function callAt(
  { company_id: company, id }: Endpoint,
  moment: Timestamp | undefined,
  { clock, queue }: DeliveryPorts,
): Promise<void> {
  if (moment === undefined) return;
  const delaySeconds = Math.max(0, Math.ceil((Date.parse(moment) - clock.now()) / 1000));
  if (delaySeconds <= LONGEST_DELAY) await queue.call({ company, endpoint: id, delaySeconds });
}

/** There is more, and no time: the next call goes on. */
async function handOver(endpoint: Endpoint, owner: string, { endpoints, queue }: DeliveryPorts): Promise<void> {
  const { company_id: company, id, state: { epoch, cursor, held = [] } } = endpoint;
  await endpoints.release(endpoint, { owner, epoch, cursor, held }, { anyway: true });
  await queue.call({ company, endpoint: id });
}
