import type { WebhookCall } from '../../src/core/ports/receipt';
import { checkTwilioSignature } from '../../src/providers/twilio-signature';

const CREDENTIALS = { twilio_auth_token: '12345' };
const URL_OF_DOCS = 'https://mycompany.com/myapp.php?foo=1&bar=2';

/** The example of Twilio's documentation ("Validating Signatures from Twilio") and of its own libraries' tests. */
const EXAMPLE: WebhookCall = {
  urls: [URL_OF_DOCS],
  query: { foo: '1', bar: '2' },
  headers: { 'x-twilio-signature': 'RSOYDt4T1cUTdK1PDd93/VVr8B8=' },
  body: 'To=%2B18005551212&CallSid=CA1234567890ABCDE&Caller=%2B14158675309&Digits=1234&From=%2B14158675309',
};

const BODY_HASH = '0a1ff7634d9ab3b95db5c9a2dfe9416e41502b283a80c7cf19632632f96e6620';
/** The example with a JSON body from the tests of Twilio's libraries. */
const JSON_EXAMPLE: WebhookCall = {
  urls: [`${URL_OF_DOCS}&bodySHA256=${BODY_HASH}`],
  query: { foo: '1', bar: '2', bodySHA256: BODY_HASH },
  headers: { 'x-twilio-signature': 'a9nBmqA0ju/hNViExpshrM61xv4=' },
  body: '{"property": "value", "boolean": true}',
};

const verdict = (call: WebhookCall, credentials: Readonly<Record<string, string>> = CREDENTIALS) =>
  checkTwilioSignature(call, credentials);

describe('Twilio\'s signature', () => {
  it('of Twilio\'s own examples is genuine', () => {
    expect([verdict(EXAMPLE), verdict(JSON_EXAMPLE)]).toEqual([{ verdict: 'genuine' }, { verdict: 'genuine' }]);
  });

  it('may be for any of the spellings that the URL may have had', () => {
    expect(verdict({ ...EXAMPLE, urls: ['https://mycompany.com/myapp.php?bar=2&foo=1', URL_OF_DOCS] })).toEqual({
      verdict: 'genuine',
    });
  });

  it.each<[string, WebhookCall]>([
    ['another parameter', { ...EXAMPLE, body: EXAMPLE.body.replace('1234', '1235') }],
    ['one parameter more', { ...EXAMPLE, body: `${EXAMPLE.body}&Extra=1` }],
    ['one parameter less', { ...EXAMPLE, body: EXAMPLE.body.replace('&Digits=1234', '') }],
    ['another query', { ...EXAMPLE, urls: [URL_OF_DOCS.replace('foo=1', 'foo=2')] }],
    ['another host', { ...EXAMPLE, urls: [URL_OF_DOCS.replace('mycompany', 'yourcompany')] }],
    ['another scheme', { ...EXAMPLE, urls: [URL_OF_DOCS.replace('https', 'http')] }],
    ['no URL', { ...EXAMPLE, urls: [] }],
    ['no signature', { ...EXAMPLE, headers: {} }],
    [
      'a signature of the same length',
      { ...EXAMPLE, headers: { 'x-twilio-signature': 'SSOYDt4T1cUTdK1PDd93/VVr8B8=' } },
    ],
    ['a signature cut short', { ...EXAMPLE, headers: { 'x-twilio-signature': 'RSOYDt4T1cUTdK1PDd93/VVr8B8' } }],
    ['another JSON body', { ...JSON_EXAMPLE, body: '{"property": "value", "boolean": false}' }],
    ['a JSON body in place of the form', { ...EXAMPLE, body: JSON_EXAMPLE.body }],
    ['a hash that is not in the signed URL', { ...EXAMPLE, query: { bodySHA256: BODY_HASH } }],
  ])('does not hold for %s', (_words, call) => {
    expect(verdict(call)).toEqual({ verdict: 'forged' });
  });

  it('does not hold with another account\'s token', () => {
    expect(verdict(EXAMPLE, { twilio_auth_token: '12346' })).toEqual({ verdict: 'forged' });
  });

  it('cannot be checked without a token, and nothing is genuine by an empty one', () => {
    expect(verdict(EXAMPLE, {})).toEqual({ verdict: 'unconfigured', field: 'twilio_auth_token' });
    expect(verdict(EXAMPLE, { twilio_auth_token: '' })).toEqual({
      verdict: 'unconfigured',
      field: 'twilio_auth_token',
    });
  });

  it('counts a value that a name has several times once, as Twilio\'s library does', () => {
    // printf '%s' 'https://a.example/sBodybBodyc' | openssl dgst -sha1 -hmac 12345 -binary | base64
    const headers = { 'x-twilio-signature': 'GS9ylWz2X3NwvXZ6zKOw8Jntav8=' };
    expect(verdict({ urls: ['https://a.example/s'], query: {}, headers, body: 'Body=c&Body=b&Body=c' })).toEqual({
      verdict: 'genuine',
    });
  });
});
