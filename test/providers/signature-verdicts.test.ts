import { createHash, createSign, generateKeyPairSync } from 'node:crypto';
import { EventWebhook } from '@sendgrid/eventwebhook';
import fc from 'fast-check';
import {
  getExpectedTwilioSignature, getSignatureAlgorithm, validateRequest, validateRequestWithBody,
} from 'twilio/lib/webhooks/webhooks';
import { checkSendGridSignature } from '../../src/providers/sendgrid-signature';
import { checkTwilioSignature } from '../../src/providers/twilio-signature';

const TOKEN = 'the-token';
const BASE = 'https://api.example.com/dev/webhooks/twilio/inbound';
const NAMES = ['Body', 'From', 'To', 'MessageSid', 'NumMedia', 'ä', 'a', 'A', 'B0', '_'];
const text = fc.string({ unit: 'grapheme', maxLength: 12 });
const forms = fc.dictionary(fc.constantFrom(...NAMES), fc.oneof(text, fc.array(text, { minLength: 1, maxLength: 3 })));

type Form = Readonly<Record<string, string | string[]>>;

function encoded(form: Form): string {
  const parameters = new URLSearchParams();
  for (const [name, values] of Object.entries(form)) {
    for (const value of [values].flat()) parameters.append(name, value);
  }
  return parameters.toString();
}

function adapter(url: string, headers: Readonly<Record<string, string>>, body: string, secret = TOKEN): boolean {
  const query = Object.fromEntries(new URL(url).searchParams);
  const credentials = { twilio_auth_token: TOKEN, twilio_webhook_shared_key: secret };
  return checkTwilioSignature({ urls: [url], query, headers, body }, credentials).verdict === 'genuine';
}

describe('the adapter\'s verdict is that of Twilio\'s own library', () => {
  test('on any form, signed by the library, and on one whose signature is another\'s', () => {
    fc.assert(fc.property(forms, fc.webQueryParameters(), fc.boolean(), (form, query, isForeign) => {
      const url = query === '' ? BASE : `${BASE}?${query}`;
      fc.pre(!url.includes('bodySHA256'));
      const signature = getExpectedTwilioSignature(isForeign ? 'another' : TOKEN, url, form);
      expect(adapter(url, { 'x-twilio-signature': signature }, encoded(form))).toBe(!isForeign);
      expect(validateRequest(TOKEN, signature, url, form)).toBe(!isForeign);
    }), { numRuns: 200 });
  });

  test('on any body of JSON, changed or not', () => {
    fc.assert(fc.property(fc.json(), fc.boolean(), (body, isChanged) => {
      const url = `${BASE}?bodySHA256=${createHash('sha256').update(body).digest('hex')}`;
      const signature = getExpectedTwilioSignature(TOKEN, url, {});
      const given = isChanged ? `${body} ` : body;
      expect(adapter(url, { 'x-twilio-signature': signature }, given)).toBe(!isChanged);
      expect(validateRequestWithBody(TOKEN, signature, url, given)).toBe(!isChanged);
    }), { numRuns: 100 });
  });

  // The library takes the shared key alone where the header names an algorithm, and either where it names none.
  test.each([
    'key=webhooks_sharedkey_1,algorithm=HMAC_SHA256', 'key=webhooks_sharedkey_1,algorithm=HMAC_SHA1',
    'key=webhooks_sharedkey_1, algorithm = hmac_sha256', 'algorithm=HMAC_SHA1', 'key=webhooks_sharedkey_1',
    'key=webhooks_sharedkey_1,algorithm=', 'key=webhooks_sharedkey_1,algorithm=HMAC_SHA512', 'algorithm=none',
    'xalgorithm=HMAC_SHA256',
  ])('on a call whose settings are %j', (settings) => {
    jest.spyOn(console, 'warn').mockImplementation(() => undefined);
    const form = { Body: 'Hello' };
    const algorithm = getSignatureAlgorithm(settings);
    for (const secret of [TOKEN, 'shared']) {
      for (const signedBy of ['HMAC_SHA1', 'HMAC_SHA256']) {
        const signature = getExpectedTwilioSignature(secret, BASE, form, signedBy);
        const headers = { 'x-twilio-signature': signature, 'x-twilio-webhooks-signature-settings': settings };
        const isNamed = /(?:^|,)\s*algorithm\s*=\s*\w/.test(settings);
        const theirs = (isNamed ? ['shared'] : ['shared', TOKEN])
          .some((known) => validateRequest(known, signature, BASE, form, algorithm));
        expect({ secret, signedBy, genuine: adapter(BASE, headers, encoded(form), 'shared') })
          .toEqual({ secret, signedBy, genuine: theirs });
      }
    }
  });
});

test('the adapter\'s verdict on events is that of SendGrid\'s own library', () => {
  const pairs = [0, 1].map(() => generateKeyPairSync('ec', { namedCurve: 'P-256' }));
  const publicKey = pairs[0]?.publicKey.export({ type: 'spki', format: 'der' }).toString('base64') ?? '';
  const library = new EventWebhook();
  const now = 1_790_000_000;
  fc.assert(fc.property(fc.json(), fc.nat(1), fc.boolean(), (body, signer, isChanged) => {
    const key = pairs[signer]?.privateKey ?? '';
    const signature = createSign('sha256').update(`${now}${body}`).sign(key, 'base64');
    const given = isChanged ? `${body} ` : body;
    const headers = {
      'x-twilio-email-event-webhook-signature': signature, 'x-twilio-email-event-webhook-timestamp': String(now),
    };
    const { verdict } = checkSendGridSignature(
      { urls: [], query: {}, headers, body: given }, { sendgrid_webhook_public_key: publicKey }, now * 1000,
    );
    const theirs = library.verifySignature(library.convertPublicKeyToECDSA(publicKey), given, signature, String(now));
    expect(verdict === 'genuine').toBe(theirs);
    expect(theirs).toBe(signer === 0 && !isChanged);
  }), { numRuns: 10 });
});
