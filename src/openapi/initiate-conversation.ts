import type { RefusalCode } from '../core/contract/refusal';
import { REFUSAL_CODES } from '../core/contract/refusal';
import { ACCEPTED_EXAMPLE, REQUEST_EXAMPLES } from './examples';
import type { Json } from './json';
import { CORS_HEADERS, refusals } from './refusals';

/** Codes of other operations alone. */
const OTHERS = [
  'CONVERSATION_NOT_FOUND', 'NOT_CANCELLABLE', 'ENDPOINT_NOT_FOUND', 'EVENT_NOT_FOUND', 'TOO_MANY_ENDPOINTS',
  'ENDPOINT_CHANGED', 'SENDING_KEY_REQUIRED', 'NOTHING_TO_ANSWER', 'CONVERSATION_TAKEN', 'CONVERSATION_CHANGED',
  'WINDOW_CLOSED', 'REPLIES_UNREAD',
] as const satisfies readonly RefusalCode[];

/** The codes that this operation answers. */
export const INITIATE_CODES = REFUSAL_CODES.filter(isOfRequest);

type OfRequest = Exclude<RefusalCode, (typeof OTHERS)[number]>;

function isOfRequest(code: RefusalCode): code is OfRequest {
  return !OTHERS.some((other) => other === code);
}

const JSON_TYPE = 'application/json';

/** `/initiate-conversation`, the way in. */
export function initiateConversationPath(): Json {
  return {
    post: {
      operationId: 'initiateConversation',
      tags: ['Conversations'],
      summary: 'Asks for one message to one person',
      description: [
        'Checks the request, keeps it and queues its message; the answer comes before the message is written.',
        '',
        'The request may be repeated at any time: the same `request_id` with the same body is answered as before, '
          + 'with `Idempotency-Replayed: true`,',
        'never makes a second message and counts against no limit. So repeat it after 429, 5xx and a lost connection.',
        '',
        "Order of the checks: key, shape of the body, company and the key's right to it, project, channel, consent, "
          + 'opt-out, idempotency, `send_at` and `send_before`, facts that the template needs, limits.',
      ].join('\n'),
      security: [{ apiKey: [] }],
      requestBody: {
        required: true,
        content: {
          [JSON_TYPE]: { schema: { $ref: '#/components/schemas/ConversationRequest' }, examples: REQUEST_EXAMPLES },
        },
      },
      responses: {
        200: {
          description: 'Accepted, now or before.',
          headers: { 'Idempotency-Replayed': { $ref: '#/components/headers/Idempotency-Replayed' }, ...CORS_HEADERS },
          content: {
            [JSON_TYPE]: { schema: { $ref: '#/components/schemas/AcceptedRequest' }, example: ACCEPTED_EXAMPLE },
          },
        },
        ...refusals(INITIATE_CODES),
      },
    },
    options: preflight('preflightInitiateConversation'),
  };
}

/** What a browser asks before a page of another origin may call. */
export function preflight(operationId: string, tag = 'Conversations'): Json {
  const names = [
    'Access-Control-Allow-Origin',
    'Access-Control-Allow-Methods',
    'Access-Control-Allow-Headers',
    'Access-Control-Expose-Headers',
    'Vary',
  ];
  return {
    operationId,
    tags: [tag],
    summary: 'A browser\'s question before a page of another origin calls',
    description: 'The preflight request of the CORS protocol. Clients that are not browsers do not need it.',
    security: [],
    responses: {
      204: {
        description: 'What pages may do; the allowed origins come from the stage\'s settings.',
        headers: Object.fromEntries(names.map((name) => [name, { $ref: `#/components/headers/${name}` }])),
      },
      ...refusals(['RATE_LIMIT_EXCEEDED']),
    },
  };
}
