import type { Json } from './json';
import { CORS_HEADERS, refusals } from './refusals';

const CACHED: Json = { 'Cache-Control': { $ref: '#/components/headers/Public-Cache-Control' } };

/** What keeps the page from loading and sending anything. */
const PROTECTION = ['Content-Security-Policy', 'X-Content-Type-Options', 'Referrer-Policy'] as const;

/** What tells about the API itself: open to everyone, since it holds no one's data. */
export function selfPaths(): Record<string, Json> {
  return {
    '/openapi.json': described('getApiDocument', 'This document', 'For programs: OpenAPI 3.1.', {
      description: 'The document.',
      headers: { ...CACHED, ...CORS_HEADERS },
      content: { 'application/json': { schema: { type: 'object', description: 'See spec.openapis.org.' } } },
    }),
    '/docs': described('getApiPage', 'This document as a page', 'For people. The page loads nothing.', {
      description: 'The page.',
      headers: {
        ...CACHED,
        ...Object.fromEntries(PROTECTION.map((name) => [name, { $ref: `#/components/headers/${name}` }])),
      },
      content: { 'text/html': { schema: { type: 'string' } } },
    }),
  };
}

function described(operationId: string, summary: string, description: string, answer: Json): Json {
  return {
    get: {
      operationId,
      tags: ['Document'],
      summary,
      description,
      security: [],
      responses: { 200: answer, ...refusals(['RATE_LIMIT_EXCEEDED', 'INTERNAL_ERROR']) },
    },
  };
}
