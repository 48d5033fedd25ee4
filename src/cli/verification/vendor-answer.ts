import type { z } from 'zod';
import type { ChannelSettings } from '../../core/company/company';
import type { VendorUrls } from '../../core/vendor-urls';
import type { VendorAnswer } from './ask-vendor';

/** One thing that was tried, with what to do where it failed. */
export interface Verified {
  readonly subject: string;
  readonly verdict: 'ok' | 'warning' | 'fault';
  readonly words: string;
}

export type Secret = Readonly<Record<string, string>>;

/** The credentials, the sender and the template of one channel, at its vendor. */
export type VerifyVendor = (settings: ChannelSettings, secret: Secret, vendors: VendorUrls) => Promise<readonly Verified[]>;

/** The vendor's answer in the form that it documents; undefined otherwise. */
export function read<Schema extends z.ZodType>(answer: VendorAnswer, shape: Schema): z.output<Schema> | undefined {
  if (answer.kind !== 'answer' || answer.status !== 200) return undefined;
  const parsed = shape.safeParse(answer.body);
  return parsed.success ? parsed.data : undefined;
}

export function unanswered(subject: string, answer: VendorAnswer | undefined, todo: string): Verified {
  if (answer?.kind !== 'answer') return { subject, verdict: 'fault', words: `the vendor could not be reached (${answer?.detail ?? 'not asked'}): check the network, then verify again` };
  if (answer.status === 401 || answer.status === 403) return { subject, verdict: 'fault', words: `the vendor refuses the credentials (HTTP ${answer.status}): ${todo}` };
  return { subject, verdict: 'fault', words: `the vendor answered HTTP ${answer.status}: ${todo}` };
}
