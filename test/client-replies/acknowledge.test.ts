import { acknowledgedSchema } from '../../src/client-replies/reply-answers';
import { KEYS, replyWorld } from './reply-world';

const WAITING = {
  hand_off_to_human: true, hand_off_to_human_reason: 'question', reply_attention: 'reply',
  reply_since: '2026-01-05T09:00:00.000Z',
} as const;

const recordOf = async ({ world, conversation }: Awaited<ReturnType<typeof replyWorld>>) => world.record(conversation);

test('replies that the client has dealt with wait for nobody, however often it says so', async () => {
  const world = await replyWorld('sms', WAITING);
  const { status, json } = await world.acknowledge(1);
  expect([status, acknowledgedSchema.safeParse(json).success]).toEqual([200, true]);
  const record = await recordOf(world);
  expect(record).not.toHaveProperty('reply_attention');
  expect(record.replies_dealt_with).toMatchObject([{ by: 'client:cv-review', replies: 1 }]);
  expect(await world.acknowledge(1)).toMatchObject({ status: 200, json });
  expect(await recordOf(world)).toEqual(record);
});

test('nothing waits: it is answered alike, and nothing is written', async () => {
  const world = await replyWorld();
  const before = await recordOf(world);
  expect(await world.acknowledge(1)).toMatchObject({ status: 200 });
  expect(await recordOf(world)).toEqual(before);
});

test('a reply that came since keeps them waiting', async () => {
  const world = await replyWorld('sms', { ...WAITING, inbound_ids: ['SM-inbound-1', 'SM-inbound-2'] });
  const { status, json } = await world.acknowledge(1);
  expect([status, json.error_code, json.message]).toEqual([409, 'REPLIES_UNREAD', expect.stringContaining('2 replies')]);
  expect(await recordOf(world)).toMatchObject({ reply_attention: 'reply' });
});

test('to answer is not to acknowledge', async () => {
  const world = await replyWorld('sms', WAITING);
  expect(await world.reply()).toMatchObject({ status: 200 });
  expect(await recordOf(world)).toMatchObject({ reply_attention: 'reply' });
});

test.each([-1, 1.5, '1', null, [1]])('%j is no number of replies', async (replies) => {
  const world = await replyWorld('sms', WAITING);
  expect(await world.acknowledge(replies)).toMatchObject({ status: 400, json: { error_code: 'INVALID_REQUEST' } });
  expect(await recordOf(world)).toMatchObject({ reply_attention: 'reply' });
});

test("another tenant's, a test key's and what never stands still are left as they are", async () => {
  const world = await replyWorld('sms', WAITING);
  for (const key of [KEYS.rival, KEYS.other]) {
    expect(await world.acknowledge(1, { key })).toMatchObject({ status: 404, json: { error_code: 'CONVERSATION_NOT_FOUND' } });
  }
  expect(await world.acknowledge(1, { key: KEYS.test })).toMatchObject({ status: 403 });
  const { conversations } = world.ports;
  const changing = (found: object | undefined) => ({
    conversations: Object.create(conversations, {
      change: { value: async () => Promise.resolve({ applied: false, conversation: found }) },
    }),
  });
  expect(await world.acknowledge(1, { around: changing(world.conversation) })).toMatchObject(
    { status: 409, json: { error_code: 'CONVERSATION_CHANGED' } },
  );
  expect(await world.acknowledge(1, { around: changing(undefined) })).toMatchObject({ status: 404 });
  expect(await recordOf(world)).toMatchObject({ reply_attention: 'reply' });
});
