import type { RefusalCode } from '../core/contract/refusal';
import { TEMPLATES_EXAMPLE } from './examples';
import { preflight } from './initiate-conversation';
import type { Json } from './json';
import { CORS_HEADERS, refusals } from './refusals';

/** The codes that listing answers; the gateway may say the second. */
export const LISTING_CODES: readonly RefusalCode[] = [
  'FORBIDDEN',
  'RATE_LIMIT_EXCEEDED',
  'DATABASE_ERROR',
  'INTERNAL_ERROR',
];

const HEADERS = { 'Cache-Control': { $ref: '#/components/headers/Cache-Control' }, ...CORS_HEADERS };

/** `/templates`: what each template needs. */
export function templatesPath(): Json {
  return {
    get: {
      operationId: 'listTemplates',
      tags: ['Conversations'],
      summary: 'Lists what each template of the key needs',
      description: [
        'The templates of all projects that the key may use: the facts that a request must have (`needs`), and each',
        'variable with the fact that it copies or what the model writes there. A channel that is switched off, or whose',
        'settings are incomplete, is left out.',
      ].join('\n'),
      security: [{ apiKey: [] }],
      responses: {
        200: {
          description: 'The templates as they are now.',
          headers: HEADERS,
          content: {
            'application/json': { schema: { $ref: '#/components/schemas/Templates' }, example: TEMPLATES_EXAMPLE },
          },
        },
        ...refusals(LISTING_CODES, HEADERS),
      },
    },
    options: preflight('preflightTemplates'),
  };
}
