import { UNSUBSCRIBE_PATH } from '../core/contract/webhook-query';
import type { Json } from './json';
import { refusals } from './refusals';

const PAGE_HEADERS: Json = Object.fromEntries(
  ['Content-Security-Policy', 'X-Content-Type-Options', 'Referrer-Policy', 'Cache-Control', 'X-Robots-Tag'].map(
    (name) => [name, { $ref: `#/components/headers/${name}` }],
  ),
);

/** A page that loads, sends and keeps nothing. */
const PAGE: Json = { headers: PAGE_HEADERS, content: { 'text/html': { schema: { type: 'string' } } } };
const TOKEN: Json = {
  name: 'token',
  in: 'path',
  required: true,
  description: 'Follows from the mail. Nobody can guess it.',
  schema: { type: 'string' },
};

/** What recipients of a mail call. Clients have no use for it. */
export function unsubscribePath(): Record<string, Json> {
  const operation = (operationId: string, summary: string, description: string, answers: Json): Json => ({
    operationId,
    tags: ['Recipients'],
    summary,
    description,
    security: [],
    parameters: [TOKEN],
    responses: { ...refusals(['RATE_LIMIT_EXCEEDED', 'INTERNAL_ERROR']), ...answers },
  });
  return {
    [`${UNSUBSCRIBE_PATH}/{token}`]: {
      get: operation('askToUnsubscribe', 'The page with the button that opts out',
        'Opts nobody out: mail scanners follow every address of a mail.',
        { 200: { description: 'The page.', ...PAGE } }),
      post: operation('unsubscribe', 'Opt out of the sender of a mail', 'One click (RFC 8058). May be repeated.', {
        200: { description: 'The recipient has opted out.', ...PAGE },
        404: { description: 'The link is of no message that is still known.', ...PAGE },
        500: pageOrRefusal(),
      }),
    },
  };
}

/** A page where the function answers; the refusal where it could not, which the gateway answers for it. */
function pageOrRefusal(): Json {
  const { description, headers, content } = Object(refusals(['INTERNAL_ERROR'])['500']);
  return {
    description: `${String(description)}\n\nTo a browser, a page that asks to try again.`,
    headers: { ...headers, ...PAGE_HEADERS },
    content: { ...content, 'text/html': { schema: { type: 'string' } } },
  };
}
