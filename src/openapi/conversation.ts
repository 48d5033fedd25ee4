import type { RefusalCode } from '../core/contract/refusal';
import { CONVERSATION_EXAMPLE, CONVERSATION_ID } from './examples';
import { preflight } from './initiate-conversation';
import type { Json } from './json';
import { CORS_HEADERS, refusals } from './refusals';

/** The codes that reading answers; the gateway may say the third. */
export const READING_CODES: readonly RefusalCode[] = [
  'INVALID_REQUEST', 'FORBIDDEN', 'CONVERSATION_NOT_FOUND', 'RATE_LIMIT_EXCEEDED', 'DATABASE_ERROR', 'INTERNAL_ERROR',
];

const HEADERS = { 'Cache-Control': { $ref: '#/components/headers/Cache-Control' }, ...CORS_HEADERS };

/** `/conversations/{conversation_id}`: what became of a request. */
export function conversationPath(): Json {
  return {
    parameters: [
      {
        name: 'conversation_id',
        in: 'path',
        required: true,
        description: 'As it was answered to the request, percent-encoded: each `#` is `%23`.',
        schema: { type: 'string' },
        example: CONVERSATION_ID,
      },
    ],
    get: {
      operationId: 'getConversation',
      tags: ['Conversations'],
      summary: 'Reads what became of a request',
      description: [
        "The state of the key's own conversation, why it waits or failed, and what to do. What belongs to another "
          + 'company is answered as what does not exist.',
        'Ask at most once a second, and stop once `is_final` is true; the delivery may change after that.',
      ].join('\n'),
      security: [{ apiKey: [] }],
      parameters: [
        {
          name: 'include',
          in: 'query',
          required: false,
          description: '`text` adds what was written. It is personal data: ask for it only to show it.',
          schema: { type: 'string', enum: ['text'] },
        },
      ],
      responses: {
        200: {
          description: 'The conversation as it stands.',
          headers: HEADERS,
          content: {
            'application/json': {
              schema: { $ref: '#/components/schemas/Conversation' },
              example: CONVERSATION_EXAMPLE,
            },
          },
        },
        ...refusals(READING_CODES, HEADERS),
      },
    },
    options: preflight('preflightConversation'),
  };
}
