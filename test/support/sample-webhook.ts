import { generateKeyPairSync, sign } from 'node:crypto';
import type { WebhookCall } from '../../src/core/ports/receipt';
import type { ParsedMail } from '../../tools/vendor-simulators/sendgrid-mail/inbound-parse';
import { inboundParseBody } from '../../tools/vendor-simulators/sendgrid-mail/inbound-parse';
import { twilioSignature } from '../../tools/vendor-simulators/twilio-messages/signature';

type Fields = Readonly<Record<string, string>>;

export const PUBLIC_URL = 'https://api.example.com/dev';

/** A call that Twilio made and signed with this token, seen as the handler hands it on. */
export function twilioCall(path: string, query: Fields, form: Fields, token: string): WebhookCall {
  const url = `${PUBLIC_URL}${path}?${new URLSearchParams(query).toString()}`;
  return {
    urls: [url],
    query,
    headers: {
      'content-type': 'application/x-www-form-urlencoded',
      'x-twilio-signature': twilioSignature(token, url, form),
    },
    body: new URLSearchParams(form).toString(),
  };
}

/** A company's key pair at SendGrid. */
export function sendGridKeys() {
  const { publicKey, privateKey } = generateKeyPairSync('ec', { namedCurve: 'P-256' });
  return {
    publicKey: publicKey.export({ type: 'spki', format: 'der' }).toString('base64'),
    /** A mail as Inbound Parse posts it. `at`: milliseconds since 1970. */
    mail: (query: Readonly<Record<string, string>>, mail: ParsedMail, at: number,
      { name = 'email' }: { readonly name?: string } = {}): WebhookCall => {
      const timestamp = String(Math.floor(at / 1000));
      const { body: whole, contentType } = inboundParseBody(mail);
      const body = Buffer.from(whole.toString('latin1').replace('name="email"', `name="${name}"`), 'latin1');
      return {
        urls: [`${PUBLIC_URL}/webhooks/sendgrid/inbound`],
        query,
        headers: {
          'content-type': contentType,
          'x-twilio-email-event-webhook-timestamp': timestamp,
          'x-twilio-email-event-webhook-signature': sign('sha256', Buffer.concat([Buffer.from(timestamp), body]),
            privateKey).toString('base64'),
        },
        body: body.toString('utf8'),
        bytes: body,
      };
    },
    /** `at`: milliseconds since 1970. */
    call: (query: Readonly<Record<string, string>>, body: string, at: number): WebhookCall => {
      const timestamp = String(Math.floor(at / 1000));
      return {
        urls: [`${PUBLIC_URL}/webhooks/sendgrid/events`],
        query,
        headers: {
          'x-twilio-email-event-webhook-timestamp': timestamp,
          'x-twilio-email-event-webhook-signature': sign('sha256', Buffer.from(timestamp + body), privateKey).toString(
            'base64',
          ),
        },
        body,
      };
    },
  };
}
