import type { RefusalCode } from '../core/contract/refusal';
import { CONVERSATION_PARAMETERS } from './conversation';
import { preflight } from './initiate-conversation';
import type { Json } from './json';
import { CORS_HEADERS, refusals } from './refusals';
import {
  ACKNOWLEDGED_EXAMPLE, REPLY_ACCEPTED_EXAMPLE, REPLY_EXAMPLE, RETURNED_EXAMPLE, TAKEN_EXAMPLE,
} from './reply-examples';

/** What each call may be answered; the gateway may say the first and the third. */
const ALWAYS: readonly RefusalCode[] = [
  'FORBIDDEN', 'CONVERSATION_NOT_FOUND', 'RATE_LIMIT_EXCEEDED', 'DATABASE_ERROR', 'INTERNAL_ERROR',
  'SENDING_KEY_REQUIRED', 'CONVERSATION_CHANGED',
];
const OF_OWNER: readonly RefusalCode[] = [...ALWAYS, 'CONVERSATION_TAKEN', 'RECIPIENT_OPTED_OUT', 'NOTHING_TO_ANSWER'];
const OF_BODY: readonly RefusalCode[] = ['INVALID_REQUEST', 'PAYLOAD_TOO_LARGE'];

/** The codes of each operation. */
export const REPLY_CODES = {
  sendReply: [
    ...OF_BODY, ...OF_OWNER, 'PROJECT_INACTIVE', 'CHANNEL_NOT_ALLOWED', 'IDEMPOTENCY_CONFLICT', 'WINDOW_CLOSED',
    'CONFIGURATION_ERROR', 'QUEUE_ERROR',
  ],
  takeOver: OF_OWNER,
  returnConversation: OF_OWNER,
  acknowledgeReplies: [...OF_BODY, ...ALWAYS, 'REPLIES_UNREAD'],
} as const satisfies Readonly<Record<string, readonly RefusalCode[]>>;

const HEADERS = { 'Cache-Control': { $ref: '#/components/headers/Cache-Control' }, ...CORS_HEADERS };

/** What a client does in a conversation that its recipient has answered. */
export function replyPaths(): Record<string, Json> {
  return {
    '/conversations/{conversation_id}/replies': path('sendReply', {
      summary: 'Answers a recipient in your own words',
      description: [
        'Queues the words as a message of its own, and answers its `conversation_id`: read and cancel it as any other.',
        'They go as they are, once, by the rules for every message: not after an opt-out, within limits and budget, on',
        "WhatsApp only within 24 hours of the recipient's last message. A mail is sent under the subject that it answers.",
        '',
        'Where nobody else has what is written with the recipient, the reply takes it over as `/take-over` does: the',
        'engine is silent in it until `/return`.',
        '',
        'It may be repeated at any time: the same `request_id` with the same words is answered as before, with',
        '`Idempotency-Replayed: true`, and never sends twice. So repeat it after 429, 5xx and a lost connection.',
      ],
      body: { schema: 'NewReply', example: REPLY_EXAMPLE },
      answered: { schema: 'ReplyAccepted', example: REPLY_ACCEPTED_EXAMPLE },
      headers: { 'Idempotency-Replayed': { $ref: '#/components/headers/Idempotency-Replayed' }, ...HEADERS },
    }),
    '/conversations/{conversation_id}/take-over': path('takeOver', {
      summary: 'Silences the engine while you answer',
      description: [
        'From the answer on nothing of the engine leaves in what is written with this recipient by this sender, but for',
        'the one reply that `leaving_request_id` may name. Refused where a person or another project has it.',
        'The call has no body and may be repeated.',
      ],
      answered: { schema: 'ConversationOwner', example: TAKEN_EXAMPLE },
    }),
    '/conversations/{conversation_id}/return': path('returnConversation', {
      summary: 'Gives the conversation back to the engine',
      description: [
        'The engine reads and answers, as the project says, what comes from now on and what it had not read yet; what it',
        'read while you had the conversation, and what you answered, it does not answer, and what was said before is no',
        'context of its answers. Replies of yours that are queued leave all the same. Refused where a person or another',
        'project has it, or where it waits for a person.',
        'The call has no body and may be repeated.',
      ],
      answered: { schema: 'ConversationOwner', example: RETURNED_EXAMPLE },
    }),
    '/conversations/{conversation_id}/acknowledge': path('acknowledgeReplies', {
      summary: 'Says that you have dealt with the replies',
      description: [
        'Replies that were handed to a person wait no longer, and no alarm tells of them. Name all `replies` that the',
        'conversation had when you read it: one that came since makes the call fail, so that nobody passes over it.',
        'To answer is not to acknowledge: a message may yet fail. The call may be repeated.',
      ],
      body: { schema: 'RepliesDealtWith', example: { replies: 1 } },
      answered: { schema: 'RepliesAcknowledged', example: ACKNOWLEDGED_EXAMPLE },
    }),
  };
}

interface Shown {
  readonly schema: string;
  readonly example: object;
}

interface Described {
  readonly summary: string;
  readonly description: readonly string[];
  readonly body?: Shown;
  readonly answered: Shown;
  readonly headers?: Json;
}

function path(
  operationId: keyof typeof REPLY_CODES,
  { summary, description, body, answered, headers = HEADERS }: Described,
): Json {
  return {
    parameters: CONVERSATION_PARAMETERS,
    post: {
      operationId,
      tags: ['Conversations'],
      summary,
      description: description.join('\n'),
      security: [{ apiKey: [] }],
      ...(body && { requestBody: { required: true, content: shown(body) } }),
      responses: {
        200: {
          description: 'Done, now or before.',
          headers,
          content: shown(answered),
        },
        ...refusals(REPLY_CODES[operationId], HEADERS),
      },
    },
    options: preflight(`preflight${operationId.charAt(0).toUpperCase()}${operationId.slice(1)}`),
  };
}

function shown({ schema, example }: Shown): Json {
  return { 'application/json': { schema: { $ref: `#/components/schemas/${schema}` }, example } };
}
