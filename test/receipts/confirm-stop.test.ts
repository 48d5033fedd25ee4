import twilio from 'twilio';
import type { Conversation } from '../../src/core/lifecycle/conversation';
import { formatReplyAddress, replyToken } from '../../src/core/recipient/reply-address';
import { sendGridInboundWebhook } from '../../src/providers/sendgrid-inbound-webhook';
import { twilioInboundWebhook } from '../../src/providers/twilio-inbound-webhook';
import { stopConfirmation } from '../../src/receipts/stop-confirmations';
import { WISH_LANGUAGES } from '../../src/receipts/wish-words';
import { sampleCompanyWithTemplate } from '../support/sample-message';
import { twilioCall } from '../support/sample-webhook';
import { SENT, TOKEN, WebhookWorld } from '../support/webhook-world';

const OWNER = { company_id: 'brightpath', project_id: 'cv-review' };
const ATTEMPT = 'attempt-of-a-mail';
const RECIPIENT = 'jo@example.com';
const ENGLISH = 'You will get no more messages from us. To allow them again, write START.';

/** What Twilio sends on, as its own library writes it. */
function saying(words: string): string {
  const { MessagingResponse } = twilio.twiml;
  const response = new MessagingResponse();
  response.message(words);
  return response.toString().replace('<?xml version="1.0" encoding="UTF-8"?>', '');
}

async function hear(world: WebhookWorld, body: string, form: Readonly<Record<string, string>> = {}, channel = 'whatsapp') {
  const prefix = channel === 'whatsapp' ? 'whatsapp:' : '';
  const to = channel === 'whatsapp' ? '+447700900001' : '+447700900002';
  const call = twilioCall(twilioInboundWebhook.path, { ...OWNER, channel }, {
    MessageSid: `SM${'9'.repeat(32)}`, From: `${prefix}+447700900123`, To: `${prefix}${to}`, Body: body, NumMedia: '0',
    ...form,
  }, TOKEN);
  return (await world.receive(twilioInboundWebhook.path, call)).body;
}

/** A mail that was sent, and how a mail of its recipient is taken. */
async function mailed() {
  const world = new WebhookWorld();
  const sent: Partial<Conversation> = {
    ...SENT, primary_channel: RECIPIENT, recipient_email: RECIPIENT, attempt_id: ATTEMPT, attempt_ids: [ATTEMPT],
  };
  const { conversation_id: conversationId, time_to_live: timeToLive } = await world.seed(sent, { channel: 'email' });
  await world.replyAddresses.keep({ conversationId, attemptId: ATTEMPT, timeToLive });
  const to = formatReplyAddress(replyToken(ATTEMPT), 'reply.brightpath.example');
  const write = async (text: string, from = RECIPIENT, headers = '') => {
    const raw = `From: ${from}\r\nTo: ${to}\r\nMessage-ID: <${text}@example.com>\r\n${headers}\r\n${text}\r\n`;
    const call = world.keys.mail(OWNER, { raw: Buffer.from(raw), to: [to], from }, world.clock.now());
    return world.receive(sendGridInboundWebhook.path, call);
  };
  return { world, write };
}

describe('a stop by WhatsApp', () => {
  test('is confirmed once, in the answer to Twilio, however often its call is repeated', async () => {
    const world = new WebhookWorld();
    await world.seed(SENT, { channel: 'whatsapp' });
    expect(await hear(world, 'Stop')).toBe(saying(ENGLISH));
    expect(await hear(world, 'Stop')).toBe('<Response/>');
    expect(await hear(world, 'Stop!', { MessageSid: `SM${'8'.repeat(32)}` })).toBe('<Response/>');
  });

  test('is confirmed again after it was taken back', async () => {
    const world = new WebhookWorld();
    await world.seed(SENT, { channel: 'whatsapp' });
    await hear(world, 'Stop');
    expect(await hear(world, 'START', { MessageSid: `SM${'7'.repeat(32)}` })).toBe('<Response/>');
    expect(await hear(world, 'Stop', { MessageSid: `SM${'8'.repeat(32)}` })).toBe(saying(ENGLISH));
  });

  test('is confirmed in the language of the template', async () => {
    const world = new WebhookWorld(sampleCompanyWithTemplate({ language: 'de-DE' }));
    await world.seed(SENT, { channel: 'whatsapp' });
    const german = 'Sie erhalten keine Nachrichten mehr von uns. Wenn Sie wieder welche möchten, schreiben Sie START.';
    expect(await hear(world, 'Bitte abmelden')).toBe(saying(german));
  });

  test.each([
    ['that Twilio confirms itself', 'STOP', { OptOutType: 'STOP' }],
    ['of somebody to whom nothing was sent', 'STOP', { From: 'whatsapp:+447700900555' }],
  ])('%s is not', async (_what, body, form) => {
    const world = new WebhookWorld();
    await world.seed(SENT, { channel: 'whatsapp' });
    expect(await hear(world, body, form)).toBe('<Response/>');
  });

  test('of a sender of the deployment is not: its engine would answer', async () => {
    const world = new WebhookWorld();
    await world.seed(SENT, { channel: 'whatsapp' });
    await world.senders.note('+447700900123');
    expect(await hear(world, 'Stop')).toBe('<Response/>');
  });
});

test('a stop by SMS is confirmed by Twilio alone', async () => {
  const world = new WebhookWorld();
  await world.seed(SENT);
  expect(await hear(world, 'Stop', {}, 'sms')).toBe('<Response/>');
});

describe('a stop by mail', () => {
  test('is confirmed once, by a mail that no program answers', async () => {
    const { world, write } = await mailed();
    for (let times = 0; times < 2; times += 1) expect(await write('Unsubscribe')).toBe(sendGridInboundWebhook.taken);
    expect(world.mails.requests).toEqual([expect.objectContaining({
      message: { channel: 'email', subject: 'You will get no more messages from us', text: ENGLISH },
      recipient: RECIPIENT, isAutomaticReply: true,
    })]);
  });

  test('holds where the confirmation does not go', async () => {
    const { world, write } = await mailed();
    world.mails.arrangeBug(new Error('no route'));
    expect(await write('Unsubscribe')).toBe(sendGridInboundWebhook.taken);
    expect(await world.directory.optedOutOf({ recipient: RECIPIENT, company: 'brightpath' })).toHaveLength(1);
    await write('Unsubscribe');
    expect(world.mails.requests).toHaveLength(1);
  });

  test.each([
    ['from another mailbox', 'other@example.com', ''], ['of a program', RECIPIENT, 'Auto-Submitted: auto-replied\r\n'],
  ])('%s is not confirmed', async (_what, from, headers) => {
    const { world, write } = await mailed();
    await write('Unsubscribe', from, headers);
    expect(world.mails.requests).toEqual([]);
  });
});

test('there is a confirmation in each language in which stops are heard, and it says how to take it back', () => {
  const texts = WISH_LANGUAGES.map((language) => stopConfirmation(`${language}-XX`));
  for (const { subject, text } of texts) expect(text).toMatch(new RegExp(`^${subject}\\. .*START`));
  expect(new Set(texts.map(({ text }) => text)).size).toBe(WISH_LANGUAGES.length);
  expect(stopConfirmation('xx').text).toBe(ENGLISH);
  expect(stopConfirmation('constructor').text).toBe(ENGLISH);
});
