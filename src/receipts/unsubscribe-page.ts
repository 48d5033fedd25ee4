import { createHash } from 'node:crypto';
import type { WebhookAnswer } from '../core/ports/receipt';

/** An answer to a browser or a mail program. */
export type UnsubscribePage = WebhookAnswer;

const STYLE = 'body{font:1.1rem/1.5 system-ui,sans-serif;max-width:32rem;margin:4rem auto;padding:0 1rem;color:#1a1a1a;'
  + 'background:#fff}button{font:inherit;padding:.6rem 1.2rem;border:0;border-radius:.3rem;background:#1a4f8a;color:#fff}';

/** The page loads nothing, runs nothing and sends only its own form, to the address that it came from. */
const HEADERS = {
  'Content-Type': 'text/html; charset=utf-8',
  'Content-Security-Policy':
    `default-src 'none'; style-src 'sha256-${createHash('sha256').update(STYLE).digest('base64')}'; form-action 'self'; `
      + `base-uri 'none'; frame-ancestors 'none'`,
  'X-Content-Type-Options': 'nosniff',
  'Referrer-Policy': 'no-referrer',
  'Cache-Control': 'no-store',
  'X-Robots-Tag': 'noindex',
};

export const ASKING = page(200, 'Stop these messages?',
  '<p>You will get no more messages from the sender of this mail.</p>'
    + '<form method="post"><button type="submit">Stop the messages</button></form>');

export const DONE = page(200, 'The messages are stopped',
  '<p>You will get no more messages from this sender. To allow them again, reply to the mail with the word START.</p>');

export const UNKNOWN = page(404, 'This link is not valid any more',
  '<p>Reply to the mail with the word STOP, and the sender writes no more.</p>');

export const FAILED = page(500, 'The messages could not be stopped now',
  '<p>Please try again in some minutes, or reply to the mail with the word STOP.</p>');

function page(status: number, title: string, content: string): UnsubscribePage {
  const body = '<!DOCTYPE html><html lang="en"><head><meta charset="utf-8">'
    + `<meta name="viewport" content="width=device-width"><title>${title}</title><style>${STYLE}</style></head>`
    + `<body><main><h1>${title}</h1>${content}</main></body></html>`;
  return { status, headers: HEADERS, body };
}
