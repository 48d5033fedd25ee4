import type { Refusal } from '../core/contract/refusal';
import { MOST_ENDPOINTS } from '../core/events/endpoint';
import { database, queueing } from '../core/ports/port-failure';
import type { AddResult } from '../operations/endpoints/manage-endpoints';
import { addEndpoint, rotateSecret, testEndpoint } from '../operations/endpoints/manage-endpoints';
import { invalid, readOrder } from '../router/read-order';
import type {
  EndpointAdded, EndpointRemoved, EndpointsListed, EndpointTested, SecretRotated,
} from './event-answers';
import { MOST_PROJECTS, newEndpointSchema } from './event-answers';
import type { EventApiPorts, EventCall, Operation } from './event-call';
import { coversProjects } from './event-call';
import { findOwnEndpoint, NO_ENDPOINT, ownEndpoints, showEndpoint, showWithDeliveries } from './own-endpoints';

const RULES = {
  url: 'must be a URL such as https://example.com/engine-events',
  project_ids: `must be a list of 1 to ${MOST_PROJECTS} project identifiers`,
  include: 'must be a list that is empty or holds "text"',
};

/** `POST /event-endpoints`: the answer is the only place where the secret is shown. */
export const ADD_ENDPOINT: Operation = {
  failure: 'An endpoint could not be added.',
  work: async ({ grant, name }, call, ports) => {
    const read = readOrder(call, newEndpointSchema, RULES);
    if ('refusal' in read) return read;
    const { url, project_ids: projects = grant.project_ids, include = [] } = read.order;
    const strange = projects.findIndex((project) => !coversProjects(grant, [project]));
    if (strange >= 0) {
      return { refusal: invalid([{ path: `project_ids.${strange}`, message: 'is not a project of this key' }]) };
    }
    const result = await database('Adding the endpoint', async () => (
      addEndpoint(ports, { company: grant.company_id, projects, url, include, by: name })
    ));
    if (result.outcome !== 'added') return { refusal: notAdded(result) };
    const { endpoint, secret } = result;
    ports.observer.info('endpoint added', { company: grant.company_id, endpoint: endpoint.id, by: name });
    const body: EndpointAdded = { status: 'success', endpoint: showEndpoint(endpoint), secret };
    return { body };
  },
};

function notAdded(result: Exclude<AddResult, { readonly outcome: 'added' }>): Refusal {
  if (result.outcome === 'url_refused') return invalid([{ path: 'url', message: result.fault }]);
  return {
    code: 'TOO_MANY_ENDPOINTS',
    message: `The company has ${MOST_ENDPOINTS} endpoints already: remove one first.`,
  };
}

/** `GET /event-endpoints`. */
export const LIST_ENDPOINTS: Operation = {
  failure: 'The endpoints could not be listed.',
  work: async (caller, _call, ports) => {
    const own = await ownEndpoints(caller, ports);
    const body: EndpointsListed = {
      status: 'success',
      company_id: caller.grant.company_id,
      endpoints: await Promise.all(own.map(async (endpoint) => showWithDeliveries(endpoint, ports))),
    };
    return { body };
  },
};

/** `DELETE /event-endpoints/{endpoint_id}`. */
export const REMOVE_ENDPOINT = onEndpoint('An endpoint could not be removed.', async (endpoint, ports, by) => {
  await database('Removing the endpoint', async () => ports.endpoints.remove(endpoint.company_id, endpoint.id));
  ports.observer.info('endpoint removed', { company: endpoint.company_id, endpoint: endpoint.id, by });
  const body: EndpointRemoved = { status: 'success', endpoint_id: endpoint.id };
  return { body };
});

const ROTATED_MEANWHILE: Refusal = {
  code: 'ENDPOINT_CHANGED',
  message: 'Another rotation of this secret came in between: rotate again if you do not have its answer.',
};

/** `POST /event-endpoints/{endpoint_id}/rotate`: the answer is the only place where the new secret is shown. */
export const ROTATE_SECRET = onEndpoint('A signing secret could not be rotated.', async (endpoint, ports, by) => {
  const result = await database('Rotating the secret', async () => rotateSecret(ports, endpoint));
  if (result.outcome === 'changed') return { refusal: ROTATED_MEANWHILE };
  ports.observer.info('signing secret rotated', { company: endpoint.company_id, endpoint: endpoint.id, by });
  const body: SecretRotated = {
    status: 'success',
    endpoint_id: endpoint.id,
    secret: result.secret,
    previous_secret_valid_until: result.oldUntil,
  };
  return { body };
});

/** `POST /event-endpoints/{endpoint_id}/test`. */
export const TEST_ENDPOINT = onEndpoint('An endpoint could not be tested.', async (endpoint, ports) => {
  const event = await queueing('Calling for the test event', async () => testEndpoint(ports, endpoint));
  const body: EndpointTested = { status: 'success', endpoint_id: endpoint.id, event_id: event };
  return { body };
});

type Found = NonNullable<Awaited<ReturnType<typeof findOwnEndpoint>>>;

function onEndpoint(
  failure: string,
  work: (endpoint: Found, ports: EventApiPorts, by: string) => ReturnType<Operation['work']>,
): Operation {
  return {
    failure,
    work: async (caller, { pathPart = '' }: EventCall, ports) => {
      const endpoint = await findOwnEndpoint(caller, pathPart, ports);
      return endpoint ? work(endpoint, ports, caller.name) : { refusal: NO_ENDPOINT };
    },
  };
}
