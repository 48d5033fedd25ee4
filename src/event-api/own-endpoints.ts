import type { Refusal } from '../core/contract/refusal';
import type { Endpoint } from '../core/events/endpoint';
import { conditionOf, heldEvents } from '../core/events/endpoint';
import type { DeliveryNote } from '../core/ports/events';
import { database } from '../core/ports/port-failure';
import type { ShownEndpoint } from './event-answers';
import type { Caller, EventApiPorts } from './event-call';
import { coversProjects } from './event-call';

/** Deliveries that are shown of an endpoint. */
const SHOWN_DELIVERIES = 5;

/** One answer for what does not exist, was removed, or is not the key's. */
export const NO_ENDPOINT: Refusal = { code: 'ENDPOINT_NOT_FOUND', message: 'There is no such endpoint.' };

/** The endpoints whose every project the key may use, oldest first. */
export async function ownEndpoints({ grant }: Caller, { endpoints }: EventApiPorts): Promise<readonly Endpoint[]> {
  const all = await database('Reading the endpoints', async () => endpoints.list(grant.company_id));
  return all.filter(({ project_ids: projects }) => coversProjects(grant, projects));
}

/** What cannot be an identifier is looked for as well: it is the same to the caller. */
export async function findOwnEndpoint(
  { grant }: Caller,
  id: string,
  { endpoints }: EventApiPorts,
): Promise<Endpoint | undefined> {
  if (!/^ep_[0-9a-f]{1,64}$/.test(id)) return undefined;
  const found = await database('Reading the endpoint', async () => endpoints.find(grant.company_id, id));
  return found && coversProjects(grant, found.project_ids) ? found : undefined;
}

/** With its latest deliveries that are worth keeping. */
export async function showWithDeliveries(endpoint: Endpoint, { endpoints }: EventApiPorts): Promise<ShownEndpoint> {
  const notes = await database('Reading the deliveries', async () => endpoints.notes(endpoint, SHOWN_DELIVERIES));
  return showEndpoint(endpoint, notes);
}

export function showEndpoint(endpoint: Endpoint, notes: readonly DeliveryNote[] = []): ShownEndpoint {
  const { id, url, project_ids, include, created_at, secrets, state } = endpoint;
  const held = heldEvents(endpoint);
  return {
    endpoint_id: id,
    url,
    project_ids: [...project_ids],
    include: [...include],
    created_at,
    condition: conditionOf(endpoint),
    failures: state.failures ?? 0,
    failing_since: state.failing_since ?? null,
    next_attempt_at: state.next_attempt_at ?? null,
    last_success_at: state.last_success_at ?? null,
    disabled_at: state.disabled_at ?? null,
    disabled_reason: state.disabled_reason ?? null,
    held_events: held.count,
    held_next_attempt_at: held.next ?? null,
    secrets: secrets.map(({ created_at: made, expires_at: end }) => ({ created_at: made, expires_at: end ?? null })),
    recent_deliveries: notes.map(({ at, event_id, type, outcome, answer, cause }) => (
      { at, event_id, type, outcome, answer, cause }
    )),
  };
}
