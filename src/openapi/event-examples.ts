import type {
  EndpointAdded, EndpointRemoved, EndpointsListed, EndpointTested, EventReplayed, EventsListed, SecretRotated,
  ShownEndpoint,
} from '../event-api/event-answers';
import type { ShownEvent } from '../events/event-schema';
import { CONVERSATION_EXAMPLE } from './examples';

export const ENDPOINT_ID = 'ep_3f9a1c5e7b2d4f6a8c0e1d3b';
export const EVENT_ID = '5e0a9a0e-2f5f-5a0b-9d2c-8a3b6c1f7e10';

const { company_id, project_id, conversation_id, request_id } = CONVERSATION_EXAMPLE;
const status = 'success';

const ENDPOINT: ShownEndpoint = {
  endpoint_id: ENDPOINT_ID,
  url: 'https://example.com/engine-events',
  project_ids: [project_id],
  include: [],
  created_at: '2026-11-22T09:00:00.000Z',
  condition: 'working',
  failures: 0,
  failing_since: null,
  next_attempt_at: null,
  last_success_at: null,
  disabled_at: null,
  disabled_reason: null,
  held_events: 0,
  held_next_attempt_at: null,
  secrets: [{ created_at: '2026-11-22T09:00:00.000Z', expires_at: null }],
  recent_deliveries: [],
};

export const ENDPOINT_ADDED: EndpointAdded = { status, endpoint: ENDPOINT, secret: 'whsec_<shown only once>' };

export const ENDPOINTS: EndpointsListed = {
  status,
  company_id,
  endpoints: [{ ...ENDPOINT, last_success_at: '2026-11-22T10:00:03.120Z' }],
};

export const ENDPOINT_REMOVED: EndpointRemoved = { status, endpoint_id: ENDPOINT_ID };

export const SECRET_ROTATED: SecretRotated = {
  status,
  endpoint_id: ENDPOINT_ID,
  secret: 'whsec_<shown only once>',
  previous_secret_valid_until: '2026-11-29T09:00:00.000Z',
};

export const ENDPOINT_TESTED: EndpointTested = {
  status, endpoint_id: ENDPOINT_ID, event_id: '8c1f0b52-7a3d-4a6e-9b21-0d5e6f7a8b90',
};

const ANSWERED: ShownEvent = {
  id: EVENT_ID,
  type: 'conversation.answered',
  version: 1,
  timestamp: '2026-11-22T11:42:09.800Z',
  company_id,
  project_id,
  sequence: 5,
  data: {
    conversation_id,
    request_id,
    channel_method: 'whatsapp',
    thread_id: 'a1b2c3d4e5f60718',
    answers: {
      left_northfield: { value: '2023-08-31', quote: 'I left on 31 August 2023', at: '2026-11-22T11:42:09.800Z' },
    },
  },
};

export const EVENTS: EventsListed = {
  status, company_id, events: [ANSWERED], next: `1795347729812-000005-${EVENT_ID}`, has_more: false,
};

export const EVENT_REPLAYED: EventReplayed = { status, event_id: EVENT_ID, endpoint_ids: [ENDPOINT_ID] };
