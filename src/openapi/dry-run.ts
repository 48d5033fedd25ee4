import { REPLY_FIELD, REPLY_LIMIT } from '../dry-run/reply-field';
import { DRY_RUN_EXAMPLE, REQUEST_EXAMPLES } from './examples';
import { INITIATE_CODES, preflight } from './initiate-conversation';
import type { Json } from './json';
import { CORS_HEADERS, refusals } from './refusals';

/** A dry run is neither queued nor kept, so nothing conflicts with it. */
export const DRY_RUN_CODES = INITIATE_CODES.filter((code) => code !== 'IDEMPOTENCY_CONFLICT' && code !== 'QUEUE_ERROR');

const HEADERS = { 'Cache-Control': { $ref: '#/components/headers/Cache-Control' }, ...CORS_HEADERS };

const REPLY: Json = {
  type: 'string',
  maxLength: REPLY_LIMIT,
  description: 'What the recipient might answer. The dry run then also says what would become of it (`reply`); the '
    + 'model is asked, and paid, once more.',
};

/** `/dry-run`: what would become of a request. */
export function dryRunPath(): Json {
  return {
    post: {
      operationId: 'dryRun',
      tags: ['Conversations'],
      summary: 'Composes and proves a message without sending it',
      description: [
        'Takes the body of `POST /initiate-conversation`, and a `reply` beside it if you like, composes its message as the engine would, and answers',
        'what would become of it. Nothing is sent and nothing is kept of the request.',
        '',
        'The model is asked and paid for: a dry run counts as a request and against the budget. It has 20 seconds for',
        'the model, where a message has longer; `reason` says so if that was too short. The vendor is not asked.',
      ].join('\n'),
      security: [{ apiKey: [] }],
      requestBody: {
        required: true,
        content: {
          'application/json': {
            schema: {
              allOf: [
                { $ref: '#/components/schemas/ConversationRequest' },
                { type: 'object', properties: { [REPLY_FIELD]: REPLY } },
              ],
            },
            examples: REQUEST_EXAMPLES,
          },
        },
      },
      responses: {
        200: {
          description: 'What would become of the message.',
          headers: HEADERS,
          content: {
            'application/json': { schema: { $ref: '#/components/schemas/DryRun' }, example: DRY_RUN_EXAMPLE },
          },
        },
        ...refusals(DRY_RUN_CODES),
      },
    },
    options: preflight('preflightDryRun'),
  };
}
