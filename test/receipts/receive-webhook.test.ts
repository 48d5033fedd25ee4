import { sendGridKeys, twilioCall } from '../support/sample-webhook';
import { SAMPLE_CREDENTIALS_SECRET, sampleCompany } from '../support/sample-message';
import { ATTEMPT, CLAIMED, SENT, TOKEN, WebhookWorld } from '../support/webhook-world';
import type { Conversation } from '../../src/core/lifecycle/conversation';
import type { WebhookCall } from '../../src/core/ports/receipt';
import { sendGridEventWebhook } from '../../src/providers/sendgrid-event-webhook';
import { twilioInboundWebhook } from '../../src/providers/twilio-inbound-webhook';
import { twilioStatusWebhook } from '../../src/providers/twilio-status-webhook';
import { LATER, REFUSED, TOO_LARGE } from '../../src/receipts/webhook-answer';
import { WEBHOOKS } from '../../src/providers/vendors';

const OWNER = { company_id: 'brightpath', project_id: 'cv-review' };
const INBOUND = {
  MessageSid: `SM${'9'.repeat(32)}`,
  From: '+447700900123',
  To: '+447700900002',
  Body: 'Hello',
  NumMedia: '0',
};

const statusCall = (
  conversation: Pick<Conversation, 'conversation_id'>,
  form: Readonly<Record<string, string>> = {},
  token = TOKEN,
  attempt = ATTEMPT,
) =>
  twilioCall(
    '/webhooks/twilio/status',
    { conversation_id: conversation.conversation_id, attempt_id: attempt },
    { MessageSid: `SM${'1'.repeat(32)}`, MessageStatus: 'delivered', ...form },
    token,
  );
const inboundCall = (
  query: Readonly<Record<string, string>> = {},
  form: Readonly<Record<string, string>> = {},
  token = TOKEN,
) => twilioCall('/webhooks/twilio/inbound', { ...OWNER, channel: 'sms', ...query }, { ...INBOUND, ...form }, token);
const eventOf = (conversation: Pick<Conversation, 'conversation_id'>, event = 'delivered', attempt = ATTEMPT) => ({
  event,
  conversation_id: conversation.conversation_id,
  attempt_id: attempt,
  sg_event_id: `${event}-1`,
  sg_message_id: 'mail-1.recvd-x',
});
const batchCall = (
  world: WebhookWorld,
  events: readonly unknown[],
  query: Readonly<Record<string, string>> = OWNER,
  at = world.clock.now(),
) => world.keys.call(query, JSON.stringify(events), at);

describe('POST /webhooks/twilio/status', () => {
  test('takes a genuine receipt at once, and its replay without an effect', async () => {
    const world = new WebhookWorld();
    const conversation = await world.seed({ ...CLAIMED, conversation_status: 'send_unknown' });
    expect(await world.receive(twilioStatusWebhook.path, statusCall(conversation))).toBe(twilioStatusWebhook.taken);
    const record = await world.record(conversation);
    expect(record).toMatchObject({ conversation_status: 'initial_message_sent', delivery_status: 'delivered' });
    world.clock.advance(60_000);
    expect(await world.receive(twilioStatusWebhook.path, statusCall(conversation))).toBe(twilioStatusWebhook.taken);
    expect(await world.record(conversation)).toEqual(record);
  });

  test('answers all that it does not believe in one and the same way, and changes nothing', async () => {
    const world = new WebhookWorld();
    const conversation = await world.seed(SENT);
    const mail = await world.seed(SENT, { channel: 'email', requestId: '2f0c8a52-5d0e-4b7e-9b1a-2f6f8c1d7e90' });
    const genuine = statusCall(conversation);
    const calls: readonly WebhookCall[] = [
      statusCall(conversation, {}, 'token of another company'),
      { ...genuine, body: genuine.body.replace('delivered', 'read') },
      { ...genuine, headers: {} },
      statusCall({ conversation_id: 'brightpath#cv-review#2c9f3a52-9f7e-4f43-8a3f-3d1f2f6f4b11#447700900002' }),
      statusCall({ conversation_id: 'nobody#nothing#1#2' }),
      statusCall({ conversation_id: 'no identifier' }),
      statusCall({ conversation_id: `brightpath#cv-review#${'x'.repeat(2000)}#1` }),
      statusCall({ conversation_id: conversation.conversation_id.replace('447700900002', '447700900003') }),
      statusCall(mail),
      statusCall(conversation, {}, TOKEN, 'attempt-of-nobody'),
      { ...genuine, query: {} },
    ];
    for (const call of calls) expect(await world.receive(twilioStatusWebhook.path, call)).toBe(REFUSED);
    expect([await world.record(conversation), await world.record(mail)]).toEqual([conversation, mail]);
    expect(world.observer.counted('WebhookRefused')).toBe(calls.length);
  });

  test('is checked with the secret of the conversation\'s own company, not of any other', async () => {
    const world = new WebhookWorld();
    const other = sampleCompany({
      company_id: 'other',
      channel_config: { sms: { company_sms_number: '+447700900002', sms_credentials_id: 'other/credentials' } },
    });
    world.directory.seedCompany(other);
    world.secrets.put('other/credentials', { outcome: 'found', fields: { twilio_auth_token: 'token-of-other' } });
    const conversation = await world.seed({
      ...SENT,
      company_id: 'other',
      conversation_id: 'other#cv-review#3f0c8a52-5d0e-4b7e-9b1a-2f6f8c1d7e90#447700900002',
    });
    expect(await world.receive(twilioStatusWebhook.path, statusCall(conversation, {}, TOKEN))).toBe(REFUSED);
    expect(await world.receive(twilioStatusWebhook.path, statusCall(conversation, {}, 'token-of-other'))).toBe(
      twilioStatusWebhook.taken,
    );
  });

  test('counts for a project that was switched off and for a record that lacks what a send needs', async () => {
    const { sms } = sampleCompany().channel_config;
    const world = new WebhookWorld({
      project_status: 'inactive',
      ai_config: undefined,
      channel_config: { sms: { ...sms, template: undefined } },
    });
    expect(await world.receive(twilioStatusWebhook.path, statusCall(await world.seed(SENT)))).toBe(
      twilioStatusWebhook.taken,
    );
  });

  test('takes a genuine call that it cannot read, since to tell it again would help nobody', async () => {
    const world = new WebhookWorld();
    const conversation = await world.seed(SENT);
    expect(
      await world.receive(twilioStatusWebhook.path, statusCall(conversation, { MessageStatus: 'teleported' })),
    ).toBe(twilioStatusWebhook.taken);
    expect(await world.record(conversation)).toEqual(conversation);
    expect(world.observer.counted('WebhookUnreadable')).toBe(1);
  });

  test.each(WEBHOOKS)('a body beyond what a vendor writes is refused before anything is read', async ({ webhook }) => {
    const world = new WebhookWorld();
    const call = { urls: [], query: {}, headers: {}, body: 'x'.repeat(webhook.largestBody + 1) };
    expect(await world.receive(webhook.path, call)).toBe(TOO_LARGE);
    expect(world.secrets.reads).toEqual([]);
    expect(world.observer.counted('WebhookRefused')).toBe(1);
    const fitting = { ...call, body: 'x'.repeat(webhook.largestBody) };
    expect(await world.receive(webhook.path, fitting)).toBe(REFUSED);
  });

  test.each(['missing', 'malformed', 'not_permitted'] as const)(
    'refuses and tells the operator where the secret is %s',
    async (outcome) => {
      const world = new WebhookWorld();
      world.secrets.put(SAMPLE_CREDENTIALS_SECRET, { outcome });
      expect(await world.receive(twilioStatusWebhook.path, statusCall(await world.seed(SENT)))).toBe(REFUSED);
      expect(world.observer.counted('ConfigurationFault')).toBe(1);
      expect(world.observer.everything()).toContain(`${SAMPLE_CREDENTIALS_SECRET} is ${outcome.replace('_', ' ')}`);
    },
  );

  test('refuses and tells the operator where the record names no secret', async () => {
    const world = new WebhookWorld({ channel_config: {} });
    expect(await world.receive(twilioStatusWebhook.path, statusCall(await world.seed(SENT)))).toBe(REFUSED);
    expect(world.observer.everything()).toContain('channel_config.sms');
  });

  test('asks the vendor to come again where the secret or the database is out of reach', async () => {
    const world = new WebhookWorld();
    const conversation = await world.seed(SENT);
    const change = jest.spyOn(world.conversations, 'change').mockRejectedValueOnce(new Error('throttled'));
    expect(await world.receive(twilioStatusWebhook.path, statusCall(conversation))).toBe(LATER);
    change.mockRestore();
    world.secrets.put(SAMPLE_CREDENTIALS_SECRET, { outcome: 'unavailable' });
    expect(await world.receive(twilioStatusWebhook.path, statusCall(conversation))).toBe(LATER);
    expect(LATER.status).toBe(500);
    expect(LATER.body).not.toContain('throttled');
  });
});

describe('POST /webhooks/twilio/inbound', () => {
  test('takes a reply, and answers without a word', async () => {
    const world = new WebhookWorld();
    const conversation = await world.seed(SENT);
    expect(await world.receive(twilioInboundWebhook.path, inboundCall())).toBe(twilioInboundWebhook.taken);
    expect(await world.threads.repliesTo(conversation)).toMatchObject([{ role: 'user', content: 'Hello' }]);
    expect(twilioInboundWebhook.taken).toEqual({
      status: 200,
      headers: { 'content-type': 'text/xml; charset=utf-8' },
      body: '<Response/>',
    });
  });

  test('hears STOP on WhatsApp, where the vendor does not', async () => {
    const world = new WebhookWorld();
    const form = { From: 'whatsapp:+447700900123', To: 'whatsapp:+447700900001', Body: 'Stop' };
    expect(await world.receive(twilioInboundWebhook.path, inboundCall({ channel: 'whatsapp' }, form))).toBe(
      twilioInboundWebhook.taken,
    );
    expect(await world.directory.optedOutOf({ recipient: '+447700900123', company: 'brightpath' })).toEqual([
      '447700900001',
    ]);
  });

  test('refuses what it does not believe, whoever exists', async () => {
    const world = new WebhookWorld();
    const conversation = await world.seed(SENT);
    // Not a company, however much its item may look like one.
    world.directory.seedCompany(sampleCompany({ company_id: 'api-key#1', project_id: 'api-key' }));
    const calls = [
      inboundCall({}, {}, 'another token'),
      inboundCall({ company_id: 'nobody' }),
      inboundCall({ project_id: 'none' }),
      inboundCall({ channel: 'email' }),
      inboundCall({ channel: 'pigeon' }),
      inboundCall({ channel: '' }),
      inboundCall({ company_id: '' }),
      inboundCall({ company_id: 'api-key#1', project_id: 'api-key' }),
      inboundCall({ company_id: 'x'.repeat(1025) }),
      { ...inboundCall(), body: inboundCall().body.replace('Hello', 'STOP') },
    ];
    for (const call of calls) expect(await world.receive(twilioInboundWebhook.path, call)).toBe(REFUSED);
    expect(await world.record(conversation)).toEqual(conversation);
    expect(await world.directory.optedOutOf({ recipient: '+447700900123', company: 'brightpath' })).toEqual([]);
  });

  test('takes a genuine call without a sender, and keeps nothing', async () => {
    const world = new WebhookWorld();
    expect(await world.receive(twilioInboundWebhook.path, inboundCall({}, { From: '' }))).toBe(
      twilioInboundWebhook.taken,
    );
    expect(world.observer.counted('WebhookUnreadable')).toBe(1);
  });

  test('asks the vendor to come again where an opt-out could not be written', async () => {
    const world = new WebhookWorld();
    jest.spyOn(world.directory, 'addOptOut').mockRejectedValueOnce(new Error('down'));
    expect(await world.receive(twilioInboundWebhook.path, inboundCall({}, { Body: 'STOP' }))).toBe(LATER);
    expect(await world.receive(twilioInboundWebhook.path, inboundCall({}, { Body: 'STOP' }))).toBe(
      twilioInboundWebhook.taken,
    );
    expect(await world.directory.optedOutOf({ recipient: '+447700900123', company: 'brightpath' })).toHaveLength(1);
  });
});

describe('POST /webhooks/sendgrid/events', () => {
  const mail = (
    world: WebhookWorld,
    changes: Partial<Conversation> = SENT,
    requestId = '3f0c8a52-5d0e-4b7e-9b1a-2f6f8c1d7e90',
  ) => world.seed(changes, { channel: 'email', requestId });

  test('takes a batch about several mails', async () => {
    const world = new WebhookWorld();
    const one = await mail(world);
    const other = await mail(
      world,
      { ...CLAIMED, conversation_status: 'send_unknown' },
      '4f0c8a52-5d0e-4b7e-9b1a-2f6f8c1d7e90',
    );
    const events = [
      eventOf(one, 'delivered'),
      eventOf(other, 'open'),
      eventOf(one, 'processed'),
      { event: 'delivered', email: 'somebody@example.com' },
    ];
    expect(await world.receive(sendGridEventWebhook.path, batchCall(world, events))).toBe(sendGridEventWebhook.taken);
    expect(await world.record(one)).toMatchObject({ delivery_status: 'delivered' });
    expect(await world.record(other)).toMatchObject({
      conversation_status: 'initial_message_sent',
      delivery_status: 'read',
      vendor_message_id: 'mail-1',
    });
  });

  test('hears a complaint as an opt-out', async () => {
    const world = new WebhookWorld();
    await world.receive(sendGridEventWebhook.path, batchCall(world, [eventOf(await mail(world), 'spamreport')]));
    expect(await world.directory.optedOutOf({ recipient: 'ada.example@example.com', company: 'brightpath' })).toEqual([
      'talent@example.com',
    ]);
  });

  test('leaves out what one company\'s key proves nothing of, and takes the rest', async () => {
    const world = new WebhookWorld();
    const own = await mail(world);
    world.directory.seedCompany(sampleCompany({ company_id: 'other' }));
    const foreign = await world.seed(
      {
        ...SENT,
        company_id: 'other',
        conversation_id: 'other#cv-review#5f0c8a52-5d0e-4b7e-9b1a-2f6f8c1d7e90#talent@example.com',
      },
      {
        channel: 'email',
        requestId: '5f0c8a52-5d0e-4b7e-9b1a-2f6f8c1d7e90',
      },
    );
    const text = await world.seed(SENT, { channel: 'sms', requestId: '6f0c8a52-5d0e-4b7e-9b1a-2f6f8c1d7e90' });
    const gone = { conversation_id: 'brightpath#cv-review#7f0c8a52-5d0e-4b7e-9b1a-2f6f8c1d7e90#talent@example.com' };
    const strange = [
      eventOf(foreign),
      eventOf(text),
      eventOf(gone),
      eventOf({ conversation_id: 'x' }),
      eventOf(own, 'open', 'attempt-of-nobody'),
    ];
    expect(await world.receive(sendGridEventWebhook.path, batchCall(world, [...strange, eventOf(own)]))).toBe(
      sendGridEventWebhook.taken,
    );
    expect([await world.record(foreign), await world.record(text)]).toEqual([foreign, text]);
    expect(await world.record(own)).toMatchObject({ delivery_status: 'delivered' });
    expect(world.observer.counted('ReceiptIgnored')).toBe(strange.length);
  });

  test('refuses an old batch that is replayed, a forged one and one signed with another company\'s key', async () => {
    const world = new WebhookWorld();
    const conversation = await mail(world);
    const events = [eventOf(conversation)];
    const genuine = batchCall(world, events);
    const calls = [
      batchCall(world, events, OWNER, world.clock.now() - 26 * 3_600_000),
      { ...genuine, body: genuine.body.replace('delivered', 'open') },
      { ...genuine, headers: {} },
      sendGridKeys().call(OWNER, JSON.stringify(events), world.clock.now()),
      batchCall(world, events, { ...OWNER, company_id: 'nobody' }),
      batchCall(world, events, {}),
    ];
    for (const call of calls) expect(await world.receive(sendGridEventWebhook.path, call)).toBe(REFUSED);
    expect(await world.record(conversation)).toEqual(conversation);
  });

  test('refuses and tells the operator where the secret holds no webhook key', async () => {
    const world = new WebhookWorld();
    world.secrets.put(SAMPLE_CREDENTIALS_SECRET, { outcome: 'found', fields: { sendgrid_api_key: 'SG.x' } });
    expect(await world.receive(sendGridEventWebhook.path, batchCall(world, [eventOf(await mail(world))]))).toBe(
      REFUSED,
    );
    expect(world.observer.everything()).toContain(`${SAMPLE_CREDENTIALS_SECRET} lacks sendgrid_webhook_public_key`);
  });

  test('goes through the whole batch although one write fails, and asks for it again', async () => {
    const world = new WebhookWorld();
    const one = await mail(world);
    const other = await mail(world, SENT, '4f0c8a52-5d0e-4b7e-9b1a-2f6f8c1d7e90');
    const change = jest.spyOn(world.conversations, 'change').mockRejectedValueOnce(new Error('throttled'));
    const call = batchCall(world, [eventOf(one), eventOf(other)]);
    expect(await world.receive(sendGridEventWebhook.path, call)).toBe(LATER);
    change.mockRestore();
    expect(await world.record(other)).toMatchObject({ delivery_status: 'delivered' });
    expect(await world.receive(sendGridEventWebhook.path, call)).toBe(sendGridEventWebhook.taken);
    expect(await world.record(one)).toMatchObject({ delivery_status: 'delivered' });
  });

  test('takes a genuine body that is not a batch', async () => {
    const world = new WebhookWorld();
    expect(await world.receive(sendGridEventWebhook.path, world.keys.call(OWNER, '{}', world.clock.now()))).toBe(
      sendGridEventWebhook.taken,
    );
    expect(world.observer.counted('WebhookUnreadable')).toBe(1);
  });
});

test('what is not believed reads like the gateway\'s own refusal, and nothing else', () => {
  expect(REFUSED).toEqual({
    status: 403,
    headers: { 'content-type': 'application/json' },
    body: '{"status":"error","error_code":"FORBIDDEN","message":"Forbidden","request_id":"unknown"}',
  });
});
