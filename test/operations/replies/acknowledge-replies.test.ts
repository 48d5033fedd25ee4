import type { Conversation } from '../../../src/core/lifecycle/conversation';
import { operatorStep } from '../../../src/core/lifecycle/next-step';
import { acknowledgeReplies } from '../../../src/operations/replies/acknowledge-replies';
import { listWaitingReplies } from '../../../src/operations/replies/list-waiting-replies';
import { takeInbound } from '../../../src/receipts/take-inbound';
import { SENT, WebhookWorld } from '../../support/webhook-world';

const OWNER = {
  companyId: 'brightpath',
  company: {},
  access: { channel: 'sms', sender: '+447700900002', credentialsId: 'sample/credentials' },
} as const;
const ACTOR = { id: 'Sam Reyes', roles: ['operator:*'] };

/** A conversation to which its recipient replied so often; the company hands replies to people. */
async function replied(times: number) {
  const world = new WebhookWorld({ auto_queue_reply_message: true });
  const conversation = await world.seed(SENT);
  const reply = async () => {
    const from = conversation.primary_channel;
    await takeInbound(
      { from, to: OWNER.access.sender, text: 'I was on leave.', attachments: 0, vendorMessageId: `SM-${(count += 1)}` },
      OWNER,
      world.ports,
    );
  };
  let count = 0;
  for (let done = 0; done < times; done += 1) await reply();
  const found = async () => world.record(conversation);
  const ports = { conversations: world.conversations, clock: world.clock };
  const acknowledge = async (seen: number, as?: Conversation) => (
    acknowledgeReplies(ports, { conversation: as ?? (await found()), seen, actor: ACTOR })
  );
  const listed = async (reveal = false) => {
    const { primary_channel, conversation_id, reply_since: dueAt = '' } = await found();
    const repliesDue = { due: async () => Promise.resolve([{ key: { primary_channel, conversation_id }, dueAt }]) };
    return listWaitingReplies({ ...ports, repliesDue }, 10, reveal);
  };
  return { world, reply, found, acknowledge, listed };
}

test('replies that a person has read are marked once, however often the command is given', async () => {
  const { found, acknowledge } = await replied(2);
  expect(await acknowledge(2)).toMatchObject({ outcome: 'done', acknowledgement: { by: ACTOR.id, replies: 2 } });
  const marked = await found();
  expect(marked).toMatchObject({ replies_dealt_with: [{ by: ACTOR.id, replies: 2 }] });
  expect(await acknowledge(2)).toMatchObject({ outcome: 'done_before', acknowledgement: { by: ACTOR.id } });
  expect(await found()).toEqual(marked);
});

test.each([1, 3])('an order that has seen %d of two replies is refused with how many there are', async (seen) => {
  const { found, acknowledge } = await replied(2);
  expect(await acknowledge(seen)).toEqual({ outcome: 'unread', replies: 2, waiting: 2 });
  expect(await found()).not.toHaveProperty('replies_dealt_with');
});

test('a reply that comes between the look and the mark goes on waiting', async () => {
  const { found, reply, acknowledge } = await replied(1);
  const seen = await found();
  await reply();
  expect(await acknowledge(1, seen)).toMatchObject({ outcome: 'unread', replies: 2 });
  expect((await found()).reply_attention).toBe('reply');
});

test('a receipt that comes between the look and the mark does not stand in the way', async () => {
  const { world, found, acknowledge } = await replied(1);
  const seen = await found();
  world.conversations.seed({ ...seen, delivery_status: 'read', last_change: 'a receipt' });
  expect(await acknowledge(1, seen)).toMatchObject({ outcome: 'done' });
  expect(await found()).toMatchObject({ delivery_status: 'read', replies_dealt_with: [{ replies: 1 }] });
});

test('a record that changes all the time, and one that is erased meanwhile, are outcomes of their own', async () => {
  const { world, found, acknowledge } = await replied(1);
  const seen = await found();
  const change = jest
    .spyOn(world.conversations, 'change')
    .mockImplementation(async () => ({ applied: false, conversation: seen }));
  expect(await acknowledge(1, seen)).toEqual({ outcome: 'contended' });
  change.mockResolvedValue({ applied: false });
  expect(await acknowledge(1, seen)).toEqual({ outcome: 'gone' });
});

test('a conversation whose replies were not handed to a person is refused', async () => {
  const { acknowledge } = await replied(0);
  expect(await acknowledge(1)).toEqual({ outcome: 'none_waiting' });
});

test('the list says how long and how many, and names no person unless it is asked for', async () => {
  const { world, reply, acknowledge, listed } = await replied(1);
  await acknowledge(1);
  expect(await listed()).toEqual([]);
  world.clock.advance(60_000);
  await reply();
  await reply();
  world.clock.advance(26 * 60_000);
  const [waiting] = await listed();
  expect(waiting).toMatchObject({ replies: 3, waiting: 2, waitedSeconds: 26 * 60, recipient: '…23' });
  expect(JSON.stringify(waiting)).not.toMatch(/7700900123|leave|Ada/);
  expect(await listed(true)).toMatchObject([{ recipient: '+447700900123' }]);
});

test('the message\'s own next step is not changed by replies', async () => {
  const { world, found } = await replied(1);
  expect(operatorStep(await found(), world.clock.now()).words).toBe('None: the message is sent.');
});
