import type { Endpoint } from '../../core/events/endpoint';
import { conditionOf, heldEvents } from '../../core/events/endpoint';
import type { DeliveryNote } from '../../core/ports/events';
import { moment } from '../moments';

/** What the commands show of an endpoint as JSON: no secret. */
export function shownEndpoint(endpoint: Endpoint) {
  const { id, company_id, project_ids, url, include, created_at, created_by, secrets, state } = endpoint;
  const held = heldEvents(endpoint);
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
    held_events: held.count,
    held_next_attempt_at: held.next ?? null,
  };
}

export function endpointLines(endpoint: Endpoint, now: number): readonly string[] {
  const { id, url, project_ids: projects, include } = endpoint;
  const scope = projects.includes('*') ? 'all projects' : projects.join(', ');
  const text = include.includes('text') ? ', with what recipients write' : '';
  const { count, next } = heldEvents(endpoint);
  const again = next === undefined ? '' : `, tried again ${moment(next, now)}`;
  const behind = count === 0 ? '' : `; events not taken yet: ${count}${again}`;
  return [`${id}  ${url}`, `  ${scope}${text}; ${standing(endpoint, now)}${behind}`];
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
