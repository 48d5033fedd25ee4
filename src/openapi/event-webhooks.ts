import type { EventType } from '../core/events/event-types';
import { EVENT_SCHEMAS } from '../events/event-schema';
import type { Json } from './json';

/** When each event comes. */
const SUMMARIES: Readonly<Record<EventType, string>> = {
  'message.accepted': 'The request was taken',
  'message.sent': 'The vendor has the message',
  'message.delivered': 'The vendor says that the message was delivered',
  'message.read': 'The vendor says that the message was read',
  'message.failed': 'The message does not reach the recipient, and no attempt follows',
  'message.expired': 'The message does not go: its time is over',
  'message.suppressed': 'The message does not go: the recipient does not want it',
  'message.unconfirmed': 'The vendor never confirmed the message',
  'message.held_for_review': 'A person has to see the message first',
  'message.review_decided': 'A person has decided about the message',
  'message.superseded': 'The message does not go: what it was made for has changed',
  'message.cancelled': 'The message was cancelled and does not go',
  'reply.received': 'The recipient wrote',
  'conversation.answered': 'Every required answer is there',
  'conversation.unanswered': 'No answer came in time',
  'conversation.handed_off': 'A person is to answer',
  'conversation.taken_over': 'A person answers',
  'conversation.returned': 'The engine answers again',
  'conversation.closed': 'The conversation is over',
  'recipient.opted_out': 'The recipient wants no more messages of this sender',
  'recipient.opted_in': 'The recipient wants messages of this sender again',
  'endpoint.disabled': 'Another endpoint of the company gets no more events',
  'endpoint.test': 'Somebody tests the endpoint',
};

const HEADERS: Readonly<Record<string, string>> = {
  'webhook-id': 'The `id` of the event.',
  'webhook-timestamp': 'When this delivery was signed, in seconds since 1970: refuse what is older than 5 minutes.',
  'webhook-signature': '`v1,` and the HMAC-SHA256 in Base64; one per valid secret, separated by spaces.',
};

/** What the engine calls at a client's endpoint: one webhook per type of event. */
export function eventWebhooks(): Record<string, Json> {
  return Object.fromEntries(
    Object.entries(EVENT_SCHEMAS).flatMap(([name, { shape }]) => (
      shape.type.options.map((type) => [type, webhook(name, type)] as const)
    )),
  );
}

function webhook(schema: string, type: EventType): Json {
  return {
    post: {
      operationId: `on${type.split(/[._]/).map((word) => word.charAt(0).toUpperCase() + word.slice(1)).join('')}`,
      tags: ['Events'],
      summary: SUMMARIES[type],
      description: 'Signed as Standard Webhooks says. Verify the signature over the raw body before anything else.',
      security: [],
      parameters: Object.entries(HEADERS).map(([header, description]) => (
        { name: header, in: 'header', required: true, description, schema: { type: 'string' } }
      )),
      requestBody: {
        required: true,
        content: {
          'application/json': {
            schema: {
              allOf: [
                { $ref: `#/components/schemas/${schema}` },
                { type: 'object', properties: { type: { const: type } } },
              ],
            },
          },
        },
      },
      responses: {
        '2XX': { description: 'Taken. Answer within 10 seconds.' },
        '410': { description: 'Nobody takes events here any more: the endpoint is disabled.' },
        'default': { description: 'Not taken: it is delivered again later.' },
      },
    },
  };
}
