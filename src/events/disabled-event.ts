import type { LoggedEvent } from '../core/events/client-event';
import { EVENT_DAYS } from '../core/events/event-types';
import type { DisabledReason, Endpoint } from '../core/events/endpoint';
import type { Timestamp } from '../core/ports/clock';
import { eventIdentifier } from './identifier';
import { positionAt } from './positions';

/** That an endpoint was disabled, for the company's other endpoints and its listing: one event a project. */
export function disabledEvents(
  { company_id, id: endpoint_id, project_ids, state: { cursor } }: Endpoint,
  { at, reason }: { readonly at: Timestamp; readonly reason: DisabledReason },
  now: number,
): readonly LoggedEvent[] {
  return project_ids.map((project): LoggedEvent => {
    const id = eventIdentifier(`endpoint#${endpoint_id}#${project}`, at);
    return {
      position: positionAt(now, 0, id),
      event: {
        id,
        type: 'endpoint.disabled',
        at,
        company_id,
        ...(project === '*' ? {} : { project_id: project }),
        sequence: 0,
        data: { endpoint_id, reason, taken_until: cursor },
        time_to_live: Math.floor(now / 1000) + EVENT_DAYS * 24 * 60 * 60,
      },
    };
  });
}
