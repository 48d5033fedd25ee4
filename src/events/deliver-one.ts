import type { ClientEvent } from '../core/events/client-event';
import { conditionOf } from '../core/events/endpoint';
import { timestamp } from '../core/ports/clock';
import type { DeliveryCall } from '../core/ports/events';
import type { DeliveryPorts } from './delivery-ports';
import { postEvent } from './post-event';

/**
 * A test, or one event again: outside the endpoint's order, whatever state it is in. A test that is taken puts a paused
 * or disabled endpoint to work again, from where it stopped.
 */
export async function deliverOne(call: DeliveryCall, ports: DeliveryPorts): Promise<void> {
  const { company, endpoint: id, test, replay } = call;
  const endpoint = await ports.endpoints.find(company, id);
  if (!endpoint) return;
  const event = test === undefined ? (await ports.log.find(company, replay ?? ''))?.event : testEvent(call, test, ports);
  if (!event) return;
  const result = await postEvent(event, endpoint, ports);
  const at = timestamp(ports.clock.now());
  await ports.endpoints.note(endpoint, {
    at,
    event_id: event.id,
    type: event.type,
    outcome: result.outcome === 'taken' ? 'taken' : 'failed',
    answer: result.answer,
    cause: test === undefined ? 'replay' : 'test',
  });
  ports.observer.count(result.outcome === 'taken' ? 'EventDelivered' : 'EventNotTaken');
  if (test === undefined || result.outcome !== 'taken' || conditionOf(endpoint) === 'working') return;
  await ports.endpoints.recover(endpoint, at);
  await ports.queue.call({ company, endpoint: id });
}

function testEvent({ company, endpoint }: DeliveryCall, id: string, { clock }: DeliveryPorts): ClientEvent {
  const now = clock.now();
  return {
    id,
    type: 'endpoint.test',
    at: timestamp(now),
    company_id: company,
    sequence: 0,
    data: { endpoint_id: endpoint },
    time_to_live: Math.floor(now / 1000),
  };
}
