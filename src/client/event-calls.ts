import type createClient from 'openapi-fetch';
import type { components, paths } from './api-types';
import type { Answer, Failed } from './attempt';
import type { Counted } from './initiate-result';

type Schemas = components['schemas'];

/** Where a company's system takes events. */
export type EventEndpoint = Schemas['Endpoints']['endpoints'][number];
/** An endpoint to be added: its address, and if not all of the key's projects and no texts, which. */
export type NewEventEndpoint = Schemas['NewEndpoint'];

/** Events in the order in which they were published. */
export interface ListedEvents {
  readonly outcome: 'listed';
  readonly events: Schemas['Events']['events'];
  /** Where the next call goes on: keep it, also where there is nothing more yet. */
  readonly next: string;
  readonly hasMore: boolean;
}

export interface ListedEndpoints {
  readonly outcome: 'listed';
  readonly endpoints: readonly EventEndpoint[];
}

/** `secret` signs what the endpoint gets. It is answered here and never again. */
export interface AddedEndpoint {
  readonly outcome: 'added';
  readonly endpoint: EventEndpoint;
  readonly secret: string;
}

/** Both secrets sign until `previousSecretValidUntil`, ISO 8601. The new one is answered here and never again. */
export interface RotatedSecret {
  readonly outcome: 'rotated';
  readonly secret: string;
  readonly previousSecretValidUntil: string;
}

/** What a call about events came to; `Success` or how it failed. */
export type EventResult<Success> = (Success | Failed) & Counted;

/** The client's calls about events and the endpoints that take them. */
export interface EventCalls {
  /** Lists events behind `after`, the `next` of the call before; without it from the oldest that is kept on. */
  listEvents(page?: {
    readonly after?: string;
    /** What recipients wrote is personal data: ask for it only to show or keep it. */
    readonly includesText?: boolean;
  }): Promise<EventResult<ListedEvents>>;
  /** Has an event delivered once more, to one endpoint or to all that take its project. */
  replayEvent(
    eventId: string, to?: { readonly endpointId?: string },
  ): Promise<EventResult<{ readonly outcome: 'called'; readonly endpointIds: readonly string[] }>>;
  /** The endpoints of the key's projects, with their condition and their latest deliveries. */
  listEndpoints(): Promise<EventResult<ListedEndpoints>>;
  /** Sent once, since each call adds one. If it is `unanswered`, look at `listEndpoints` before you call again. */
  addEndpoint(endpoint: NewEventEndpoint): Promise<EventResult<AddedEndpoint>>;
  /** Sent once, since each call makes a secret. */
  rotateEndpointSecret(endpointId: string): Promise<EventResult<RotatedSecret>>;
  removeEndpoint(endpointId: string): Promise<EventResult<{ readonly outcome: 'removed' }>>;
  /** Has a test event delivered; `listEndpoints` shows what the endpoint answered. */
  testEndpoint(endpointId: string): Promise<EventResult<{ readonly outcome: 'called'; readonly eventId: string }>>;
}

/** Sends a call until its answer is final. `isOnce`: a repetition would do it twice. */
export type Send = <Success extends { readonly outcome: string }>(
  call: () => Promise<Answer>,
  read: (answer: Answer) => Success | undefined,
  isOnce?: boolean,
) => Promise<(Success | Failed) & Counted>;

export function eventCalls(
  api: ReturnType<typeof createClient<paths>>, send: Send, signal: () => AbortSignal,
): EventCalls {
  const place = (id: string) => ({ params: { path: { endpoint_id: id } }, signal: signal() });
  return {
    listEvents: async ({ after, includesText = false } = {}) => {
      const query = { ...(after === undefined ? {} : { after }), ...(includesText ? { include: 'text' as const } : {}) };
      return send(async () => api.GET('/events', { params: { query }, signal: signal() }), readEvents);
    },
    replayEvent: async (eventId, { endpointId } = {}) => {
      const params = { path: { event_id: eventId } };
      const body = endpointId === undefined ? {} : { endpoint_id: endpointId };
      return send(async () => api.POST('/events/{event_id}/replay', { params, body, signal: signal() }), readReplayed);
    },
    listEndpoints: async () => send(async () => api.GET('/event-endpoints', { signal: signal() }), readEndpoints),
    addEndpoint: async (body) => (
      send(async () => api.POST('/event-endpoints', { body, signal: signal() }), readAdded, true)
    ),
    rotateEndpointSecret: async (id) => (
      send(async () => api.POST('/event-endpoints/{endpoint_id}/rotate', place(id)), readRotated, true)
    ),
    removeEndpoint: async (id) => (
      send(async () => api.DELETE('/event-endpoints/{endpoint_id}', place(id)), readRemoved)
    ),
    testEndpoint: async (id) => (
      send(async () => api.POST('/event-endpoints/{endpoint_id}/test', place(id)), readTested, true)
    ),
  };
}

function readEvents({ data }: Answer): ListedEvents | undefined {
  if (!isSuccess<Schemas['Events']>(data, ['next']) || !Array.isArray(data.events)) return undefined;
  const { events, next, has_more: hasMore } = data;
  return { outcome: 'listed', events, next, hasMore };
}

function readReplayed({ data }: Answer) {
  if (!isSuccess<Schemas['EventReplayed']>(data, ['event_id']) || !Array.isArray(data.endpoint_ids)) return undefined;
  return { outcome: 'called', endpointIds: data.endpoint_ids } as const;
}

function readEndpoints({ data }: Answer): ListedEndpoints | undefined {
  if (!isSuccess<Schemas['Endpoints']>(data, []) || !Array.isArray(data.endpoints)) return undefined;
  return { outcome: 'listed', endpoints: data.endpoints };
}

function readAdded({ data }: Answer): AddedEndpoint | undefined {
  if (!isSuccess<Schemas['EndpointAdded']>(data, ['secret'])) return undefined;
  return { outcome: 'added', endpoint: data.endpoint, secret: data.secret };
}

function readRotated({ data }: Answer): RotatedSecret | undefined {
  if (!isSuccess<Schemas['SecretRotated']>(data, ['secret', 'previous_secret_valid_until'])) return undefined;
  return { outcome: 'rotated', secret: data.secret, previousSecretValidUntil: data.previous_secret_valid_until };
}

function readRemoved({ data }: Answer) {
  return isSuccess<Schemas['EndpointRemoved']>(data, ['endpoint_id']) ? ({ outcome: 'removed' } as const) : undefined;
}

function readTested({ data }: Answer) {
  if (!isSuccess<Schemas['EndpointTested']>(data, ['event_id'])) return undefined;
  return { outcome: 'called', eventId: data.event_id } as const;
}

/** An answer of the engine's own, with these texts. */
function isSuccess<Body extends object>(body: unknown, texts: ReadonlyArray<keyof Body & string>): body is Body {
  if (typeof body !== 'object' || body === null) return false;
  const fields = new Map<string, unknown>(Object.entries(body));
  return fields.get('status') === 'success' && texts.every((name) => typeof fields.get(name) === 'string');
}
