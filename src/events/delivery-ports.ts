import type { Clock } from '../core/ports/clock';
import type { DeliveryQueue, Endpoints, EventLog } from '../core/ports/events';
import type { EventTransport } from '../core/ports/event-transport';
import type { Observer } from '../core/ports/observer';
import type { WordPorts } from './event-body';

/** Every way in which deliveries touch the outside. */
export interface DeliveryPorts extends WordPorts {
  readonly endpoints: Endpoints;
  readonly log: Pick<EventLog, 'after' | 'append' | 'at' | 'find'>;
  readonly transport: EventTransport;
  readonly queue: DeliveryQueue;
  /** The key under which the stage's signing secrets are sealed. */
  readonly stageKey: () => Promise<string>;
  readonly clock: Clock;
  readonly observer: Observer;
}
