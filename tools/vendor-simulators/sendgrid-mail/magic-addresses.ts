import type { FaultMode } from '../fault-mode';

/** Events of SendGrid's event webhook, in the order in which a good message passes them. */
export const MAIL_EVENTS = [
  'processed',
  'deferred',
  'delivered',
  'open',
  'bounce',
  'dropped',
  'spamreport',
  'unsubscribe',
] as const;

export type MailEvent = (typeof MAIL_EVENTS)[number];

/** One event with the fields that belong to it. */
export interface PlannedEvent {
  readonly event: MailEvent;
  readonly details: Readonly<Record<string, string>>;
}

/** How SendGrid treats a message to an address. */
export type AddressBehaviour =
  | { readonly kind: 'refused'; readonly status: number; readonly message: string }
  | { readonly kind: 'fault'; readonly mode: FaultMode }
  /** The first message to the address shows the fault, later ones do not. */
  | { readonly kind: 'fault-once'; readonly mode: FaultMode }
  | { readonly kind: 'events'; readonly events: readonly PlannedEvent[] }
  /** Accepted and delivered; the events go wrong. */
  | { readonly kind: 'receipts'; readonly receipts: 'none' | 'doubled' | 'reversed' };

const PROCESSED: PlannedEvent = { event: 'processed', details: {} };
const DELIVERED: PlannedEvent = { event: 'delivered', details: { response: '250 2.0.0 OK' } };
const OPENED: PlannedEvent = {
  event: 'open',
  details: { useragent: 'Mozilla/5.0', ip: '192.0.2.1', sg_machine_open: 'false' },
};

/** The events of a message that arrives; `open` only where the message lets opens be tracked. */
export function arrivalEvents(openTracking: boolean): readonly PlannedEvent[] {
  return openTracking ? [PROCESSED, DELIVERED, OPENED] : [PROCESSED, DELIVERED];
}

const fault = (name: FaultMode): AddressBehaviour => ({ kind: 'fault', mode: name });
const events = (...planned: readonly PlannedEvent[]): AddressBehaviour => ({ kind: 'events', events: planned });
const dropped = (reason: string): AddressBehaviour => events({ event: 'dropped', details: { reason } });

/**
 * Recipients that force an outcome. example.com is reserved for documentation (RFC 2606); every other address receives
 * its mail.
 */
export const MAGIC_ADDRESSES: Readonly<Record<string, AddressBehaviour>> = {
  'too-large@example.com': { kind: 'refused', status: 413, message: 'Request Entity Too Large' },
  'no-credits@example.com': { kind: 'refused', status: 401, message: 'Maximum credits exceeded' },
  'forbidden@example.com': { kind: 'refused', status: 403, message: 'access forbidden' },

  'rate-limit@example.com': fault('rate-limit'),
  'server-error@example.com': fault('server-error'),
  'html-page@example.com': fault('html-page'),
  'silence@example.com': fault('silence'),
  'reset@example.com': fault('reset'),
  'accepted-then-reset@example.com': fault('accepted-then-reset'),
  'accepted-then-silence@example.com': fault('accepted-then-silence'),
  'accepted-then-html@example.com': fault('accepted-then-html'),
  'accepted-then-cut@example.com': fault('accepted-then-cut'),
  'accepted-then-server-error@example.com': fault('accepted-then-server-error'),
  'rate-limit-once@example.com': { kind: 'fault-once', mode: 'rate-limit' },
  'server-error-once@example.com': { kind: 'fault-once', mode: 'server-error' },

  'bounce@example.com': events(PROCESSED, {
    event: 'bounce',
    details: {
      reason: '550 5.1.1 The email account that you tried to reach does not exist.',
      status: '5.1.1',
      type: 'bounce',
      bounce_classification: 'Invalid Address',
    },
  }),
  'blocked@example.com': events(PROCESSED, {
    event: 'bounce',
    details: {
      reason: '554 5.7.1 Blocked: message looks like spam.',
      status: '5.7.1',
      type: 'blocked',
      bounce_classification: 'Content',
    },
  }),
  'deferred@example.com': events(
    PROCESSED,
    { event: 'deferred', details: { response: '451 4.7.1 Try again later', attempt: '1' } },
    DELIVERED,
  ),
  'expired@example.com': events(
    PROCESSED,
    { event: 'deferred', details: { response: '451 4.7.1 Try again later', attempt: '1' } },
    {
      event: 'bounce',
      details: {
        reason: 'Mail expired after 72 hours of deferrals',
        status: '4.7.1',
        type: 'blocked',
        bounce_classification: 'Mailbox Unavailable',
      },
    },
  ),
  'dropped@example.com': dropped('Bounced Address'),
  'unsubscribed@example.com': dropped('Unsubscribed Address'),
  'reported-spam@example.com': dropped('Spam Reporting Address'),
  'invalid@example.com': dropped('Invalid'),
  'spamreport@example.com': events(PROCESSED, DELIVERED, { event: 'spamreport', details: {} }),

  'no-events@example.com': { kind: 'receipts', receipts: 'none' },
  'doubled-events@example.com': { kind: 'receipts', receipts: 'doubled' },
  'reversed-events@example.com': { kind: 'receipts', receipts: 'reversed' },
};
