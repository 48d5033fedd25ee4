import type { RefusalCode } from '../core/contract/refusal';
import { CANCELLED_EXAMPLE, CONVERSATION_EXAMPLE, CONVERSATION_ID } from './examples';
import { preflight } from './initiate-conversation';
import type { Json } from './json';
import { CORS_HEADERS, refusals } from './refusals';

/** The codes that reading answers; the gateway may say the third. */
export const READING_CODES: readonly RefusalCode[] = [
  'INVALID_REQUEST', 'FORBIDDEN', 'CONVERSATION_NOT_FOUND', 'RATE_LIMIT_EXCEEDED', 'DATABASE_ERROR', 'INTERNAL_ERROR',
];

/** The codes that cancelling answers. */
export const CANCELLING_CODES: readonly RefusalCode[] = [
  'FORBIDDEN', 'CONVERSATION_NOT_FOUND', 'NOT_CANCELLABLE', 'RATE_LIMIT_EXCEEDED', 'DATABASE_ERROR', 'INTERNAL_ERROR',
];

/** A message and a conversation that began with it are read and cancelled under either path. */
export const NOUNS = { conversations: 'Conversation', messages: 'Message' } as const;

type Noun = (typeof NOUNS)[keyof typeof NOUNS];

const HEADERS = { 'Cache-Control': { $ref: '#/components/headers/Cache-Control' }, ...CORS_HEADERS };

/** The identifier in the path. */
export const CONVERSATION_PARAMETERS: Json[] = [
  {
    name: 'conversation_id',
    in: 'path',
    required: true,
    description: 'As it was answered to the request, percent-encoded: each `#` is `%23`.',
    schema: { type: 'string' },
    example: CONVERSATION_ID,
  },
];

/** `/conversations/{conversation_id}` and `/messages/{conversation_id}`: what became of a request. */
export function conversationPath(noun: Noun): Json {
  return {
    parameters: CONVERSATION_PARAMETERS,
    get: {
      operationId: `get${noun}`,
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
      responses: { 200: answered('The conversation as it stands.', CONVERSATION_EXAMPLE), ...refusals(READING_CODES, HEADERS) },
    },
    options: preflight(`preflight${noun}`),
  };
}

/** The same with `/cancel` behind it. */
export function cancelPath(noun: Noun): Json {
  return {
    parameters: CONVERSATION_PARAMETERS,
    post: {
      operationId: `cancel${noun}`,
      tags: ['Conversations'],
      summary: 'Cancels a message that is not sent yet',
      description: [
        'The message ends as `cancelled` and does not go. What was sent, is being sent or may have been sent cannot be '
          + 'taken back: the answer is 409.',
        'The call has no body and may be repeated: a message that was cancelled before is answered alike.',
        'What a cancelled reply was to answer waits for a person, unless you have the thread or newer words answer it.',
      ].join('\n'),
      security: [{ apiKey: [] }],
      responses: {
        200: answered('The conversation, now or before cancelled.', CANCELLED_EXAMPLE),
        ...refusals(CANCELLING_CODES, HEADERS),
      },
    },
    options: preflight(`preflightCancel${noun}`),
  };
}

function answered(description: string, example: object): Json {
  return {
    description,
    headers: HEADERS,
    content: { 'application/json': { schema: { $ref: '#/components/schemas/Conversation' }, example } },
  };
}
