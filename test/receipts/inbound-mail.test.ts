import type { Conversation } from '../../src/core/lifecycle/conversation';
import { formatReplyAddress, replyToken, unsubscribeToken } from '../../src/core/recipient/reply-address';
import { sendGridInboundWebhook } from '../../src/providers/sendgrid-inbound-webhook';
import { LATER, REFUSED } from '../../src/receipts/webhook-answer';
import { unsubscribe } from '../../src/receipts/unsubscribe';
import { SAMPLE_CREDENTIALS_SECRET } from '../support/sample-message';
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

test.each<readonly [string, Parameters<WebhookWorld['secrets']['put']>[1]]>([
  ['has no key for mails', { outcome: 'found', fields: { twilio_auth_token: 'a token' } }],
  ['is not there', { outcome: 'missing' }],
])('a mail that nobody can check, since the secret %s, is sent again until it can be', async (_what, secret) => {
  const { world, conversation, receive } = await asked();
  const right = await world.secrets.read(SAMPLE_CREDENTIALS_SECRET, { kind: 'credentials', channel: 'email', company: 'brightpath' });
  world.secrets.put(SAMPLE_CREDENTIALS_SECRET, secret);
  expect(await receive()).toBe(LATER);
  expect(world.observer.counted('ConfigurationFault')).toBe(1);
  expect(await world.replies(conversation)).toEqual([]);
  world.secrets.put(SAMPLE_CREDENTIALS_SECRET, right);
  expect(await receive()).toBe(sendGridInboundWebhook.taken);
  expect(await world.replies(conversation)).toEqual(['I was on leave.']);
});

test('of a company that sends no mails nothing is sent again', async () => {
  const { world, receive } = await asked({ allowed_channels: ['sms'] });
  world.secrets.put(SAMPLE_CREDENTIALS_SECRET, { outcome: 'missing' });
  expect(await receive()).toBe(REFUSED);
});

test('a mail without a signature, or with another body than was signed, is refused', async () => {
  const { world, conversation } = await asked();
  const call = world.keys.mail(QUERY, mailOf({}), world.clock.now());
  const altered = Buffer.from(call.bytes ?? '').fill('x', 200, 201);
  expect(await world.receive(sendGridInboundWebhook.path, { ...call, headers: {} })).toBe(REFUSED);
  expect(await world.receive(sendGridInboundWebhook.path, { ...call, bytes: altered })).toBe(REFUSED);
  expect(await world.replies(conversation)).toEqual([]);
});

test('a mail that SendGrid took apart is asked for again, until its setting is right', async () => {
  const { world, conversation } = await asked();
  const call = world.keys.mail(QUERY, mailOf({}), world.clock.now(), { name: 'text' });
  expect(await world.receive(sendGridInboundWebhook.path, call)).toMatchObject({ status: 500 });
  expect(world.observer.counted('WebhookUnreadable')).toBe(1);
  expect(await world.replies(conversation)).toEqual([]);
});

test('a mail of nobody is counted, and not asked for again', async () => {
  const { world } = await asked();
  const mail = { raw: Buffer.from('\r\nHello'), to: [REPLY_TO], from: '' };
  const call = world.keys.mail(QUERY, mail, world.clock.now());
  expect(await world.receive(sendGridInboundWebhook.path, call)).toBe(sendGridInboundWebhook.taken);
  expect(world.observer.counted('ReplyUnmatched')).toBe(1);
});

describe('who wrote a mail', () => {
  test.each([
    ['the recipient, in other letters', { from: 'JO@Example.com' }, undefined, false],
    ['another address than the recipient\'s', { from: 'friend@example.com' }, 'other_sender', true],
    ['nobody who holds the address of a message', { to: `hello@${DOMAIN}` }, 'unproved_address', true],
    ['whoever made up an address', { to: `reply+${'0'.repeat(32)}@${DOMAIN}` }, 'unproved_address', true],
    ['a program of the recipient\'s', { headers: { 'Auto-Submitted': 'auto-replied' } }, 'automatic', false],
  ])('%s', async (_who, written, neverAnswered, handedOff) => {
    const { world, conversation, receive } = await asked();
    await receive(written);
    expect(await world.replies(conversation)).toEqual(['I was on leave.']);
    expect(world.threads.neverAnswered(conversation)).toEqual([neverAnswered]);
    expect(world.handoff.items).toHaveLength(handedOff ? 1 : 0);
  });

  test('a stranger\'s mail to no message of ours is counted, and nothing of it is kept', async () => {
    const { world, conversation, receive } = await asked();
    expect(await receive({ from: 'stranger@example.org', to: `hello@${DOMAIN}` })).toBe(sendGridInboundWebhook.taken);
    expect(await world.replies(conversation)).toEqual([]);
    expect(world.observer.counted('ReplyUnmatched')).toBe(1);
  });

  test('an address of another company\'s message proves nothing', async () => {
    const { world, conversation, receive } = await asked();
    await world.replyAddresses.keep({
      conversationId: conversation.conversation_id.replace('brightpath', 'another'), attemptId: ATTEMPT, timeToLive: 1,
    });
    await receive();
    expect(world.threads.neverAnswered(conversation)).toEqual(['unproved_address']);
  });

  test('a mail that SendGrid or a mail system hands over twice is kept once; another one of the same name is kept', async () => {
    const { world, conversation, receive } = await asked();
    for (let times = 0; times < 2; times += 1) await receive();
    await receive({ headers: { Received: 'by another way' } });
    await receive({ text: 'And I was away.' });
    expect(await world.replies(conversation)).toEqual(['I was on leave.', 'And I was away.']);
  });
});

describe('a stop by e-mail', () => {
  const optedOut = async (world: WebhookWorld, recipient = RECIPIENT) => (
    await world.directory.optedOutOf({ recipient, company: 'brightpath' })
  ).length > 0;

  test.each([
    ['from the recipient', {}], ['in a mail that quotes', { text: 'STOP\r\n\r\n> What did you do?' }],
    ['from another address of theirs', { from: 'jo.private@example.com' }],
    ['by a program of theirs', { headers: { Precedence: 'bulk' } }],
  ])('%s counts for the recipient', async (_how, written) => {
    const { world, receive } = await asked();
    await receive({ text: 'STOP', ...written });
    expect(await optedOut(world)).toBe(true);
  });

  test('counts though the message that it answers is past its retention', async () => {
    const { world, conversation, receive } = await asked();
    await world.replyAddresses.remove(conversation);
    await receive({ text: 'please stop' });
    expect(await optedOut(world)).toBe(true);
  });

  test('is lifted by the recipient alone', async () => {
    const { world, receive } = await asked();
    await receive({ text: 'STOP' });
    await receive({ text: 'START', from: 'friend@example.com' });
    await receive({ text: 'START', to: `hello@${DOMAIN}` });
    expect(await optedOut(world)).toBe(true);
    await receive({ text: 'START' });
    expect(await optedOut(world)).toBe(false);
  });
});

describe('the link that opts out', () => {
  const call = async (world: WebhookWorld, method: string, token = unsubscribeToken(ATTEMPT)) => (
    unsubscribe({ method, token }, world.ports)
  );
  const optedOut = async (world: WebhookWorld) => world.directory.optedOutOf({
    recipient: RECIPIENT, company: 'brightpath',
  });

  test('does so by POST, as often as it is pressed, and never by GET', async () => {
    const { world } = await asked();
    expect(await call(world, 'GET')).toMatchObject({ status: 200, body: expect.stringContaining('<form method="post">') });
    expect(await optedOut(world)).toEqual([]);
    for (let times = 0; times < 2; times += 1) expect(await call(world, 'POST')).toMatchObject({ status: 200 });
    expect(await optedOut(world)).toHaveLength(1);
  });

  test.each([
    ['the reply address, which others may have seen', replyToken(ATTEMPT)],
    ['another end', `${replyToken(ATTEMPT)}${'0'.repeat(32)}`], ['of no message', unsubscribeToken('another')],
    ['nothing', ''], ['no token', '../../x'],
  ])('does nothing by %s', async (_what, token) => {
    const { world } = await asked();
    expect(await call(world, 'POST', token)).toMatchObject({ status: 404 });
    expect(await optedOut(world)).toEqual([]);
  });

  test('asks to try again where the opt-out cannot be written', async () => {
    const { world } = await asked();
    jest.spyOn(world.directory, 'addOptOut').mockRejectedValue(new Error('out of reach'));
    expect(await call(world, 'POST')).toMatchObject({ status: 500 });
  });
});
