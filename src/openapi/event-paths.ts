import type { RefusalCode } from '../core/contract/refusal';
import { EVENT_DAYS } from '../core/events/event-types';
import { CURSOR } from '../events/positions';
import {
  ENDPOINT_ADDED, ENDPOINT_ID, ENDPOINT_REMOVED, ENDPOINT_TESTED, ENDPOINTS, EVENT_ID, EVENT_REPLAYED, EVENTS,
  SECRET_ROTATED,
} from './event-examples';
import { preflight } from './initiate-conversation';
import type { Json } from './json';
import { CORS_HEADERS, refusals } from './refusals';

const HEADERS = { 'Cache-Control': { $ref: '#/components/headers/Cache-Control' }, ...CORS_HEADERS };

/** What every call may be answered; the gateway may say the second. */
const ALWAYS: readonly RefusalCode[] = ['FORBIDDEN', 'RATE_LIMIT_EXCEEDED', 'DATABASE_ERROR', 'INTERNAL_ERROR'];
const BODY: readonly RefusalCode[] = ['INVALID_REQUEST', 'PAYLOAD_TOO_LARGE'];

/** The refusals of each operation beside those that every call may get. */
export const EVENT_CODES = {
  addEndpoint: [...BODY, ...ALWAYS, 'TOO_MANY_ENDPOINTS'],
  listEndpoints: ALWAYS,
  removeEndpoint: [...ALWAYS, 'ENDPOINT_NOT_FOUND'],
  rotateSecret: [...ALWAYS, 'ENDPOINT_NOT_FOUND', 'ENDPOINT_CHANGED'],
  testEndpoint: [...ALWAYS, 'ENDPOINT_NOT_FOUND', 'QUEUE_ERROR'],
  listEvents: ['INVALID_REQUEST', ...ALWAYS],
  replayEvent: [...BODY, ...ALWAYS, 'ENDPOINT_NOT_FOUND', 'EVENT_NOT_FOUND', 'QUEUE_ERROR'],
} as const satisfies Readonly<Record<string, readonly RefusalCode[]>>;

interface Described {
  readonly summary: string;
  readonly description: readonly string[];
  readonly schema: string;
  readonly example: object;
  readonly more?: Json;
}

/** `/event-endpoints` and `/events`: where a key's events go, and what they are. */
export function eventPaths(): Record<string, Json> {
  return { ...endpointPaths(), ...endpointActions(), ...listingPaths() };
}

function endpointPaths(): Record<string, Json> {
  return {
    '/event-endpoints': {
      get: operation('listEndpoints', {
        summary: 'Lists the endpoints of the key',
        description: [
          'Those whose every project the key may use, with their condition and their latest deliveries.',
          'Signing secrets are not shown.',
        ],
        schema: 'Endpoints',
        example: ENDPOINTS,
      }),
      post: operation('addEndpoint', {
        summary: 'Adds an endpoint for events',
        description: [
          'It gets the events of its projects from now on. The answer holds its signing secret, which is shown only',
          'there. A repeated call adds another endpoint: after a lost answer, list the endpoints and rotate the secret.',
        ],
        schema: 'EndpointAdded',
        example: ENDPOINT_ADDED,
        more: { requestBody: body('NewEndpoint', true, { url: 'https://example.com/engine-events' }) },
      }),
      options: preflight('preflightEndpoints', 'Events'),
    },
    '/event-endpoints/{endpoint_id}': {
      parameters: [ENDPOINT_PARAMETER],
      delete: operation('removeEndpoint', {
        summary: 'Removes an endpoint',
        description: ['It gets nothing any more, and its secrets are gone.'],
        schema: 'EndpointRemoved',
        example: ENDPOINT_REMOVED,
      }),
      options: preflight('preflightEndpoint', 'Events'),
    },
  };
}

function endpointActions(): Record<string, Json> {
  return {
    '/event-endpoints/{endpoint_id}/rotate': {
      parameters: [ENDPOINT_PARAMETER],
      post: operation('rotateSecret', {
        summary: 'Gives an endpoint a new signing secret',
        description: ['The new secret is shown only here. The one before signs beside it for seven days.'],
        schema: 'SecretRotated',
        example: SECRET_ROTATED,
      }),
      options: preflight('preflightRotateSecret', 'Events'),
    },
    '/event-endpoints/{endpoint_id}/test': {
      parameters: [ENDPOINT_PARAMETER],
      post: operation('testEndpoint', {
        summary: 'Has a test event delivered',
        description: ['An endpoint that is paused or disabled works again once it takes the test event.'],
        schema: 'EndpointTested',
        example: ENDPOINT_TESTED,
      }),
      options: preflight('preflightTestEndpoint', 'Events'),
    },
  };
}

function listingPaths(): Record<string, Json> {
  return {
    '/events': {
      get: operation('listEvents', {
        summary: "Lists the events of the key's projects",
        description: [
          `The events of the last ${EVENT_DAYS} days, or as long as their message is kept, in the order in which they`,
          'were published. An event is listed about a second after it happened.',
        ],
        schema: 'Events',
        example: EVENTS,
        more: { parameters: LISTING_PARAMETERS },
      }),
      options: preflight('preflightEvents', 'Events'),
    },
    '/events/{event_id}/replay': {
      parameters: [parameter('event_id', 'The `id` of the event.', EVENT_ID)],
      post: operation('replayEvent', {
        summary: 'Delivers one event once more',
        description: [
          'To one endpoint, or to each of the key that takes the event, outside their order. It has the same `id` as',
          'before. The body may be left out.',
        ],
        schema: 'EventReplayed',
        example: EVENT_REPLAYED,
        more: { requestBody: body('ReplayOrder', false, { endpoint_id: ENDPOINT_ID }) },
      }),
      options: preflight('preflightReplayEvent', 'Events'),
    },
  };
}

function operation(
  operationId: keyof typeof EVENT_CODES,
  { summary, description, schema, example, more = {} }: Described,
): Json {
  return {
    operationId,
    tags: ['Events'],
    summary,
    description: description.join('\n'),
    security: [{ apiKey: [] }],
    ...more,
    responses: {
      200: {
        description: 'Done.',
        headers: HEADERS,
        content: { 'application/json': { schema: { $ref: `#/components/schemas/${schema}` }, example } },
      },
      ...refusals(EVENT_CODES[operationId], HEADERS),
    },
  };
}

function body(schema: string, required: boolean, example: object): Json {
  return { required, content: { 'application/json': { schema: { $ref: `#/components/schemas/${schema}` }, example } } };
}

function parameter(name: string, description: string, example: string): Json {
  return { name, in: 'path', required: true, description, schema: { type: 'string' }, example };
}

const ENDPOINT_PARAMETER = parameter('endpoint_id', 'As it was answered when the endpoint was added.', ENDPOINT_ID);

const LISTING_PARAMETERS: readonly Json[] = [
  {
    name: 'after',
    in: 'query',
    required: false,
    description: 'The `next` of the page before; left out, the oldest events come first.',
    schema: { type: 'string', pattern: CURSOR.source },
  },
  {
    name: 'include',
    in: 'query',
    required: false,
    description: '`text` adds what recipients wrote. It is personal data: ask for it only to show it.',
    schema: { type: 'string', enum: ['text'] },
  },
];
