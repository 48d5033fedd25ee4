import type { RefusalCode } from '../core/contract/refusal';
import { MESSAGE_STATES } from '../reader/messages-query';
import { COMPANY, MESSAGES_EXAMPLE } from './examples';
import { preflight } from './initiate-conversation';
import type { Json } from './json';
import { CORS_HEADERS, refusals } from './refusals';

/** The codes that listing messages answers; the gateway may say the fourth. */
export const MESSAGES_CODES: readonly RefusalCode[] = [
  'INVALID_REQUEST', 'FORBIDDEN', 'COMPANY_NOT_FOUND', 'RATE_LIMIT_EXCEEDED', 'DATABASE_ERROR', 'INTERNAL_ERROR',
];

const HEADERS = { 'Cache-Control': { $ref: '#/components/headers/Cache-Control' }, ...CORS_HEADERS };

const parameter = (name: string, description: string, schema: Json, more: Json = {}): Json =>
  ({ name, in: 'query', required: false, description, schema, ...more });

const PARAMETERS: Json[] = [
  parameter('project_id', "Only this project's messages; left out, those of all projects that the key may use.",
    { type: 'string' }, { example: COMPANY.project_id }),
  parameter('state', [
    '`open`: not ended. `waiting`: for a decision by a person. `failed`: ended by a fault, expired, unconfirmed or not '
      + 'delivered. Left out, all of them.',
  ].join('\n'), { type: 'string', enum: [...MESSAGE_STATES] }),
  parameter('since', 'Only what was accepted at this moment or later: ISO 8601 with its offset.',
    { type: 'string', format: 'date-time' }),
  parameter('cursor', 'The `next_cursor` of a page of this very list, with the same other parameters.',
    { type: 'string' }),
];

/** `/messages`: what became of many requests. */
export function messagesPath(): Json {
  return {
    get: {
      operationId: 'listMessages',
      tags: ['Conversations'],
      summary: "Lists the messages of the key's projects",
      description: [
        'The newest first, 50 a page, each as it is read by itself but without its answers and history. Go on with '
          + '`cursor` until `next_cursor` is null: a page may hold fewer than 50 messages, even none, and not be the last.',
        'By `state=open` and `state=waiting` the order is that of when a message is looked at next, or has waited since.',
        'Use this to find what failed or waits. To learn of every change, take events.',
      ].join('\n'),
      security: [{ apiKey: [] }],
      parameters: PARAMETERS,
      responses: {
        200: {
          description: 'A page of messages as they are now.',
          headers: HEADERS,
          content: {
            'application/json': { schema: { $ref: '#/components/schemas/Messages' }, example: MESSAGES_EXAMPLE },
          },
        },
        ...refusals(MESSAGES_CODES, HEADERS),
      },
    },
    options: preflight('preflightMessages'),
  };
}
