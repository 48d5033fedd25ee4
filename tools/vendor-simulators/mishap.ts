import type { VendorAnswer } from './loopback-server';
import { htmlAnswer } from './loopback-server';

/** Ways in which a send goes wrong between us and any vendor, apart from the vendor's own refusals. */
export const MISHAPS = [
  'rate-limit', 'server-error', 'html-page', 'silence', 'reset',
  'accepted-then-silence', 'accepted-then-reset', 'accepted-then-cut', 'accepted-then-html', 'accepted-then-server-error',
] as const;

export type Mishap = (typeof MISHAPS)[number];

/** Whether the vendor has taken the message although the sender does not learn it. */
export function isAccepted(mishap: Mishap): boolean {
  return mishap.startsWith('accepted-');
}

/** The vendor's own wording of the mishaps that have one. */
export interface MishapWords {
  readonly rateLimit: VendorAnswer;
  readonly serverError: VendorAnswer;
  /** What the vendor answers to a message that it takes. */
  readonly accepted: VendorAnswer;
}

export function mishapAnswer(mishap: Mishap, words: MishapWords): VendorAnswer {
  switch (mishap) {
    case 'rate-limit':
      return words.rateLimit;
    case 'server-error':
    case 'accepted-then-server-error':
      return words.serverError;
    case 'html-page':
      return htmlAnswer(503, 'Service Temporarily Unavailable');
    case 'accepted-then-html':
      return htmlAnswer(200, 'OK');
    case 'silence':
    case 'accepted-then-silence':
      return { kind: 'silence' };
    case 'reset':
    case 'accepted-then-reset':
      return { kind: 'reset' };
    case 'accepted-then-cut':
      return words.accepted.kind === 'answer' ? { ...words.accepted, kind: 'cut', body: words.accepted.body || '{"message":"queued"}' } : words.accepted;
  }
}
