import { corsHeaders } from '../core/contract/cross-origin';
import type { Fault, Refusal } from '../core/contract/refusal';
import { REFUSAL_STATUS } from '../core/contract/refusal';
import type { AcceptedBody, RefusedBody } from './answer-schema';

/** What became of a request. */
export type Outcome =
  | {
    readonly accepted: true;
    readonly requestId: string;
    readonly conversationId: string;
    /** When it was accepted first; a replay answers the same. */
    readonly acceptedAt: string;
    readonly replayed: boolean;
    readonly warnings: readonly Fault[];
    /** Where it waits for this moment; ISO 8601. */
    readonly sendAt?: string;
    readonly isTest: boolean;
  }
  | { readonly accepted: false; readonly requestId: string; readonly refusal: Refusal };

export interface InitiateAnswer {
  readonly status: number;
  readonly headers: Readonly<Record<string, string>>;
  /** JSON. */
  readonly body: string;
}

/** Where no `request_id` could be read. */
export const UNKNOWN_REQUEST = 'unknown';

/** Translates an outcome into the contract's words. `origins` are the allowed ones; `*` allows all. */
export function answer(outcome: Outcome, origin: string | undefined, origins: readonly string[]): InitiateAnswer {
  const shared = { 'Content-Type': 'application/json', ...corsHeaders(origin, origins) };
  if (outcome.accepted) {
    const body: AcceptedBody = {
      status: 'success',
      request_id: outcome.requestId,
      message:
        outcome.sendAt === undefined
          ? 'The request was accepted and its message is queued.'
          : `The request was accepted and its message waits until ${outcome.sendAt}.`,
      queue_timestamp: outcome.acceptedAt,
      conversation_id: outcome.conversationId,
      send_at: outcome.sendAt,
      is_test: outcome.isTest || undefined,
      warnings: outcome.warnings.length > 0 ? [...outcome.warnings] : undefined,
    };
    return {
      status: 200,
      headers: { ...shared, ...(outcome.replayed && { 'Idempotency-Replayed': 'true' }) },
      body: JSON.stringify(body),
    };
  }
  const { code, message, details, retryAfterSeconds } = outcome.refusal;
  const body: RefusedBody = {
    status: 'error',
    error_code: code,
    message,
    request_id: outcome.requestId,
    ...(details && { details: [...details] }),
  };
  return {
    status: REFUSAL_STATUS[code],
    headers: { ...shared, ...(retryAfterSeconds !== undefined && { 'Retry-After': String(retryAfterSeconds) }) },
    body: JSON.stringify(body),
  };
}
