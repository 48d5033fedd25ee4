import type { VendorAnswer } from './loopback-server';
import { htmlAnswer } from './loopback-server';

/** Ways in which a send goes wrong between us and any vendor, apart from the vendor's own refusals. */
export const FAULT_MODES = [
  'rate-limit',
  'server-error',
  'html-page',
  'silence',
  'reset',
  'accepted-then-silence',
  'accepted-then-reset',
  'accepted-then-cut',
  'accepted-then-html',
  'accepted-then-server-error',
] as const;

export type FaultMode = (typeof FAULT_MODES)[number];

/** Whether the vendor has taken the message although the sender does not learn it. */
export function isAccepted(mode: FaultMode): boolean {
  return mode.startsWith('accepted-');
}

/** The vendor's own wording of the fault modes that have one. */
export interface FaultAnswers {
  readonly rateLimit: VendorAnswer;
  readonly serverError: VendorAnswer;
  /** What the vendor answers to a message that it takes. */
  readonly accepted: VendorAnswer;
}

export function faultAnswer(mode: FaultMode, words: FaultAnswers): VendorAnswer {
  switch (mode) {
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
      return words.accepted.kind === 'answer'
        ? { ...words.accepted, kind: 'cut', body: words.accepted.body || '{"message":"queued"}' }
        : words.accepted;
  }
}

/**
 * What a recipient's magic address, or a test, asks for; `fault-once` spares the later messages to the same address.
 */
interface FaultBehaviour {
  readonly kind: 'fault' | 'fault-once';
  readonly mode: FaultMode;
}

/** Remembers which addresses have shown their fault. */
export class FaultsShown {
  private readonly addresses = new Set<string>();

  modeFor(
    behaviour: FaultBehaviour | { readonly kind: 'refused' | 'events' | 'receipts' | 'fails-later' } | undefined,
    address: string,
  ): FaultMode | undefined {
    if (behaviour?.kind === 'fault') return behaviour.mode;
    if (behaviour?.kind !== 'fault-once' || this.addresses.has(address)) return undefined;
    this.addresses.add(address);
    return behaviour.mode;
  }
}
