import { randomBytes, randomUUID } from 'node:crypto';
import type { Delivery } from '../delivery';
import type { MailEvent, PlannedEvent } from './magic-addresses';
import { MAIL_EVENTS } from './magic-addresses';
import type { CheckedMail } from './mail-check';

/** One mail to one recipient that SendGrid has taken. */
export interface StoredMail {
  /** As answered in `X-Message-Id`; the first part of `sg_message_id`. */
  readonly messageId: string;
  readonly apiKey: string;
  readonly mail: CheckedMail;
  readonly recipient: string;
  /** Milliseconds since 1970-01-01T00:00Z. */
  readonly acceptedAt: number;
  readonly lastEvent: MailEvent | 'accepted';
}

export function newMessageId(): string {
  return randomBytes(16).toString('base64url');
}

/** The mail after an event; events that come late do not move it back. */
export function afterEvent(stored: StoredMail, event: MailEvent): StoredMail {
  const known = stored.lastEvent === 'accepted' ? -1 : MAIL_EVENTS.indexOf(stored.lastEvent);
  return MAIL_EVENTS.indexOf(event) > known ? { ...stored, lastEvent: event } : stored;
}

/** An event as the webhook posts it: `custom_args` stand at the top level, beside SendGrid's own fields. */
export function eventBody(stored: StoredMail, planned: PlannedEvent, now: number): Readonly<Record<string, unknown>> {
  return {
    ...stored.mail.customArguments,
    'email': stored.recipient,
    'timestamp': Math.floor(now / 1000),
    'smtp-id': `<${stored.messageId}@simulated.example.com>`,
    'event': planned.event,
    'sg_event_id': Buffer.from(randomUUID()).toString('base64url'),
    'sg_message_id': `${stored.messageId}.recvd-simulated-1-00000000-1.0`,
    ...planned.details,
  };
}

/** The mail as its recipient reads it: with click tracking on, SendGrid has replaced every link of the HTML part. */
export function asDelivery(stored: StoredMail): Delivery {
  const { mail } = stored;
  const html = mail.html === undefined ? {} : { html: mail.clickTracking ? replaceLinks(mail.html) : mail.html };
  return {
    channel: 'email',
    from: mail.from,
    to: stored.recipient,
    subject: mail.subject,
    text: mail.text,
    ...html,
    ...(mail.replyTo === undefined ? {} : { replyTo: mail.replyTo }),
    ...(Object.keys(mail.headers).length === 0 ? {} : { headers: mail.headers }),
    vendorMessageId: stored.messageId,
    status: stored.lastEvent,
    acceptedAt: stored.acceptedAt,
  };
}

function replaceLinks(html: string): string {
  return html.replace(/href="(https?:[^"]+)"/g, (_link, target: string) =>
    `href="https://url0000.ct.sendgrid.example/ls/click?upn=${Buffer.from(target).toString('base64url')}"`);
}
