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

/** What a call is answered. `requestId`: of a call that has one, so far as it could be read. */
export type Answered =
  /** `isReplay`: the same call was taken before. */
  | { readonly body: object; readonly isReplay?: boolean }
  | { readonly refusal: Refusal; readonly requestId?: string | undefined };

/** No cache may keep it: the next answer may be another. */
export function answerRead(
  found: Answered,
  origin: string | undefined,
  allowedOrigins: readonly string[],
): ReadAnswer {
  const headers = {
    'Content-Type': 'application/json',
    'Cache-Control': 'no-store',
    ...corsHeaders(origin, allowedOrigins),
  };
  if ('body' in found) {
    const { body, isReplay } = found;
    return {
      status: 200, headers: { ...headers, ...(isReplay && { 'Idempotency-Replayed': 'true' }) }, body: JSON.stringify(body),
    };
  }
  const { refusal: { code, message, details, retryAfterSeconds }, requestId = 'unknown' } = found;
  const body = { status: 'error', error_code: code, message, request_id: requestId, details };
  return {
    status: REFUSAL_STATUS[code],
    headers: { ...headers, ...(retryAfterSeconds !== undefined && { 'Retry-After': String(retryAfterSeconds) }) },
    body: JSON.stringify(body),
  };
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
