import { getExpectedTwilioSignature } from 'twilio/lib/webhooks/webhooks';

/**
 * `X-Twilio-Signature` of a form-encoded webhook, by Twilio's own library; what it calls ends before the URL's
 * fragment.
 */
export function twilioSignature(
  authToken: string,
  url: string,
  parameters: Readonly<Record<string, string>>,
  algorithm?: 'HMAC_SHA256',
): string {
  return getExpectedTwilioSignature(authToken, url.split('#')[0] ?? '', parameters, algorithm);
}
