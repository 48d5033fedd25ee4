import * as z from 'zod/mini';
import type { Finding, FindingRemedy } from '../core/ports/vendor-accounts';

/** What a vendor answered; `unreachable` with the kind of failure. */
export type VendorAnswer =
  | { readonly kind: 'answer'; readonly status: number; readonly body: unknown }
  | { readonly kind: 'unreachable'; readonly detail: string };

type Headers = Readonly<Record<string, string>>;

const TIMEOUT_MILLISECONDS = 10_000;

/** One request to a vendor or to the engine itself, without a retry. Details hold no text of the request. */
export async function askVendor(url: string, headers: Headers, method: 'GET' | 'POST' = 'GET'): Promise<VendorAnswer> {
  try {
    const signal = AbortSignal.timeout(TIMEOUT_MILLISECONDS);
    const response = await fetch(url, {
      method,
      headers: { accept: 'application/json', ...headers },
      redirect: 'manual',
      signal,
    });
    const text = await response.text();
    return { kind: 'answer', status: response.status, body: parse(text) };
  } catch (failure) {
    const isLate = failure instanceof Error && failure.name === 'TimeoutError';
    return { kind: 'unreachable', detail: isLate ? `no answer in ${TIMEOUT_MILLISECONDS / 1000} s` : 'no connection' };
  }
}

function parse(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

export function bearer(key: string | undefined): Headers {
  return { authorization: `Bearer ${key ?? ''}` };
}

/** A vendor's answer in the form that it documents; undefined otherwise. */
export function read<Schema extends z.core.$ZodType>(
  answer: VendorAnswer,
  shape: Schema,
): z.output<Schema> | undefined {
  if (answer.kind !== 'answer' || answer.status !== 200) return undefined;
  const parsed = z.safeParse(shape, answer.body);
  return parsed.success ? parsed.data : undefined;
}

export function ok(subject: string, words: string): Finding {
  return { subject, verdict: 'ok', words };
}

export function fault(subject: string, words: string, remedy?: FindingRemedy): Finding {
  return { subject, verdict: 'fault', words, ...(remedy === undefined ? {} : { remedy }) };
}

/** An answer that is not the documented one; `todo` is for credentials that the vendor refuses. */
export function unanswered(subject: string, answer: VendorAnswer, todo: string, remedy?: FindingRemedy): Finding {
  if (answer.kind !== 'answer') {
    return fault(subject, `the vendor could not be reached (${answer.detail}): check the network, then verify again`);
  }
  const isRefused = answer.status === 401 || answer.status === 403;
  const what = isRefused ? `refuses the credentials (HTTP ${answer.status})` : `answered HTTP ${answer.status}`;
  return fault(subject, `the vendor ${what}: ${todo}`, remedy);
}
