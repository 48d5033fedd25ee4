import twilio from 'twilio';
import { getExpectedTwilioSignature, validateRequest } from 'twilio/lib/webhooks/webhooks';
import { checkTwilioSignature } from '../../../../src/providers/twilio-signature';
import { findTwilioMessages } from '../../../../src/providers/twilio-lookup';
import { listTwilioMedia, openTwilioMedium } from '../../../../src/providers/twilio-media';
import { sendByTwilio } from '../../../../src/providers/twilio-send';
import { twilioInboundWebhook } from '../../../../src/providers/twilio-inbound-webhook';
import { twilioStatusWebhook } from '../../../../src/providers/twilio-status-webhook';
import type { VendorRequest } from '../../../../tools/vendor-simulators/loopback-server';
import type { HeldScheduler } from '../../../../tools/vendor-simulators/scheduler';
import { heldScheduler } from '../../../../tools/vendor-simulators/scheduler';
import type { TwilioSimulator } from '../../../../tools/vendor-simulators/twilio-messages/twilio-simulator';
import { startTwilioSimulator } from '../../../../tools/vendor-simulators/twilio-messages/twilio-simulator';
import { connectionTo, outgoing, TWILIO_CREDENTIALS } from '../../../providers/sample-message';
import type { WebhookReceiver } from '../webhook-receiver';
import { startWebhookReceiver } from '../webhook-receiver';

const { twilio_account_sid: SID, twilio_auth_token: TOKEN, twilio_template_sid: TEMPLATE } = TWILIO_CREDENTIALS;
const NOW = Date.UTC(2026, 10, 7, 9, 0, 0);
const SENDER = '+447700900100';
const PERSON = '+447700900200';
const WHATSAPP = { from: `whatsapp:${SENDER}`, to: `whatsapp:${PERSON}` };

let simulator: TwilioSimulator;
let scheduler: HeldScheduler;
/** Twilio's own client, which believes that it talks to Twilio. */
let client: ReturnType<typeof twilio>;

function clientWith(token: string): ReturnType<typeof twilio> {
  const made = twilio(SID, token);
  for (const domain of [made.api, made.content, made.messaging]) domain.baseUrl = simulator.url;
  return made;
}

beforeEach(async () => {
  scheduler = heldScheduler();
  simulator = await startTwilioSimulator({ port: 0, now: () => NOW, scheduler, receiptDelayMilliseconds: 50 });
  simulator.registerAccount({
    accountSid: SID, authToken: TOKEN, smsNumbers: [SENDER], whatsappNumbers: [SENDER],
  });
  simulator.registerTemplate({
    contentSid: TEMPLATE, body: 'Hello {{1}}, about {{2}}.', sampleValues: { 1: 'Sarah', 2: 'it' },
  });
  client = clientWith(TOKEN);
});

afterEach(async () => { await simulator.stop(); });

describe('Twilio\'s own client sends to the simulator', () => {
  test('an SMS, and reads it back', async () => {
    const sent = await client.messages.create({ from: SENDER, to: PERSON, body: 'Hello', validityPeriod: 600 });
    expect(sent).toMatchObject({ status: 'queued', from: SENDER, to: PERSON, body: 'Hello', direction: 'outbound-api' });
    const read = await client.messages(sent.sid).fetch();
    expect(read).toMatchObject({ sid: sent.sid, accountSid: SID, errorCode: null, numSegments: '1' });
    expect(read.dateCreated).toEqual(new Date(NOW));
    expect(read.dateSent).toBeNull();
  });

  test('a WhatsApp template, whose words it reads back', async () => {
    const contentVariables = JSON.stringify({ 1: 'Ada', 2: 'the gap' });
    const sent = await client.messages.create({ ...WHATSAPP, contentSid: TEMPLATE, contentVariables });
    expect((await client.messages(sent.sid).fetch()).body).toBe('Hello Ada, about the gap.');
  });

  test('and lists by recipient and sender, over several pages', async () => {
    for (const body of ['one', 'two', 'three', 'four', 'five']) {
      await client.messages.create({ from: SENDER, to: PERSON, body });
    }
    await client.messages.create({ from: SENDER, to: '+447700900201', body: 'other' });
    const listed = await client.messages.list({ to: PERSON, from: SENDER, pageSize: 2 });
    expect(listed.map(({ body }) => body)).toEqual(['five', 'four', 'three', 'two', 'one']);
  });

  test.each([
    ['a number that is none', { from: SENDER, to: '+15005550001', body: 'x' }, 21211],
    ['a landline', { from: SENDER, to: '+15005550009', body: 'x' }, 21614],
    ['a person who opted out', { from: SENDER, to: '+15005550004', body: 'x' }, 21610],
    ['a sender of another account', { from: '+447700900199', to: PERSON, body: 'x' }, 21606],
    ['no words', { from: SENDER, to: PERSON }, 21602],
    ['variables without a template', { ...WHATSAPP, contentVariables: '{"1":"a"}' }, 21654],
    ['a template that is none', { ...WHATSAPP, contentSid: `HX${'b'.repeat(32)}` }, 21655],
    ['an empty variable', { ...WHATSAPP, contentSid: TEMPLATE, contentVariables: '{"1":""}' }, 21656],
  ])('and gets %s refused as its own error', async (_what, message, code) => {
    const failure: unknown = await client.messages.create(message).catch((error: unknown) => error);
    expect(failure).toBeInstanceOf(twilio.RestException);
    expect(failure).toMatchObject({ status: 400, code, moreInfo: `https://www.twilio.com/docs/errors/${code}` });
  });

  test('and gets a wrong token, a message that is none and too many requests as its own errors', async () => {
    await expect(clientWith('wrong').messages.list()).rejects.toMatchObject({ status: 401, code: 20003 });
    await expect(client.messages(`SM${'0'.repeat(32)}`).fetch()).rejects.toMatchObject({ status: 404, code: 20404 });
    simulator.next({ kind: 'fault', mode: 'rate-limit' });
    await expect(client.messages.create({ from: SENDER, to: PERSON, body: 'x' }))
      .rejects.toMatchObject({ status: 429, code: 20429 });
  });
});

test('Twilio\'s own client reads the account, its numbers, senders and templates from the simulator', async () => {
  expect(await client.api.v2010.accounts(SID).fetch()).toMatchObject({ sid: SID, status: 'active' });
  const numbers = await client.incomingPhoneNumbers.list({ phoneNumber: SENDER });
  expect(numbers).toMatchObject([{ phoneNumber: SENDER, accountSid: SID, capabilities: { sms: true } }]);
  const senders = await client.messaging.v2.channelsSenders.list({ channel: 'whatsapp' });
  expect(senders).toMatchObject([{ senderId: `whatsapp:${SENDER}`, status: 'ONLINE' }]);
  const template = client.content.v1.contents(TEMPLATE);
  expect(await template.fetch()).toMatchObject({ sid: TEMPLATE, variables: { 1: 'Sarah', 2: 'it' } });
  expect(await template.approvalFetch().fetch()).toMatchObject({ sid: TEMPLATE, whatsapp: { status: 'approved' } });
});

describe('the adapter and Twilio\'s own client see the same messages', () => {
  const query = {
    channel: 'sms', recipient: PERSON, sender: SENDER, text: 'Hello', since: NOW - 1000, until: NOW + 1000,
    credentials: TWILIO_CREDENTIALS,
  } as const;

  test('what the client sent is found by the adapter', async () => {
    const sent = await client.messages.create({ from: SENDER, to: PERSON, body: 'Hello' });
    const other = await client.messages.create({ from: SENDER, to: PERSON, body: 'Goodbye' });
    expect(await findTwilioMessages(query, connectionTo(simulator.url)))
      .toEqual({ outcome: 'listed', vendorMessageIds: [sent.sid], otherMessageIds: [other.sid] });
  });

  test.each([
    ['an SMS', { channel: 'sms', text: 'Hello', segments: 1 } as const, SENDER, PERSON, 'Hello'],
    [
      'a WhatsApp template', { channel: 'whatsapp', text: '', variables: { 1: 'Ada', 2: 'it' } } as const,
      WHATSAPP.from, WHATSAPP.to, 'Hello Ada, about it.',
    ],
  ])('%s that the adapter sent is read by the client', async (_what, message, from, to, body) => {
    const result = await sendByTwilio(outgoing(message), connectionTo(simulator.url));
    expect(result.outcome).toBe('accepted');
    const sid = result.outcome === 'accepted' ? result.vendorMessageId : '';
    expect(await client.messages(sid).fetch()).toMatchObject({ from, to, body, status: 'queued' });
    expect((await client.messages.list({ from, to })).map((listed) => listed.sid)).toEqual([sid]);
  });
});

describe('a webhook of the simulator', () => {
  let receiver: WebhookReceiver;

  beforeEach(async () => { receiver = await startWebhookReceiver(200); });

  afterEach(async () => { await receiver.stop(); });

  /** What both say of a call that came in at this URL. */
  function verdicts(url: string, { headers, body }: VendorRequest, token: string) {
    const form = Object.fromEntries(new URLSearchParams(body));
    const signature = String(headers['x-twilio-signature']);
    const { verdict } = checkTwilioSignature(
      { urls: [url], query: {}, headers: { 'x-twilio-signature': signature }, body }, { twilio_auth_token: token },
    );
    return { twilio: validateRequest(token, signature, url, form), adapter: verdict === 'genuine' };
  }

  test('of a receipt is genuine for Twilio\'s library and for the adapter, and of another token for neither', async () => {
    const statusCallback = `${receiver.url}?conversation_id=acme%23x&attempt_id=7`;
    await client.messages.create({ from: SENDER, to: PERSON, body: 'Hello', statusCallback: `${statusCallback}#rc=5` });
    await scheduler.runAll();
    const calls = receiver.received();
    expect(calls.length).toBeGreaterThan(0);
    for (const call of calls) {
      expect(verdicts(statusCallback, call, TOKEN)).toEqual({ twilio: true, adapter: true });
      expect(verdicts(statusCallback, call, 'other')).toEqual({ twilio: false, adapter: false });
      expect(verdicts(statusCallback, { ...call, body: `${call.body}&x=y` }, TOKEN))
        .toEqual({ twilio: false, adapter: false });
      const query = { conversation_id: 'acme#x', attempt_id: '7' };
      expect(twilioStatusWebhook.read({ urls: [], query, headers: {}, body: call.body }))
        .toMatchObject({ kind: 'receipts', ignored: 0 });
    }
  });

  test.each(['Hello', 'Grüße, 你好 👋', 'a=b&c=d', ' STOP \n'])('of the words %j is too, and is read', async (body) => {
    const url = `${receiver.url}?company_id=acme&channel=whatsapp`;
    await simulator.receiveInbound({ from: WHATSAPP.to, to: WHATSAPP.from, body, url });
    const [call] = receiver.received();
    expect(call && verdicts(url, call, TOKEN)).toEqual({ twilio: true, adapter: true });
    expect(twilioInboundWebhook.read({ urls: [], query: {}, headers: {}, body: call?.body ?? '' }))
      .toMatchObject({ message: { from: PERSON, to: SENDER, text: body } });
  });
});

test('media of a message are the same for Twilio\'s own client and the adapter, which streams them', async () => {
  const message = `SM${'7'.repeat(32)}`;
  await simulator.receiveInbound({
    from: PERSON, to: SENDER, body: '', url: 'http://127.0.0.1:9/#rc=0', sid: message,
    media: [{ contentType: 'image/png' }, { contentType: 'audio/ogg', content: Buffer.from('a voice') }],
  });
  const listed = await client.messages(message).media.list();
  const query = { message, credentials: TWILIO_CREDENTIALS };
  expect(await listTwilioMedia(query, connectionTo(simulator.url))).toEqual({
    outcome: 'listed', media: listed.map(({ sid: id, contentType: type }) => ({ id, type })),
  });
  const opened = await openTwilioMedium({ ...query, id: listed[1]?.sid ?? '' }, connectionTo(simulator.url));
  if (opened.outcome !== 'open') throw new Error(opened.outcome);
  const parts: Uint8Array[] = [];
  for await (const part of opened.content) parts.push(part);
  expect([opened.type, opened.bytes, Buffer.concat(parts).toString()]).toEqual(['audio/ogg', 7, 'a voice']);
});

test('a signature of Twilio\'s library over another address is genuine for neither', () => {
  const form = { MessageSid: `SM${'1'.repeat(32)}`, Body: 'Hello' };
  const signature = getExpectedTwilioSignature(TOKEN, 'https://one.example.com/hook', form);
  const url = 'https://two.example.com/hook';
  const call = {
    urls: [url], query: {}, headers: { 'x-twilio-signature': signature }, body: new URLSearchParams(form).toString(),
  };
  expect(checkTwilioSignature(call, { twilio_auth_token: TOKEN })).toEqual({ verdict: 'forged' });
  expect(validateRequest(TOKEN, signature, url, form)).toBe(false);
});
