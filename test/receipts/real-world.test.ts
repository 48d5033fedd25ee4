import { twilioStatusWebhook } from '../../src/providers/twilio-status-webhook';
import { twilioInboundWebhook } from '../../src/providers/twilio-inbound-webhook';
import { sendGridEventWebhook } from '../../src/providers/sendgrid-event-webhook';
import { REFUSED } from '../../src/receipts/webhook-answer';
import { SAMPLE_CREDENTIALS_SECRET } from '../support/sample-message';
import { twilioCall } from '../support/sample-webhook';
import { ATTEMPT, SENT, TOKEN, WebhookWorld } from '../support/webhook-world';

const SID = `SM${'1'.repeat(32)}`;
const inbound = (form: Readonly<Record<string, string>>, channel = 'sms', token = TOKEN) => twilioCall(
  twilioInboundWebhook.path, { company_id: 'brightpath', project_id: 'cv-review', channel },
  { MessageSid: SID, From: '+447700900123', To: '+447700900002', Body: 'Hello', ...form }, token,
);

describe('a token that was changed', () => {
  test('proves at once, since the secret is read past the cache before a call is refused', async () => {
    const world = new WebhookWorld();
    const reads: Array<boolean | undefined> = [];
    const fields = { twilio_auth_token: 'changed' };
    jest
      .spyOn(world.secrets, 'read')
      .mockImplementation(async (_id: string, _use: unknown, options?: { readonly pastCache: boolean }) => {
        reads.push(options?.pastCache);
        return Promise.resolve({
          outcome: 'found' as const,
          fields: options?.pastCache ? fields : { twilio_auth_token: TOKEN },
        });
      });
    expect(await world.receive(twilioInboundWebhook.path, inbound({ Body: 'STOP' }, 'sms', 'changed'))).toBe(
      twilioInboundWebhook.taken,
    );
    expect(await world.directory.optedOutOf({ recipient: '+447700900123', company: 'brightpath' })).toEqual([
      '447700900002',
    ]);
    expect(reads).toEqual([false, true]);
    expect(await world.receive(twilioInboundWebhook.path, inbound({}, 'sms', 'forged'))).toBe(REFUSED);
  });

  test('is not read again for a call that the cached one proves', async () => {
    const world = new WebhookWorld();
    await world.receive(twilioInboundWebhook.path, inbound({}));
    expect(world.secrets.reads).toEqual([SAMPLE_CREDENTIALS_SECRET]);
  });
});

describe('an unsigned call rings no alarm', () => {
  test.each([
    ['the company does not use the channel', { allowed_channels: ['email'], channel_config: {} }, 0],
    ['the company uses it and has no secret for it', { allowed_channels: ['sms'], channel_config: {} }, 1],
    ['the record cannot be read', { allowed_channels: 7, channel_config: {} }, 1],
  ])('where %s: %j', async (_what, company, faults) => {
    const world = new WebhookWorld(company);
    expect(await world.receive(twilioInboundWebhook.path, inbound({}, 'sms', 'forged'))).toBe(REFUSED);
    expect(world.observer.counted('ConfigurationFault')).toBe(faults);
  });

  test('where the call says a shared key that the company does not have', async () => {
    const world = new WebhookWorld();
    const call = inbound({}, 'sms', 'forged');
    const headers = { ...call.headers, 'x-twilio-webhooks-signature-settings': 'algorithm=HMAC_SHA256' };
    expect(await world.receive(twilioInboundWebhook.path, { ...call, headers })).toBe(REFUSED);
    expect(world.observer.counted('ConfigurationFault')).toBe(0);
  });
});

describe('what a vendor reports of a mail', () => {
  const mailEvent = (conversationId: string, event: string, more: object = {}) => ({
    event,
    conversation_id: conversationId,
    attempt_id: ATTEMPT,
    sg_event_id: event,
    sg_message_id: 'm.recvd-1',
    ...more,
  });

  test('a bounce after the delivery is final, and a delivery or an opening after the bounce changes nothing', async () => {
    const world = new WebhookWorld();
    const mail = await world.seed(SENT, { channel: 'email' });
    const report = async (...events: readonly object[]) =>
      world.receive(
        sendGridEventWebhook.path,
        world.keys.call(
          { company_id: 'brightpath', project_id: 'cv-review' },
          JSON.stringify(events),
          world.clock.now(),
        ),
      );
    for (const event of ['delivered', 'open', 'bounce', 'delivered', 'open']) {
      await report(mailEvent(mail.conversation_id, event));
    }
    expect(await world.record(mail)).toMatchObject({
      delivery_status: 'undelivered',
      failure_reason: 'recipient_unreachable',
    });
    const together = await world.seed(SENT, { channel: 'email', requestId: '4f0c8a52-5d0e-4b7e-9b1a-2f6f8c1d7e90' });
    await report(...['bounce', 'open', 'delivered'].map((event) => mailEvent(together.conversation_id, event)));
    expect(await world.record(together)).toMatchObject({ delivery_status: 'undelivered' });
  });

  describe('a bounce that names nothing but the recipient', () => {
    const ada = 'ada.example@example.com';
    const bounce = { event: 'bounce', email: ada, type: 'bounce', reason: '550 no such mailbox', sg_event_id: 'e1' };
    const report = async (world: WebhookWorld, ...events: readonly object[]) => world.receive(
      sendGridEventWebhook.path,
      world.keys.call(
        { company_id: 'brightpath', project_id: 'cv-review' }, JSON.stringify(events), world.clock.now(),
      ),
    );
    const mail = (world: WebhookWorld, changes: object = {}) =>
      world.seed({ ...SENT, sent_at: new Date(world.clock.now()).toISOString(), ...changes }, { channel: 'email' });

    test('is the newest mail\'s, in whatever spelling, and final after a delivery', async () => {
      const world = new WebhookWorld();
      const older = await mail(world, { created_at: '2026-10-01T00:00:00.000Z', conversation_id: 'brightpath#cv-review#o#talent@example.com' });
      const newest = await mail(world, { delivery_status: 'delivered' });
      await report(world, { ...bounce, email: 'Ada.Example@Example.com' });
      expect(await world.record(newest)).toMatchObject({
        delivery_status: 'undelivered', failure_reason: 'recipient_unreachable', failure_detail: 'bounce',
      });
      expect(await world.record(older)).toEqual(older);
      expect(world.observer.counted('ReceiptTaken')).toBe(1);
    });

    test.each([
      ['of another person', { ...bounce, email: 'ben@example.com' }],
      ['with an identifier of a mail that others sent', { ...bounce, sg_message_id: 'other.recvd-1' }],
      ['that is a deferral', { ...bounce, event: 'deferred' }],
      ['that is a complaint', { ...bounce, event: 'spamreport' }],
      ['without an address', { ...bounce, email: undefined }],
    ])('%s changes nothing and is counted', async (_what, event) => {
      const world = new WebhookWorld();
      const seen = await mail(world);
      await report(world, event);
      expect(await world.record(seen)).toEqual(seen);
      expect(world.observer.counted('ReceiptIgnored')).toBe(1);
    });

    test('that comes weeks after the mail is another\'s', async () => {
      const world = new WebhookWorld();
      const seen = await mail(world, { sent_at: new Date(world.clock.now() - 8 * 86_400_000).toISOString() });
      await report(world, bounce);
      expect(await world.record(seen)).toEqual(seen);
      expect(world.observer.counted('ReceiptIgnored')).toBe(1);
    });

    test('of a message that went by another channel is none of it', async () => {
      const world = new WebhookWorld();
      const text = await world.seed({ ...SENT, recipient_email: ada }, { channel: 'sms' });
      await report(world, bounce);
      expect(await world.record(text)).toEqual(text);
    });
  });

  test('of a text message, a delivery still takes a failure back', async () => {
    const world = new WebhookWorld();
    const conversation = await world.seed(SENT);
    for (const MessageStatus of ['undelivered', 'delivered']) {
      const query = { conversation_id: conversation.conversation_id, attempt_id: ATTEMPT };
      await world.receive(
        twilioStatusWebhook.path,
        twilioCall(twilioStatusWebhook.path, query, { MessageSid: SID, MessageStatus }, TOKEN),
      );
    }
    expect(await world.record(conversation)).toMatchObject({ delivery_status: 'delivered' });
  });

  test('1,000 events of 250 mails cost one read and one write a mail', async () => {
    const world = new WebhookWorld();
    const ids: string[] = [];
    for (let index = 0; index < 250; index += 1) {
      const requestId = `${String(index).padStart(8, '0')}-5d0e-4b7e-9b1a-2f6f8c1d7e90`;
      ids.push((await world.seed(SENT, { channel: 'email', requestId })).conversation_id);
    }
    const find = jest.spyOn(world.conversations, 'find');
    const change = jest.spyOn(world.conversations, 'change');
    const lookUp = jest.spyOn(world.directory, 'loadForProcessing');
    const events = ['processed', 'deferred', 'delivered', 'open'].flatMap((event) =>
      ids.map((id) => mailEvent(id, event)),
    );
    const call = world.keys.call(
      { company_id: 'brightpath', project_id: 'cv-review' },
      JSON.stringify(events),
      world.clock.now(),
    );
    expect(await world.receive(sendGridEventWebhook.path, call)).toBe(sendGridEventWebhook.taken);
    expect([find.mock.calls.length, lookUp.mock.calls.length, change.mock.calls.length]).toEqual([250, 250, 250]);
    // What is repeated carries no news.
    expect(await world.receive(sendGridEventWebhook.path, call)).toBe(sendGridEventWebhook.taken);
    expect(change.mock.calls).toHaveLength(250);
  });
});
