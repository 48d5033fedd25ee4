import OpenAI from 'openai';
import type { FillResult, TokenUsage } from '../core/ports/language-model';

/** The call brought no answer, and another one may. */
export interface CallFailure {
  readonly outcome: 'try_again';
  readonly retryAfterSeconds?: number;
  /** What it cost all the same, where OpenAI says so. */
  readonly usage?: TokenUsage;
}

/** What a call costs that OpenAI turned away before the model ran. */
const NO_USAGE: TokenUsage = { prompt_tokens: 0, completion_tokens: 0, total_tokens: 0 };

/** Codes of a prompt that OpenAI's safety checks turn away: another model call would end the same way. */
const REFUSED_PROMPT: ReadonlySet<unknown> = new Set(['invalid_prompt', 'content_policy_violation']);

/**
 * Decides on `error.code` and `error.type` before the status, as OpenAI's guide to error codes does: an exhausted quota
 * comes as HTTP 429 too. Throws what is not a failure of the call.
 */
export function judgeFailure(failure: unknown): FillResult | CallFailure {
  if (failure instanceof OpenAI.APIConnectionError) return { outcome: 'try_again' };
  if (!(failure instanceof OpenAI.APIError) || typeof failure.status !== 'number') throw failure;
  const { status, code, type, headers } = failure;
  if (REFUSED_PROMPT.has(code)) return { outcome: 'refused', usage: NO_USAGE };
  if (type === 'insufficient_quota' || code === 'insufficient_quota') {
    return { outcome: 'misconfigured', code: code ?? 'insufficient_quota' };
  }
  if (status === 408 || status === 409 || status === 429 || status >= 500) return tryAgain(headers);
  return { outcome: 'misconfigured', code: code ?? `http_${status}` };
}

/** Codes of connections that never came about. */
const NO_CONNECTION: ReadonlySet<unknown> = new Set(['ECONNREFUSED', 'ENOTFOUND', 'EAI_AGAIN']);

/**
 * Whether OpenAI certainly did not run the model for this request, and so charges nothing: it turned the request away
 * (4xx, or 503 for an overload), or never got it. A time-out, a reset and other 5xx say nothing.
 */
export function wasNeverRun(failure: unknown): boolean {
  if (failure instanceof OpenAI.APIConnectionError) return causesOf(failure).some((code) => NO_CONNECTION.has(code));
  if (!(failure instanceof OpenAI.APIError) || typeof failure.status !== 'number') return false;
  const { status } = failure;
  return status === 503 || (status >= 400 && status < 500 && status !== 408);
}

/** The codes of an error and of what caused it. */
function causesOf(failure: unknown): readonly unknown[] {
  if (!(failure instanceof Error)) return [];
  const code = 'code' in failure ? failure.code : undefined;
  return [code, ...causesOf(failure.cause)];
}

function tryAgain(headers: Headers | undefined): CallFailure {
  const milliseconds = Number(headers?.get('retry-after-ms') ?? Number.NaN);
  const seconds = Number.isNaN(milliseconds) ? waitSeconds(headers) : milliseconds / 1000;
  return seconds >= 0 ? { outcome: 'try_again', retryAfterSeconds: seconds } : { outcome: 'try_again' };
}

/** `Retry-After` in seconds, or as a date beside the answer's own `Date`. */
function waitSeconds(headers: Headers | undefined): number {
  const value = headers?.get('retry-after') ?? '';
  if (/^\d+(?:\.\d+)?$/.test(value)) return Number(value);
  return (Date.parse(value) - Date.parse(headers?.get('date') ?? '')) / 1000;
}
