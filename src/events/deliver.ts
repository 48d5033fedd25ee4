import { randomUUID } from 'node:crypto';
import type { Endpoint } from '../core/events/endpoint';
import type { LoggedEvent } from '../core/events/client-event';
import { timestamp } from '../core/ports/clock';
import type { DeliveryCall, EndpointLease, EndpointProgress } from '../core/ports/events';
import { deliverOne } from './deliver-one';
import type { PageResult } from './deliver-page';
import { deliverPage } from './deliver-page';
import type { DeliveryPorts } from './delivery-ports';
import { disabledEvents } from './disabled-event';
import { pauseAfter } from './pause';
import { cursorAt, momentOf, SETTLED_AFTER } from './positions';

/** Events that are read at once. */
const PAGE = 50;

/** Milliseconds for which a worker has an endpoint: longer than its function may run. */
const LEASE = 90_000;

/** Seconds that SQS can hold a message back; a later attempt is called for by the scheduled run. */
const LONGEST_DELAY = 900;

/** Events behind the settled ones that one look sees: a day ahead of any clock. */
const AHEAD = 24 * 60 * 60_000;

/**
 * What one call asks for: one event again, a test, or whatever an endpoint has not taken yet, in order. One worker at a
 * time has an endpoint; one that fails waits as a whole and keeps no other waiting. Nothing new is begun after
 * `finishBy`.
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
    const { settled, unsettled } = await nextPage(endpoint, ports);
    const progress = { owner, epoch: endpoint.state.epoch, cursor: endpoint.state.cursor };
    if (settled.length === 0 && unsettled) {
      await ports.clock.sleep(Math.max(1, momentOf(unsettled.position) + SETTLED_AFTER - ports.clock.now() + 1));
      continue;
    }
    if (settled.length === 0) {
      const found = await finish(endpoint, progress, ports);
      if (!found) return;
      endpoint = found;
      continue;
    }
    const result = await deliverPage(endpoint, settled, ports);
    const saved = await save(endpoint, { ...progress, cursor: result.cursor }, result, ports);
    if (!saved) return;
    endpoint = saved;
    if (ports.clock.now() > finishBy) return handOver(endpoint, owner, ports);
  }
}

async function nextPage(
  { company_id: company, state: { cursor } }: Endpoint,
  { log, clock }: DeliveryPorts,
): Promise<{ readonly settled: readonly LoggedEvent[]; readonly unsettled?: LoggedEvent | undefined }> {
  const until = cursorAt(clock.now() + AHEAD);
  const page = await log.after({ company, position: cursor, until, limit: PAGE });
  const settledUntil = cursorAt(clock.now() - SETTLED_AFTER);
  const settled = page.filter(({ position }) => position < settledUntil);
  return { settled, unsettled: page[settled.length] };
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
  progress: EndpointProgress,
  { failure, taken }: PageResult,
  ports: DeliveryPorts,
): Promise<Endpoint | undefined> {
  const { endpoints, observer, clock } = ports;
  const takenAt = taken > 0 ? timestamp(clock.now()) : undefined;
  if (taken > 0) {
    observer.count('EventDelivered', {}, taken);
    if (endpoint.state.failures !== undefined) await endpoints.recover(endpoint, timestamp(clock.now()));
  }
  if (failure) {
    await stop(taken > 0 ? recovered(endpoint) : endpoint, { ...progress, takenAt }, failure, ports);
    return undefined;
  }
  return endpoints.save(endpoint, { ...progress, takenAt }, leaseOf(progress.owner, ports));
}

/** It took something: its failures count from the start. */
function recovered(endpoint: Endpoint): Endpoint {
  const { failures: _count, failing_since: _since, next_attempt_at: _next, ...state } = endpoint.state;
  return { ...endpoint, state };
}

async function stop(
  endpoint: Endpoint,
  progress: EndpointProgress,
  { result, logged: { event } }: NonNullable<PageResult['failure']>,
  ports: DeliveryPorts,
): Promise<void> {
  const { endpoints, observer, clock, queue, log } = ports;
  const { company_id: company, id } = endpoint;
  const now = clock.now();
  const pause = pauseAfter(endpoint, result.outcome, now);
  await endpoints.note(endpoint, {
    at: timestamp(now), event_id: event.id, type: event.type, outcome: 'failed', answer: result.answer, cause: 'event',
  });
  await endpoints.pause(endpoint, progress, pause);
  observer.count('EventNotTaken');
  observer.info('an endpoint did not take an event', { company, endpoint: id, event: event.id, answer: result.answer });
  if (pause.disabled) {
    observer.count('EndpointDisabled');
    observer.warn('an endpoint was disabled', { company, endpoint: id, reason: pause.disabled.reason });
    for (const logged of disabledEvents(endpoint, pause.disabled, now)) await log.append(logged);
    for (const other of await endpoints.list(company)) {
      if (other.id !== id) await queue.call({ company, endpoint: other.id, delaySeconds: 1 });
    }
  } else if (pause.next_attempt_at !== undefined) {
    const delaySeconds = Math.ceil((Date.parse(pause.next_attempt_at) - now) / 1000);
    if (delaySeconds <= LONGEST_DELAY) await queue.call({ company, endpoint: id, delaySeconds });
  }
}

/** There is more, and no time: the next call goes on. */
async function handOver(endpoint: Endpoint, owner: string, { endpoints, queue }: DeliveryPorts): Promise<void> {
  const { company_id: company, id, state: { epoch, cursor } } = endpoint;
  await endpoints.release(endpoint, { owner, epoch, cursor }, { anyway: true });
  await queue.call({ company, endpoint: id });
}
