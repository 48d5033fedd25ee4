import { createPublicKey, verify } from 'node:crypto';
import type { KeyObject } from 'node:crypto';
import type { Authenticity, WebhookCall } from '../core/ports/receipt';

/**
 * Field of a company's e-mail secret: the verification key that SendGrid shows when its signed event webhook is
 * switched on.
 */
export const SENDGRID_WEBHOOK_KEY = 'sendgrid_webhook_public_key';

/** Field of the same secret: the key of the security policy that signs what Inbound Parse posts. */
export const SENDGRID_INBOUND_KEY = 'sendgrid_inbound_public_key';

const HOUR = 60 * 60_000;
/** SendGrid posts a batch again for 24 hours where it is not answered with 2xx; an hour more for queues on the way. */
const OLDEST_EVENTS = 25 * HOUR;
/** And a mail for three days. */
const OLDEST_MAIL = 73 * HOUR;
/** Clocks differ. */
const FURTHEST_AHEAD = 5 * 60_000;

/**
 * Whether SendGrid signed this call with the account's own key, lately (docs.sendgrid.com, "Event Webhook Security
 * Features"): ECDSA over P-256 and SHA-256 of the timestamp's digits and the raw body. The key is base64 of its DER
 * form, as SendGrid shows it.
 */
export function checkSendGridSignature(call: WebhookCall, credentials: Credentials, now: number): Authenticity {
  return checkSignature(call, credentials, { now, field: SENDGRID_WEBHOOK_KEY, oldest: OLDEST_EVENTS });
}

/** The same for Inbound Parse ("Securing your Inbound Parse Webhooks"), whose key is another one. */
export function checkInboundSignature(call: WebhookCall, credentials: Credentials, now: number): Authenticity {
  return checkSignature(call, credentials, { now, field: SENDGRID_INBOUND_KEY, oldest: OLDEST_MAIL });
}

type Credentials = Readonly<Record<string, string>>;

interface SignedBy {
  readonly now: number;
  /** Field of the secret that holds the key. */
  readonly field: string;
  /** Milliseconds after which a signature counts no more. */
  readonly oldest: number;
}

function checkSignature(call: WebhookCall, credentials: Credentials, { now, field, oldest }: SignedBy): Authenticity {
  const key = readKey(credentials[field] ?? '');
  if (!key) return { verdict: 'unconfigured', field };
  const timestamp = call.headers['x-twilio-email-event-webhook-timestamp'] ?? '';
  const signature = Buffer.from(call.headers['x-twilio-email-event-webhook-signature'] ?? '', 'base64');
  const signed = Buffer.concat([Buffer.from(timestamp, 'utf8'), call.bytes ?? Buffer.from(call.body, 'utf8')]);
  const genuine = isTimely(timestamp, now, oldest) && verify('sha256', signed, key, signature);
  return { verdict: genuine ? 'genuine' : 'forged' };
}

/** `timestamp`: seconds since 1970. */
function isTimely(timestamp: string, now: number, oldest: number): boolean {
  if (!/^\d{1,12}$/.test(timestamp)) return false;
  const age = now - Number(timestamp) * 1000;
  return age <= oldest && age >= -FURTHEST_AHEAD;
}

/** Undefined unless the text is a public key of the curve that SendGrid signs with. */
function readKey(text: string): KeyObject | undefined {
  try {
    // People also store it as the PEM file that holds it.
    const base64 = text.replace(/-----(?:BEGIN|END) PUBLIC KEY-----/g, '').replace(/\s/g, '');
    const key = createPublicKey({ key: Buffer.from(base64, 'base64'), format: 'der', type: 'spki' });
    return key.asymmetricKeyDetails?.namedCurve === 'prime256v1' ? key : undefined;
  } catch {
    return undefined;
  }
}

/** For the operator who stores a key; names no part of it. */
export function publicKeyFault(text: string): string | undefined {
  return readKey(text) ? undefined : 'must be the public key as SendGrid shows it';
}
