import { dealtWithSentence, dealWith } from '../../../src/cli/replies/deal-with';
import { listedLines, waitingReply } from '../../../src/cli/replies/waiting-reply';
import { nextStep } from '../../../src/cli/conversations/next-step';
import type { Conversation } from '../../../src/core/lifecycle/conversation';
import { takeInbound } from '../../../src/receipts/take-inbound';
import { SENT, WebhookWorld } from '../../support/webhook-world';

const OWNER = { companyId: 'brightpath', access: { channel: 'sms', sender: '+447700900002', credentialsId: 'sample/credentials' } } as const;
const BY = 'Sam Reyes';

/** A conversation to which its recipient replied so often; the company hands replies to people. */
async function replied(times: number) {
  const world = new WebhookWorld({ auto_queue_reply_message: true });
  const conversation = await world.seed(SENT);
  const reply = async () => {
    const from = conversation.primary_channel;
    await takeInbound({ from, to: OWNER.access.sender, text: 'I was on leave.', attachments: 0, vendorMessageId: `SM-${(count += 1)}` }, OWNER, world.ports);
  };
  let count = 0;
  for (let told = 0; told < times; told += 1) await reply();
  const found = async () => world.record(conversation);
  const deal = async (seen: number, as?: Conversation) => dealWith(world.conversations, { conversation: as ?? (await found()), seen, by: BY, now: world.clock.now() });
  return { world, reply, found, deal };
}

test('replies that a person has read are marked once, however often the command is given', async () => {
  const { found, deal } = await replied(2);
  expect(await deal(2)).toMatchObject({ outcome: 'done', by: BY, replies: 2 });
  const marked = await found();
  expect(marked).toMatchObject({ replies_dealt_with: [{ by: BY, replies: 2 }] });
  expect(await deal(2)).toMatchObject({ outcome: 'done_before', by: BY });
  expect(await found()).toEqual(marked);
});

test.each([1, 3])('an order that has seen %d of two replies is refused, and says how many there are', async (seen) => {
  const { found, deal } = await replied(2);
  await expect(deal(seen)).rejects.toThrow(/it has 2, 2 of them waiting, and --seen says \d; read them with conversation show '.*' --text, then give --seen 2\.$/);
  expect(await found()).not.toHaveProperty('replies_dealt_with');
});

test('a reply that comes between the look and the mark goes on waiting', async () => {
  const { found, reply, deal } = await replied(1);
  const seen = await found();
  await reply();
  await expect(deal(1, seen)).rejects.toThrow(/it has 2/);
  expect((await found()).reply_attention).toBe('reply');
});

test('a receipt that comes between the look and the mark does not stand in the way', async () => {
  const { world, found, deal } = await replied(1);
  const seen = await found();
  world.conversations.seed({ ...seen, delivery_status: 'read', last_change: 'a receipt' });
  expect(await deal(1, seen)).toMatchObject({ outcome: 'done' });
  expect(await found()).toMatchObject({ delivery_status: 'read', replies_dealt_with: [{ replies: 1 }] });
});

test('a record that never rests, and one that is erased meanwhile, are told as such', async () => {
  const { world, found, deal } = await replied(1);
  const seen = await found();
  const change = jest.spyOn(world.conversations, 'change').mockImplementation(async () => ({ applied: false, conversation: seen }));
  await expect(deal(1, seen)).rejects.toThrow(/changes at this very moment; give the command again\.$/);
  change.mockResolvedValue({ applied: false });
  await expect(deal(1, seen)).rejects.toThrow(/is gone; the person was erased/);
});

test('a conversation whose replies were handed to nobody is refused', async () => {
  const { deal } = await replied(0);
  await expect(deal(1)).rejects.toThrow(/none was handed to a person; see what waits with reply list\.$/);
});

test('the list says how long, how many and what to type, and names nobody', async () => {
  const { world, found, reply, deal } = await replied(1);
  await deal(1);
  world.clock.advance(60_000);
  await reply();
  await reply();
  const view = waitingReply(await found(), { reveal: false }, world.clock.now() + 26 * 60_000);
  const id = (await found()).conversation_id;
  expect(listedLines(view)).toEqual([
    '26 min  sms  2 replies of 3 from …23  to Brightpath Recruitment, CV review',
    `  ${id}`,
    `  read: engine conversation show '${id}' --text   then: engine reply done '${id}' --seen 3`,
  ]);
  expect(JSON.stringify(view)).not.toMatch(/7700900123|leave|Ada/);
  expect(waitingReply(await found(), { reveal: true }, 0)).toMatchObject({ recipient: '+447700900123', waitedSeconds: 0 });
});

test('one conversation shows what is to do about its replies until it is done', async () => {
  const { world, found, deal } = await replied(1);
  const next = async () => nextStep(await found(), world.clock.now());
  const id = (await found()).conversation_id;
  expect(await next()).toBe(`Answer the recipient, then: engine reply done '${id}' --seen 1.`);
  world.conversations.seed({ ...(await found()), delivery_status: 'undelivered', failure_reason: 'recipient_unreachable' });
  expect(await next()).toBe(`Correct the address or use another channel. Answer the recipient, then: engine reply done '${id}' --seen 1.`);
  await deal(1);
  expect(await next()).toBe('Correct the address or use another channel.');
});

test('what was done is told in a sentence', () => {
  const dealt = { conversationId: 'a#b#c#d', outcome: 'done', by: BY, at: '2026-11-02T09:00:00.000Z', replies: 1 } as const;
  expect(dealtWithSentence(dealt)).toBe('a#b#c#d: its reply is dealt with, by Sam Reyes');
  expect(dealtWithSentence({ ...dealt, replies: 2 })).toBe('a#b#c#d: its 2 replies are dealt with, by Sam Reyes');
  expect(dealtWithSentence({ ...dealt, outcome: 'done_before' })).toBe('a#b#c#d: dealt with before, by Sam Reyes at 2026-11-02T09:00:00.000Z; nothing was changed');
});
