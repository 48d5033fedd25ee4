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

/** The account's tokens, or the shared key of its webhooks where the call says that it was signed with one. */
function signingMeans(settings: string | undefined, credentials: Readonly<Record<string, string>>) {
  const algorithm = /(?:^|,)\s*algorithm=([A-Za-z0-9_-]{1,32})/.exec(settings ?? '')?.[1];
  const isShared = algorithm?.toUpperCase() === 'HMAC_SHA256';
  const fields = isShared ? [SHARED_KEY] : ['twilio_auth_token', SECONDARY_TOKEN];
  return {
    secrets: fields.map((field) => credentials[field] ?? '').filter(Boolean),
    hash: isShared ? 'sha256' : 'sha1',
  };
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
