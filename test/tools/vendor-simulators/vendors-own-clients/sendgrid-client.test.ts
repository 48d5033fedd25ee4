import client from '@sendgrid/client';
import { EventWebhook, EventWebhookHeader } from '@sendgrid/eventwebhook';
import mail from '@sendgrid/mail';
import { sendGridEventWebhook } from '../../../../src/providers/sendgrid-event-webhook';
import { sendBySendGrid } from '../../../../src/providers/sendgrid-send';
import { checkSendGridSignature } from '../../../../src/providers/sendgrid-signature';
import type { VendorRequest } from '../../../../tools/vendor-simulators/loopback-server';
import type { HeldScheduler } from '../../../../tools/vendor-simulators/scheduler';
import { heldScheduler } from '../../../../tools/vendor-simulators/scheduler';
import type { SendGridSimulator } from '../../../../tools/vendor-simulators/sendgrid-mail/sendgrid-simulator';
import { startSendGridSimulator } from '../../../../tools/vendor-simulators/sendgrid-mail/sendgrid-simulator';
import { ATTEMPT, connectionTo, CONVERSATION, outgoing, SENDGRID_CREDENTIALS } from '../../../providers/sample-message';
import type { WebhookReceiver } from '../webhook-receiver';
import { startWebhookReceiver } from '../webhook-receiver';

const KEY = SENDGRID_CREDENTIALS.sendgrid_api_key;
const NOW = Date.UTC(2026, 10, 7, 9, 0, 0);
const FROM = 'careers@example.org';
const MAIL = {
  to: { email: 'ada@example.com', name: 'Ada' },
  from: FROM,
  subject: 'One question',
  content: [{ type: 'text/plain', value: 'Dear Ada' }] as const,
  customArgs: { conversation_id: CONVERSATION, attempt_id: ATTEMPT },
};
const FILLED = { channel: 'email', subject: 'One question', text: 'Dear Ada', html: '<p>Dear Ada</p>' } as const;

let simulator: SendGridSimulator;
let scheduler: HeldScheduler;
let receiver: WebhookReceiver;

beforeEach(async () => {
  scheduler = heldScheduler();
  receiver = await startWebhookReceiver(204);
  simulator = await startSendGridSimulator({ port: 0, now: () => NOW, scheduler, receiptDelayMilliseconds: 50 });
  simulator.registerKey({ apiKey: KEY, verifiedSenders: [FROM], eventWebhookUrl: receiver.url });
});

afterEach(async () => {
  await simulator.stop();
  await receiver.stop();
});

type Mail = Parameters<typeof mail.send>[0];

/** SendGrid's own client, which believes that it talks to SendGrid. */
function clientWith(key: string): typeof client {
  client.setApiKey(key);
  client.setDefaultRequest('baseUrl', simulator.url);
  return client;
}

async function sendMail(data: Mail, key = KEY) {
  mail.setClient(clientWith(key));
  return mail.send(data);
}

async function send(change: object = {}, key = KEY) {
  return sendMail({ ...MAIL, content: [...MAIL.content], ...change } as Mail, key);
}

describe('SendGrid\'s own client sends to the simulator', () => {
  test('a mail, and gets the id that its events bear', async () => {
    const [response] = await send();
    expect(response).toMatchObject({ statusCode: 202 });
    const { 'x-message-id': messageId } = response.headers as Readonly<Record<string, string>>;
    expect(simulator.deliveries()).toMatchObject([
      { to: 'ada@example.com', from: FROM, subject: 'One question', text: 'Dear Ada', vendorMessageId: messageId },
    ]);
    await scheduler.runAll();
    expect(receiver.received().flatMap(({ body }) => JSON.parse(body) as readonly object[])).toMatchObject(
      ['processed', 'delivered', 'open'].map((event) => ({
        event, conversation_id: CONVERSATION, attempt_id: ATTEMPT,
        sg_message_id: expect.stringMatching(`^${messageId}\\.`),
      })),
    );
  });

  test('a mail in the sandbox, which goes nowhere', async () => {
    const [response] = await send({ mailSettings: { sandboxMode: { enable: true } } });
    expect(response.statusCode).toBe(200);
    expect(simulator.deliveries()).toEqual([]);
  });

  test.each([
    ['a wrong key', {}, 'SG.another-key', 401],
    ['a sender that is not verified', { from: 'else@example.org' }, KEY, 403],
    ['no subject', { subject: '' }, KEY, 400],
    ['a mail that is too large', { to: 'too-large@example.com' }, KEY, 413],
    ['too many requests', { to: 'rate-limit@example.com' }, KEY, 429],
    ['a fault of SendGrid', { to: 'server-error@example.com' }, KEY, 500],
  ])('and gets %s as its own error', async (_what, change, key, code) => {
    await expect(send(change, key)).rejects.toMatchObject({ name: 'Error', code, response: expect.anything() });
  });

  test('and reads what the key may do and whom it may send as', async () => {
    const known = clientWith(KEY);
    const read = async (url: string) => (await known.request({ method: 'GET', url }))[1] as unknown;
    expect(await read('/v3/scopes')).toMatchObject({ scopes: expect.arrayContaining(['mail.send']) });
    expect(await read('/v3/verified_senders')).toMatchObject({ results: [{ from_email: FROM, verified: true }] });
    expect(await read('/v3/whitelabel/domains')).toEqual([]);
  });
});

test('the adapter and SendGrid\'s own client say the same mail in the same words', async () => {
  await sendBySendGrid(outgoing(FILLED), connectionTo(simulator.url));
  const off = { enable: false };
  await sendMail({
    to: 'ada@example.com', from: FROM, subject: FILLED.subject, text: FILLED.text, html: FILLED.html,
    customArgs: MAIL.customArgs,
    trackingSettings: {
      clickTracking: { enable: false, enableText: false },
      openTracking: off,
      subscriptionTracking: off,
      ganalytics: off,
    },
    mailSettings: { footer: off },
  });
  const [ours, theirs] = simulator.received().map(({ body }) => asSendGridReads(body));
  expect(ours).toEqual(theirs);
});

/** The client puts arguments of all mails at the top, where SendGrid reads them as those of each. */
function asSendGridReads(body: unknown): unknown {
  const { custom_args: shared, personalizations, ...rest } = body as {
    readonly custom_args?: object;
    readonly personalizations: ReadonlyArray<{ readonly custom_args?: object }>;
  };
  const each = personalizations.map((one) => ({ ...one, custom_args: one.custom_args ?? shared }));
  return { ...rest, personalizations: each };
}

describe('the simulator\'s events', () => {
  /** What both say of a batch. */
  function verdicts({ headers, body }: VendorRequest, publicKey: string, now = NOW) {
    const library = new EventWebhook();
    const names = [EventWebhookHeader.SIGNATURE(), EventWebhookHeader.TIMESTAMP()];
    const [signature = '', timestamp = ''] = names.map((name) => String(headers[name.toLowerCase()]));
    const given = {
      'x-twilio-email-event-webhook-signature': signature,
      'x-twilio-email-event-webhook-timestamp': timestamp,
    };
    const { verdict } = checkSendGridSignature(
      { urls: [], query: {}, headers: given, body }, { sendgrid_webhook_public_key: publicKey }, now,
    );
    const key = library.convertPublicKeyToECDSA(publicKey);
    return {
      sendgrid: library.verifySignature(key, body, signature, timestamp), adapter: verdict === 'genuine',
    };
  }

  beforeEach(async () => {
    await send({ to: 'bounce@example.com' });
    await send({ content: [{ type: 'text/plain', value: 'Grüße 👋' }] });
    await scheduler.runAll();
  });

  test('are genuine for SendGrid\'s library and for the adapter, and read', () => {
    expect(receiver.received().length).toBeGreaterThan(3);
    for (const call of receiver.received()) {
      expect(verdicts(call, simulator.publicKey(KEY))).toEqual({ sendgrid: true, adapter: true });
      expect(sendGridEventWebhook.read({ urls: [], query: {}, headers: {}, body: call.body }))
        .toMatchObject({ ignored: 0, receipts: [{ conversationId: CONVERSATION, attemptId: ATTEMPT }] });
    }
  });

  test('are forged for both with another key, another body, and without the line\'s end', () => {
    simulator.registerKey({ apiKey: 'SG.other', verifiedSenders: [] });
    for (const call of receiver.received()) {
      const forged = { sendgrid: false, adapter: false };
      expect(verdicts(call, simulator.publicKey('SG.other'))).toEqual(forged);
      const changed = call.body.replace('event', 'Event');
      expect(verdicts({ ...call, body: changed }, simulator.publicKey(KEY))).toEqual(forged);
      expect(verdicts({ ...call, body: call.body.trimEnd() }, simulator.publicKey(KEY))).toEqual(forged);
    }
  });
});
