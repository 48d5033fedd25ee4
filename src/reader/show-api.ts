import { brotliDecompressSync } from 'node:zlib';
import { corsHeaders } from '../core/contract/cross-origin';
import { sha256 } from '../core/sha256';
import { PACKED_DOCUMENT } from './api-document';
import { apiPage } from './api-page';
import { STYLE } from './api-page-style';
import type { ReadAnswer } from './read-answer';

/** An hour: the document changes with a release alone. */
const CACHED = { 'Cache-Control': 'public, max-age=3600' };

/** `GET /openapi.json`: the API as it is written down, for programs. Open to everyone: it holds no one's data. */
export function showDocument(origin: string | undefined, allowedOrigins: readonly string[]): ReadAnswer {
  const headers = { 'Content-Type': 'application/json', ...CACHED, ...corsHeaders(origin, allowedOrigins) };
  return { status: 200, headers, body: apiDocument() };
}

/** `GET /docs`: the same for people. The page may load nothing and send nothing. */
export function showPage(): ReadAnswer {
  const style = Buffer.from(sha256(STYLE), 'hex').toString('base64');
  const headers = {
    'Content-Type': 'text/html; charset=utf-8',
    'Content-Security-Policy':
      `default-src 'none'; style-src 'sha256-${style}'; form-action 'none'; base-uri 'none'; frame-ancestors 'none'`,
    'X-Content-Type-Options': 'nosniff',
    'Referrer-Policy': 'no-referrer',
    ...CACHED,
  };
  page ??= apiPage(JSON.parse(apiDocument()) as Readonly<Record<string, unknown>>);
  return { status: 200, headers, body: page };
}

/** Made when it is asked for first: most calls of this function ask for something else. */
let page: string | undefined;

/** Likewise. */
let document: string | undefined;

function apiDocument(): string {
  return (document ??= brotliDecompressSync(Buffer.from(PACKED_DOCUMENT, 'base64')).toString());
}
