import type { FaultMode } from '../fault-mode';
import type { TwilioRefusal } from './errors';
import { REFUSALS } from './errors';

/** How Twilio treats a message to a number. */
export type MagicBehaviour =
  | { readonly kind: 'refused'; readonly refusal: TwilioRefusal }
  | { readonly kind: 'fault'; readonly mode: FaultMode }
  /** The first message to the number shows the fault, later ones do not. */
  | { readonly kind: 'fault-once'; readonly mode: FaultMode }
  /** Accepted, and later reported as not delivered. */
  | { readonly kind: 'fails-later'; readonly status: 'failed' | 'undelivered'; readonly code: number }
  /** Accepted and delivered; the receipts go wrong. */
  | { readonly kind: 'receipts'; readonly receipts: 'none' | 'doubled' | 'reversed' | 'stop-at-sent' };

const refused = (refusal: TwilioRefusal): MagicBehaviour => ({ kind: 'refused', refusal });
const fault = (name: FaultMode): MagicBehaviour => ({ kind: 'fault', mode: name });
const undelivered = (code: number): MagicBehaviour => ({ kind: 'fails-later', status: 'undelivered', code });
const failed = (code: number): MagicBehaviour => ({ kind: 'fails-later', status: 'failed', code });

/**
 * Recipients that force an outcome, on WhatsApp as on SMS. The +44 7700 900xxx numbers are reserved for fiction (Ofcom,
 * "Telephone numbers for use in TV and radio drama programmes"); every number of that range that is not listed here
 * receives its messages. The +1 500 555 numbers are Twilio's own magic numbers (twilio.com/docs/iam/test-credentials).
 */
export const MAGIC_RECIPIENTS: Readonly<Record<string, MagicBehaviour>> = {
  '+15005550001': refused(REFUSALS.toInvalid),
  '+15005550002': refused(REFUSALS.toUnroutable),
  '+15005550003': refused(REFUSALS.regionNotPermitted),
  '+15005550004': refused(REFUSALS.optedOut),
  '+15005550009': refused(REFUSALS.toNotMobile),

  // 900 9 0x: refused at once.
  '+447700900901': refused(REFUSALS.toInvalid),
  '+447700900902': refused(REFUSALS.toNotMobile),
  '+447700900903': refused(REFUSALS.regionNotPermitted),
  '+447700900904': refused(REFUSALS.optedOut),
  '+447700900905': refused(REFUSALS.queueFull),
  '+447700900906': refused(REFUSALS.toUnroutable),
  '+447700900907': refused(REFUSALS.accountSuspended),

  // 900 9 1x: the answer is lost, or Twilio is not well.
  '+447700900910': fault('rate-limit'),
  '+447700900911': fault('server-error'),
  '+447700900912': fault('html-page'),
  '+447700900913': fault('silence'),
  '+447700900914': fault('reset'),
  '+447700900915': fault('accepted-then-reset'),
  '+447700900916': fault('accepted-then-silence'),
  '+447700900917': fault('accepted-then-html'),
  '+447700900918': fault('accepted-then-cut'),
  '+447700900919': fault('accepted-then-server-error'),
  '+447700900920': { kind: 'fault-once', mode: 'rate-limit' },
  '+447700900921': { kind: 'fault-once', mode: 'server-error' },

  // 900 9 3x and 4x: accepted, and the carrier does not deliver.
  '+447700900930': failed(30001),
  '+447700900931': failed(30002),
  '+447700900932': undelivered(30003),
  '+447700900933': undelivered(30004),
  '+447700900934': undelivered(30005),
  '+447700900935': undelivered(30006),
  '+447700900936': undelivered(30007),
  '+447700900937': undelivered(30008),
  '+447700900938': undelivered(30034),
  '+447700900939': undelivered(30450),

  // 900 9 5x and 6x: accepted, and WhatsApp does not deliver.
  '+447700900950': failed(63003),
  '+447700900951': failed(63013),
  '+447700900952': failed(63016),
  '+447700900953': failed(63017),
  '+447700900954': failed(63018),
  '+447700900955': failed(63021),
  '+447700900956': undelivered(63024),
  '+447700900957': failed(63030),
  '+447700900958': undelivered(63032),
  '+447700900959': failed(63038),
  '+447700900960': undelivered(63049),

  // 900 9 7x: delivered, and the receipts go wrong.
  '+447700900970': { kind: 'receipts', receipts: 'none' },
  '+447700900971': { kind: 'receipts', receipts: 'doubled' },
  '+447700900972': { kind: 'receipts', receipts: 'reversed' },
  '+447700900973': { kind: 'receipts', receipts: 'stop-at-sent' },
};

/** Twilio's own magic senders; +15005550006 may be used by any account. */
export const MAGIC_SENDERS: Readonly<Record<string, TwilioRefusal | 'any account'>> = {
  '+15005550001': REFUSALS.fromInvalid,
  '+15005550006': 'any account',
  '+15005550007': REFUSALS.fromNotOwned,
  '+15005550008': REFUSALS.queueFull,
};
