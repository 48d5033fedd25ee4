import type { Conversation } from '../../src/core/lifecycle/conversation';
import { formatReplyAddress, replyToken } from '../../src/core/recipient/reply-address';
import { sendGridInboundWebhook } from '../../src/providers/sendgrid-inbound-webhook';
import { REFUSED } from '../../src/receipts/webhook-answer';
import { WebhookWorld } from '../support/webhook-world';

const QUERY = { company_id: 'brightpath', project_id: 'cv-review' };
const DOMAIN = 'reply.brightpath.example';
const ATTEMPT = 'attempt-of-a-mail';
const RECIPIENT = 'jo@example.com';
const SENT = {
  primary_channel: RECIPIENT,
  recipient_email: RECIPIENT,
  conversation_status: 'initial_message_sent',
  attempt_id: ATTEMPT,
  attempt_ids: [ATTEMPT],
} as const satisfies Partial<Conversation>;
const REPLY_TO = formatReplyAddress(replyToken(ATTEMPT), DOMAIN);

interface Written {
  readonly from?: string;
  readonly to?: string;
  readonly headers?: Readonly<Record<string, string>>;
  readonly text?: string;
  readonly returnPath?: string;
}

function mailOf({ from = RECIPIENT, to = REPLY_TO, headers = {}, text = 'I was on leave.', returnPath = from }: Written) {
  const all = { 'From': `Jo <${from}>`, 'To': to, 'Subject': 'Re: Your CV', 'Message-ID': '<1@example.com>', ...headers };
  const head = Object.entries(all).map(([name, value]) => `${name}: ${value}\r\n`).join('');
  return { raw: Buffer.from(`${head}\r\n${text}\r\n`), to: [to], from: returnPath };
}

/** A mail that was sent, and what is heard of its recipient. */
async function asked(company: Readonly<Record<string, unknown>> = {}) {
  const world = new WebhookWorld(company);
  const conversation = await world.seed(SENT, { channel: 'email' });
  await world.replyAddresses.keep({
    conversationId: conversation.conversation_id, attemptId: ATTEMPT, timeToLive: conversation.time_to_live,
  });
  const receive = async (written: Written = {}) => world.receive(
    sendGridInboundWebhook.path, world.keys.mail(QUERY, mailOf(written), world.clock.now()),
  );
  return { world, conversation, receive };
}

test('a mail to a reply address is kept in the thread of the message that it answers, without what it quotes', async () => {
  const { world, conversation, receive } = await asked();
  const text = 'I was on leave.\r\n\r\nOn Mon, 2 Nov 2026 at 09:00, Brightpath <hr@example.com> wrote:\r\n> What did you do?';
  expect(await receive({ text })).toBe(sendGridInboundWebhook.taken);
  expect(await world.replies(conversation)).toEqual(['I was on leave.']);
});

test('a mail without a signature, or with another body than was signed, is refused', async () => {
  const { world, conversation } = await asked();
  const call = world.keys.mail(QUERY, mailOf({}), world.clock.now());
  const altered = Buffer.from(call.bytes ?? '').fill('x', 200, 201);
  expect(await world.receive(sendGridInboundWebhook.path, { ...call, headers: {} })).toBe(REFUSED);
  expect(await world.receive(sendGridInboundWebhook.path, { ...call, bytes: altered })).toBe(REFUSED);
  expect(await world.replies(conversation)).toEqual([]);
});
