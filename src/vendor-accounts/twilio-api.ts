import type { VendorUrls } from '../core/vendor-urls';
import { twilio } from '../providers/twilio';

/** A company's account at Twilio, and where Twilio's APIs are. */
export interface TwilioAccess {
  readonly secret: Readonly<Record<string, string>>;
  readonly urls: VendorUrls;
}

export function twilioHeaders({ secret }: Pick<TwilioAccess, 'secret'>): Readonly<Record<string, string>> {
  const { twilio_account_sid: sid = '', twilio_auth_token: token = '' } = secret;
  return { authorization: `Basic ${Buffer.from(`${sid}:${token}`).toString('base64')}` };
}

/** Twilio's other APIs have hosts of their own; whatever stands in for Twilio serves them all. */
export function apiAt(api: 'content' | 'messaging', { twilio: url }: VendorUrls): string {
  return url === twilio.apiUrl ? `https://${api}.twilio.com` : url;
}

export function accountUrl({ secret, urls }: TwilioAccess): string {
  return `${urls.twilio}/2010-04-01/Accounts/${encodeURIComponent(secret.twilio_account_sid ?? '')}`;
}
