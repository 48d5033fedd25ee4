import { createHmac, timingSafeEqual } from 'node:crypto';
import type { Authenticity, WebhookCall } from '../core/ports/receipt';
import { sha256 } from '../core/sha256';

/** For the API's document. */
export const TWILIO_SIGNATURE = 'HMAC-SHA1 of the address and the parameters, with the auth token of the company that the query names.';

const BODY_HASH = 'bodySHA256';

/**
 * Whether Twilio signed this call with the account's own token (twilio.com/docs/usage/security#validating-requests): base64 of the HMAC-SHA1 of
 * the URL with its query, followed for a form by each parameter's name and value, sorted by name. A JSON body is signed through its SHA-256 in the
 * URL's `bodySHA256`.
 */
export function checkTwilioSignature(call: WebhookCall, credentials: Readonly<Record<string, string>>): Authenticity {
  const { twilio_auth_token: token = '' } = credentials;
  if (token === '') return { verdict: 'unconfigured', field: 'twilio_auth_token' };
  const given = call.headers['x-twilio-signature'] ?? '';
  const bodyHash = call.query[BODY_HASH];
  if (bodyHash !== undefined && !isEqual(sha256(call.body), bodyHash)) return { verdict: 'forged' };
  const parameters = bodyHash === undefined ? signedParameters(call.body) : '';
  const genuine = call.urls.some((url) => isEqual(createHmac('sha1', token).update(url + parameters, 'utf8').digest('base64'), given));
  return { verdict: genuine ? 'genuine' : 'forged' };
}

/** Several values of one name count once each, sorted, as in Twilio's own library. */
function signedParameters(body: string): string {
  const form = new URLSearchParams(body);
  const names = [...new Set(form.keys())].sort();
  return names.map((name) => [...new Set(form.getAll(name))].sort().map((value) => `${name}${value}`).join('')).join('');
}

/** In a time that does not depend on where the two differ. */
function isEqual(expected: string, given: string): boolean {
  const [one, other] = [Buffer.from(expected), Buffer.from(given)];
  return one.length === other.length && timingSafeEqual(one, other);
}
