import type { VendorConnection } from '../core/ports/vendor';
import { failureCode, provesNothingWasSent } from './connection-failure';

/** What came of one HTTP request. */
export type VendorReply =
  /** `body` is undefined where the answer broke off while it was read. */
  | { readonly kind: 'answer'; readonly status: number; readonly headers: Headers; readonly body: string | undefined }
  /** Not one byte of the request can have reached the vendor. */
  | { readonly kind: 'not_sent'; readonly detail: string }
  /** The vendor may have acted on it. */
  | { readonly kind: 'unknown'; readonly detail: string };

/**
 * Posts once. No retry at all: none of the vendors offers an idempotency key on its send call, so a second request
 * would be a second message. No detail holds text from the request or the answer, since both hold personal data.
 */
export async function postOnce(
  connection: VendorConnection, path: string, headers: Readonly<Record<string, string>>, body: string,
): Promise<VendorReply> {
  const { baseUrl, timeoutMilliseconds, fetch: send } = connection;
  const signal = AbortSignal.timeout(timeoutMilliseconds);
  try {
    const response = await send(new URL(path, baseUrl), { method: 'POST', headers, body, redirect: 'manual', signal });
    return { kind: 'answer', status: response.status, headers: response.headers, body: await readBody(response) };
  } catch (failure) {
    if (signal.aborted) return { kind: 'unknown', detail: `no answer within ${timeoutMilliseconds} ms` };
    const code = failureCode(failure);
    return provesNothingWasSent(failure)
      ? { kind: 'not_sent', detail: `no connection (${code})` }
      : { kind: 'unknown', detail: `connection lost (${code})` };
  }
}

async function readBody(response: Response): Promise<string | undefined> {
  try {
    return await response.text();
  } catch {
    return undefined;
  }
}

/**
 * Seconds that an answer asks to wait (`Retry-After`, as seconds or as a date beside the answer's own `Date`);
 * undefined where it says none.
 */
export function retryAfterSeconds(headers: Headers): number | undefined {
  const value = headers.get('retry-after');
  if (value !== null && /^\d+$/.test(value)) return Number(value);
  const wait = Date.parse(value ?? '') - Date.parse(headers.get('date') ?? '');
  return Number.isNaN(wait) ? undefined : Math.max(0, Math.ceil(wait / 1000));
}
