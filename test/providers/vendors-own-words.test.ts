import { generateKeyPairSync } from 'node:crypto';
import { getExpectedTwilioSignature, validateRequest } from 'twilio/lib/webhooks/webhooks';
import { readResponse } from '../../src/ai/openai-response';
import type { WebhookCall } from '../../src/core/ports/receipt';
import { sendGridEventWebhook } from '../../src/providers/sendgrid-event-webhook';
import { checkSendGridSignature, publicKeyFault } from '../../src/providers/sendgrid-signature';
import { TWILIO_CODES } from '../../src/providers/twilio-codes';
import { twilioInboundWebhook } from '../../src/providers/twilio-inbound-webhook';
import { checkTwilioSignature } from '../../src/providers/twilio-signature';
import { twilioStatusWebhook } from '../../src/providers/twilio-status-webhook';

const URL_CALLED = 'https://api.example.com/dev/webhooks/twilio/inbound?company_id=acme&channel=sms';
const FORM = { MessageSid: `SM${'1'.repeat(32)}`, From: '+447700900123', To: '+447700900100', Body: 'Hello' };

function call(form: Readonly<Record<string, string>>, headers: Readonly<Record<string, string>> = {}): WebhookCall {
  return { urls: [URL_CALLED], query: {}, headers, body: new URLSearchParams(form).toString() };
}

const response = (body: object) =>
  readResponse(new Response(JSON.stringify({ status: 'completed', usage: null, ...body })));
const message = (text: string, phase?: string | null) => ({
  type: 'message', content: [{ type: 'output_text', text }], ...(phase === undefined ? {} : { phase }),
});

describe('OpenAI\'s answer', () => {
  test.each([
    ['a comment before the answer', [message('Let me see.', 'commentary'), message('{"a":"b"}', 'final_answer')]],
    [
      'several comments, with braces of their own',
      [message('{"a":', 'commentary'), message('x', 'commentary'), message('{"a":"b"}', 'final_answer')],
    ],
    ['no phase', [message('{"a":"b"}')]],
    ['an empty phase', [message('{"a":"b"}', null)]],
    [
      'a phase that this engine does not know beside the answer',
      [message('?', 'musing'), message('{"a":"b"}', 'final_answer')],
    ],
  ])('is read in spite of %s', async (_what, output) => {
    expect(await response({ output })).toMatchObject({ outcome: 'values', values: { a: 'b' } });
  });

  test.each([
    ['data_residency_mismatch', { outcome: 'misconfigured', code: 'data_residency_mismatch' }],
    ['server_error', { outcome: 'try_again' }],
    ['invalid_prompt', { outcome: 'refused' }],
    ['a_code_of_tomorrow', { outcome: 'refused' }],
  ])('that failed with %s', async (code, expected) => {
    expect(await response({ status: 'failed', error: { code }, output: [] })).toMatchObject(expected);
  });
});

describe('Twilio\'s signature, made by Twilio\'s own library', () => {
  const sign = (secret: string, url = URL_CALLED, algorithm?: string) =>
    getExpectedTwilioSignature(secret, url, FORM, algorithm);
  const settings = { 'x-twilio-webhooks-signature-settings': 'key=webhooks_sharedkey_1,algorithm=HMAC_SHA256' };

  test.each([
    ["the account's token", sign('now'), {}, { twilio_auth_token: 'now' }],
    [
      'the token before a change',
      sign('before'),
      {},
      { twilio_auth_token: 'now', twilio_secondary_auth_token: 'before' },
    ],
    ['the token after a change', sign('next'), {}, { twilio_auth_token: 'now', twilio_secondary_auth_token: 'next' }],
    [
      'a shared key',
      sign('shared', URL_CALLED, 'HMAC_SHA256'),
      settings,
      { twilio_auth_token: 'now', twilio_webhook_shared_key: 'shared' },
    ],
    ['the port in the address', sign('now', URL_CALLED.replace('.com', '.com:443')), {}, { twilio_auth_token: 'now' }],
  ])('proves a call by %s', (_what, signature, headers, credentials) => {
    expect(checkTwilioSignature(call(FORM, { ...headers, 'x-twilio-signature': signature }), credentials)).toEqual({
      verdict: 'genuine',
    });
  });

  test.each([
    ['another token', sign('other'), {}, { twilio_auth_token: 'now' }],
    [
      "the account's token where the call says a shared key",
      sign('now'),
      settings,
      { twilio_auth_token: 'now', twilio_webhook_shared_key: 'shared' },
    ],
    [
      'a shared key that is not stored',
      sign('shared', URL_CALLED, 'HMAC_SHA256'),
      settings,
      { twilio_auth_token: 'now' },
    ],
    [
      'an empty shared key',
      sign('', URL_CALLED, 'HMAC_SHA256'),
      settings,
      { twilio_auth_token: 'now', twilio_webhook_shared_key: '' },
    ],
  ])('does not prove one by %s', (_what, signature, headers, credentials) => {
    expect(checkTwilioSignature(call(FORM, { ...headers, 'x-twilio-signature': signature }), credentials)).toEqual({
      verdict: 'forged',
    });
  });

  test('agrees with Twilio\'s own verdict on each', () => {
    for (const secret of ['now', 'other']) {
      const genuine =
        checkTwilioSignature(call(FORM, { 'x-twilio-signature': sign(secret) }), { twilio_auth_token: 'now' })
          .verdict === 'genuine';
      expect(genuine).toBe(validateRequest('now', sign(secret), URL_CALLED, FORM));
    }
  });
});

describe('a signed form whose fields were moved into another', () => {
  // Twilio signs names and values joined without a border: this form has the very same signature as the genuine one.
  const genuine = {
    Body: 'START',
    From: '+447700900123',
    MessageSid: `SM${'a'.repeat(32)}`,
    NumMedia: '0',
    To: '+447700900100',
  };
  const moved = {
    Body: 'START',
    From: '+447700900123',
    MessageSid: `SM${'a'.repeat(32)}NumMedia0`,
    To: '+447700900100',
  };

  test('has the signature of the genuine one, and is not read', () => {
    expect(getExpectedTwilioSignature('t', URL_CALLED, moved)).toBe(
      getExpectedTwilioSignature('t', URL_CALLED, genuine),
    );
    expect(twilioInboundWebhook.read(call(genuine))).toMatchObject({ kind: 'inbound' });
    expect(twilioInboundWebhook.read(call(moved))).toBeUndefined();
  });

  test.each([`SM${'a'.repeat(31)}`, `SM${'a'.repeat(33)}`, 'SM1', `XX${'a'.repeat(32)}`, `SM${'g'.repeat(32)}`])(
    'with the identifier %s is not read',
    (MessageSid) => {
      expect(twilioInboundWebhook.read(call({ ...genuine, MessageSid }))).toBeUndefined();
      const query = { conversation_id: 'c', attempt_id: 'a' };
      expect(twilioStatusWebhook.read({ ...call({ MessageSid, MessageStatus: 'sent' }), query })).toBeUndefined();
    },
  );

  test('in upper case is', () => {
    expect(twilioInboundWebhook.read(call({ ...genuine, MessageSid: `SM${'A'.repeat(32)}` }))).toMatchObject({
      kind: 'inbound',
    });
  });
});

test.each([
  [{ Latitude: '51.5', Longitude: '-0.1', Label: 'Office', Body: '' }, '[a location] Office 51.5, -0.1'],
  [{ Latitude: '51.5', Longitude: '-0.1', Body: 'Here' }, 'Here'],
  [{ Body: '' }, ''],
])('a shared place of %j is kept in words', (fields, text) => {
  expect(twilioInboundWebhook.read(call({ ...FORM, ...fields }))).toMatchObject({ message: { text } });
});

describe('SendGrid\'s key and events', () => {
  const { publicKey } = generateKeyPairSync('ec', { namedCurve: 'P-256' });

  test.each([
    ['base64', publicKey.export({ type: 'spki', format: 'der' }).toString('base64')],
    ['PEM', publicKey.export({ type: 'spki', format: 'pem' })],
    ['PEM on one line', String(publicKey.export({ type: 'spki', format: 'pem' })).replaceAll('\n', ' ')],
  ])('a key in %s is taken', (_form, key) => {
    expect(publicKeyFault(String(key))).toBeUndefined();
    const verdict = checkSendGridSignature(call({}), { sendgrid_webhook_public_key: String(key) }, 0);
    expect(verdict).toEqual({ verdict: 'forged' });
  });

  test.each([
    'a.filterdrecv-5645d9c87f-78xgx-18-5F5F-2.0',
    'a.stfilter-1-2',
    'a.recvd-5d6cb8d4b5-abcde-1-61F3A0B2-1.0',
    'a.filter0001.16648.5515E0B88.0',
  ])('the mail of %s is known by the answer to its send', (sg_message_id) => {
    const events = [{ event: 'delivered', conversation_id: 'c', attempt_id: 'a', sg_message_id }];
    expect(sendGridEventWebhook.read({ ...call({}), body: JSON.stringify(events) })).toMatchObject({
      receipts: [{ vendorMessageId: 'a' }],
    });
  });

  test('events of an unknown kind and of a mail that is not ours are counted, a bounce without our arguments is kept apart', () => {
    const events = [
      { event: 'teleported', conversation_id: 'c', attempt_id: 'a' },
      { event: 'bounce', email: 'jo@example.com' },
      7,
    ];
    expect(sendGridEventWebhook.read({ ...call({}), body: JSON.stringify(events) })).toEqual({
      kind: 'receipts',
      receipts: [],
      unnamed: [{
        recipient: 'jo@example.com',
        status: 'undelivered',
        failure: { reason: 'recipient_unreachable', detail: 'bounce' },
      }],
      ignored: 2,
    });
  });
});

describe('Twilio\'s codes', () => {
  const CONFIGURATION = [
    10001, 90010, 20006, 20008, 20010, 21657, 21701, 21702, 21704, 21705, 30033, 30034, 30035, 63002, 63062, 572002,
    572005, 572006, 63056, 63059, 63112,
  ];
  const TEMPLATE = [21619, 92005, 92006, 92007, 63054];
  const TRANSIENT = [30047, 30410, 63009, 63010, 63012, 63053];

  test.each(CONFIGURATION)('%d is for the operator to put right', (code) => {
    expect(TWILIO_CODES[code]?.slice(0, 2)).toEqual(['sender_misconfigured', 'after_configuration']);
  });
  test.each(TEMPLATE)('%d is of the template', (code) => {
    expect(TWILIO_CODES[code]?.[0]).toBe('template_rejected');
  });
  test.each(TRANSIENT)('%d passes', (code) => {
    expect(TWILIO_CODES[code]?.slice(0, 2)).toEqual(['vendor_busy', 'soon']);
  });
  test.each([63014, 63050])('%d is a wish of the recipient', (code) => {
    expect(TWILIO_CODES[code]?.[0]).toBe('recipient_opted_out');
  });
  test.each([
    [30610, 'recipient_unavailable', 'next_day', /8 a\.m\. to 9 p\.m\./],
    [30640, 'vendor_refused', 'never', /Compliance Toolkit/],
    [63058, 'region_not_permitted', 'never', /country/],
    [92005, 'template_rejected', 'after_configuration', /without a template/],
    [92007, 'template_rejected', 'never', /JSON object/],
    [572002, 'sender_misconfigured', 'after_configuration', /trial account/],
    [572006, 'sender_misconfigured', 'after_configuration', /trial account/],
    [21657, 'sender_misconfigured', 'after_configuration', /sender's ID/],
  ] as const)('%d says what Twilio\'s own page says', (code, reason, retry, cause) => {
    const [known, rule, words] = TWILIO_CODES[code] ?? [];
    expect([known, rule]).toEqual([reason, retry]);
    expect(words).toMatch(cause);
  });

  test.each([30001, 30003, 30017, 30022, 30023, 63017, 63018, 63038, 63049])(
    '%d comes after the send: its words do not promise another attempt',
    (code) => {
      expect(TWILIO_CODES[code]?.[3]).not.toMatch(/tried again|tried once more/);
    },
  );
});
