import { corsHeaders } from '../core/contract/cross-origin';
import type { Refusal } from '../core/contract/refusal';
import { REFUSAL_STATUS } from '../core/contract/refusal';
import type { Observer } from '../core/ports/observer';
import { PortFailure } from '../core/ports/port-failure';
import { sanitizeError } from '../core/sanitize-error';

export interface ReadAnswer {
  readonly status: number;
  readonly headers: Readonly<Record<string, string>>;
  /** JSON. */
  readonly body: string;
}

/** The answer to a question that changes nothing. No cache may keep it: the next answer may be another. */
export function answerRead(
  found: { readonly body: object } | { readonly refusal: Refusal },
  origin: string | undefined,
  allowedOrigins: readonly string[],
): ReadAnswer {
  const headers = {
    'Content-Type': 'application/json',
    'Cache-Control': 'no-store',
    ...corsHeaders(origin, allowedOrigins),
  };
  if ('body' in found) return { status: 200, headers, body: JSON.stringify(found.body) };
  const { code, message, details } = found.refusal;
  const body = { status: 'error', error_code: code, message, request_id: 'unknown', details };
  return { status: REFUSAL_STATUS[code], headers, body: JSON.stringify(body) };
}

/** `attempted` is the sentence for the operator; the client learns no inner detail. */
export function explainReadFailure(error: unknown, attempted: string, observer: Observer): Refusal {
  const failure = error instanceof PortFailure ? error : undefined;
  observer.error(attempted, failure ?? sanitizeError(error));
  switch (failure?.code) {
    case 'DATABASE_ERROR':
      return { code: 'DATABASE_ERROR', message: 'The records could not be reached: ask again.' };
    case 'QUEUE_ERROR':
      return { code: 'QUEUE_ERROR', message: 'The queue could not be reached: ask again.' };
    case undefined:
      return { code: 'INTERNAL_ERROR', message: 'The engine met a fault of its own: ask again.' };
  }
}
