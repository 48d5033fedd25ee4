import type { Endpoint } from '../../core/events/endpoint';
import { conditionOf, nextOfHeld } from '../../core/events/endpoint';
import type { DeliveryNote } from '../../core/ports/events';
import { moment } from '../moments';

/** What the commands show of an endpoint as JSON: no secret. */
export function shownEndpoint(endpoint: Endpoint) {
  const { id, company_id, project_ids, url, include, created_at, created_by, secrets, state } = endpoint;
  return {
    id,
    company_id,
    project_ids,
    url,
    include,
    created_at,
    created_by,
    secrets: secrets.map(({ created_at: made, expires_at: end }) => ({ created_at: made, expires_at: end ?? null })),
    condition: conditionOf(endpoint),
    failures: state.failures ?? 0,
    failing_since: state.failing_since ?? null,
    next_attempt_at: state.next_attempt_at ?? null,
    last_success_at: state.last_success_at ?? null,
    disabled_at: state.disabled_at ?? null,
    disabled_reason: state.disabled_reason ?? null,
    held_events: heldEvents(endpoint),
  };
}

export function endpointLines(endpoint: Endpoint, now: number): readonly string[] {
  const { id, url, project_ids: projects, include, state } = endpoint;
  const scope = projects.includes('*') ? 'all projects' : projects.join(', ');
  const text = include.includes('text') ? ', with what recipients write' : '';
  const held = heldEvents(endpoint);
  const next = conditionOf(endpoint) === 'working' ? nextOfHeld(state.held ?? []) : undefined;
  const again = next === undefined ? '' : `, tried again ${moment(next, now)}`;
  const behind = held === 0 ? '' : `; events not taken yet: ${held}${again}`;
  return [`${id}  ${url}`, `  ${scope}${text}; ${standing(endpoint, now)}${behind}`];
}

/** Events that it did not take while it took others. */
function heldEvents({ state: { held = [] } }: Endpoint): number {
  return held.reduce((sum, { positions }) => sum + positions.length, 0);
}

const WHY_DISABLED = {
  gone: 'it answered 410',
  failed_for_days: 'it failed for three days',
} as const;

function standing(endpoint: Endpoint, now: number): string {
  const { state } = endpoint;
  const { failing_since: since, next_attempt_at: next, last_success_at: success, disabled_reason: why } = state;
  switch (conditionOf(endpoint)) {
    case 'working':
      return success === undefined ? 'has taken nothing yet' : `works; last took an event ${moment(success, now)}`;
    case 'paused':
      return `paused: failing since ${moment(since ?? '', now)}; tried again ${moment(next ?? '', now)}`;
    case 'disabled':
      return `disabled: ${why ? WHY_DISABLED[why] : 'unknown'}; a test that it takes puts it to work again`;
  }
}

export function noteLine({ at, type, event_id: id, outcome, answer, cause }: DeliveryNote, now: number): string {
  return `${moment(at, now)}  ${outcome === 'taken' ? 'taken' : `not taken (${answer})`}  ${type}  ${cause}  ${id}`;
}
