import { createHmac, timingSafeEqual } from 'node:crypto';
import type { Authenticity, WebhookCall } from '../core/ports/receipt';
import { sha256 } from '../core/sha256';

/** For the API's document. */
export const TWILIO_SIGNATURE =
  'HMAC-SHA1 of the address and the parameters, with the auth token of the company that the query names.';

/** Field of a company's secret: the shared key with which Twilio signs webhooks where the account uses one. */
export const SHARED_KEY = 'twilio_webhook_shared_key';

/**
 * Field of a company's secret: around a change of the token, the one before or the one to come. It proves calls, and
 * sends nothing.
 */
export const SECONDARY_TOKEN = 'twilio_secondary_auth_token';

const SETTINGS_HEADER = 'x-twilio-webhooks-signature-settings';
/** Twilio's names of the hashes that sign. */
const HASHES: Readonly<Record<string, 'sha1' | 'sha256'>> = { HMAC_SHA1: 'sha1', HMAC_SHA256: 'sha256' };
/** Characters of the header that are read. */
const LONGEST_SETTINGS = 500;
const BODY_HASH = 'bodySHA256';

/**
 * Whether Twilio signed this call with the account's own token (twilio.com/docs/usage/security#validating-requests):
 * base64 of the HMAC-SHA1 of the URL with its query, followed for a form by each parameter's name and value, sorted by
 * name. A JSON body is signed through its SHA-256 in the URL's `bodySHA256`.
 */
export function checkTwilioSignature(call: WebhookCall, credentials: Readonly<Record<string, string>>): Authenticity {
  const { twilio_auth_token: token = '' } = credentials;
  if (token === '') return { verdict: 'unconfigured', field: 'twilio_auth_token' };
  const given = call.headers['x-twilio-signature'] ?? '';
  const bodyHash = call.query[BODY_HASH];
  if (bodyHash !== undefined && !isEqual(sha256(call.body), bodyHash)) return { verdict: 'forged' };
  const parameters = bodyHash === undefined ? signedParameters(call.body) : '';
  const { secrets, hash } = signingMeans(call.headers[SETTINGS_HEADER], credentials);
  // Twilio signs the port with some addresses and not with others, as its own library knows.
  const genuine = call.urls
    .flatMap((url) => [url, withPort(url)])
    .some((url) =>
      secrets.some((secret) =>
        isEqual(
          createHmac(hash, secret)
            .update(url + parameters, 'utf8')
            .digest('base64'),
          given,
        ),
      ),
    );
  return { verdict: genuine ? 'genuine' : 'forged' };
}

/**
 * The account's tokens, or the shared key of its webhooks where the call names an algorithm, as in Twilio's own
 * library. A call whose settings name none may come from either. None, where the algorithm is unknown here.
 */
function signingMeans(settings: string | undefined, credentials: Readonly<Record<string, string>>) {
  const tokens = ['twilio_auth_token', SECONDARY_TOKEN];
  const algorithm = algorithmOf(settings ?? '');
  const hash = HASHES[algorithm?.toUpperCase() ?? 'HMAC_SHA1'];
  const fields = algorithm !== undefined ? [SHARED_KEY] : settings ? [SHARED_KEY, ...tokens] : tokens;
  return {
    secrets: hash === undefined ? [] : fields.map((field) => credentials[field] ?? '').filter(Boolean),
    hash: hash ?? 'sha1',
  };
}

function algorithmOf(settings: string): string | undefined {
  const parts = settings.slice(0, LONGEST_SETTINGS).split(',').map((part) => part.split('='));
  return parts.find(([name, value]) => name?.trim() === 'algorithm' && value?.trim())?.[1]?.trim();
}

function withPort(url: string): string {
  return url.replace(/^(https:\/\/[^/:?#]+)(?=[/?#]|$)/, '$1:443');
}

/** Several values of one name count once each, sorted, as in Twilio's own library. */
function signedParameters(body: string): string {
  const form = new URLSearchParams(body);
  const names = [...new Set(form.keys())].sort();
  return names
    .map((name) =>
      [...new Set(form.getAll(name))]
        .sort()
        .map((value) => `${name}${value}`)
        .join(''),
    )
    .join('');
}

/** In a time that does not depend on where the two differ. */
function isEqual(expected: string, given: string): boolean {
  const [one, other] = [Buffer.from(expected), Buffer.from(given)];
  return one.length === other.length && timingSafeEqual(one, other);
}
