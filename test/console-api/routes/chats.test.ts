import { threadIdOf } from '../../../src/core/lifecycle/thread';
import { timestamp } from '../../../src/core/ports/clock';
import type { Conversation } from '../../../src/core/lifecycle/conversation';
import { returnThread, takeThread } from '../../../src/operations/replies/take-over';
import { recordsWorld } from './records-world';

const ME = 'robin@example.com';
const OTHER = 'avery@example.com';
const uuid = (count: number) => `9b0e8d5c-0000-4000-8000-${String(count).padStart(12, '0')}`;

/** Chats of as many recipients, each with one message of ours. */
async function chatsWorld() {
  const world = recordsWorld();
  const { records } = world;
  let count = 0;
  const chat = async (changes: Partial<Conversation> = {}) => {
    count += 1;
    const at = timestamp(records.clock.now());
    const recipient = `+4477009001${String(count).padStart(2, '0')}`;
    const conversation = await records.accept(
      { primary_channel: recipient, recipient_tel: recipient, conversation_status: 'initial_message_sent', sent_at: at, ...changes },
      uuid(count),
    );
    await records.threads.join({ conversation, vendorMessageId: `SM-${count}`, at, expects: false });
    return conversation;
  };
  const order = (conversation: Conversation, by: string) => ({ conversation, actor: { id: by, roles: [] } });
  world.signIn('agent:brightpath');
  return {
    ...world,
    chat,
    take: async (conversation: Conversation, by: string) => {
      records.clock.advance(1_000);
      await takeThread(records, order(conversation, by));
      return conversation;
    },
    give: async (conversation: Conversation, by: string) => returnThread(records, order(conversation, by)),
    list: async (list: string, more: object = {}) =>
      (await world.get('/replies/chats', { list, ...more })).json as {
        readonly chats: ReadonlyArray<Readonly<Record<string, unknown>>>; readonly next?: string;
      },
  };
}

test('chats are listed by who has them, since when, and masked; mine are those of the caller', async () => {
  const { chat, take, list } = await chatsWorld();
  const mine = await take(await chat(), ME);
  const other = await take(await chat(), OTHER);
  await chat();
  const { chats, next } = await list('taken');
  expect(chats).toEqual([
    expect.objectContaining({ by: OTHER, at: '2026-11-02T09:00:02.000Z', conversationId: other.conversation_id, recipient: '…02' }),
    expect.objectContaining({ by: ME, channel: 'sms', projectId: 'cv-review', conversationId: mine.conversation_id }),
  ]);
  expect(next).toBeUndefined();
  expect((await list('mine')).chats).toEqual([chats[1]]);
  expect(JSON.stringify(chats)).not.toContain('+44770090');
});

test('a chat that is returned changes its list, and one that is taken from another its holder', async () => {
  const { chat, take, give, list, records } = await chatsWorld();
  const one = await take(await chat(), ME);
  await give(one, ME);
  expect((await list('taken')).chats).toEqual([]);
  expect((await list('returned')).chats).toMatchObject([{ by: ME, conversationId: one.conversation_id }]);
  await take(one, OTHER);
  expect((await list('returned')).chats).toEqual([]);
  expect((await list('taken')).chats).toMatchObject([{ by: OTHER }]);
  await takeThread(records, { conversation: one, actor: { id: ME, roles: [] }, from: OTHER });
  expect((await list('taken')).chats).toMatchObject([{ by: ME }]);
});

test('what waits says who has it; a company without chats that are taken says nobody', async () => {
  const { chat, take, get, records } = await chatsWorld();
  const waits = { reply_attention: 'reply', reply_since: timestamp(records.clock.now()), inbound_ids: ['SM-in'] };
  const held = await take(await chat(waits), OTHER);
  const free = await chat(waits);
  const { json } = await get('/replies');
  expect(json).toMatchObject({ knowsHolders: true });
  const holders = new Map((json.waiting as ReadonlyArray<{ conversationId: string; holder?: object }>)
    .map(({ conversationId, holder }) => [conversationId, holder]));
  expect(holders.get(held.conversation_id)).toEqual({ by: OTHER, at: '2026-11-02T09:00:01.000Z' });
  expect(holders.get(free.conversation_id)).toBeUndefined();
});

test('pages follow each other without a gap, and a recipient who was erased is left out', async () => {
  const { chat, take, list, records } = await chatsWorld();
  const taken: Conversation[] = [];
  for (let count = 0; count < 51; count += 1) taken.push(await take(await chat(), ME));
  const first = await list('taken');
  expect([first.chats.length, first.next === undefined]).toEqual([50, false]);
  const second = await list('taken', { after: first.next });
  expect([second.chats.length, second.next]).toEqual([1, undefined]);
  const ids = [...first.chats, ...second.chats].map(({ conversationId }) => conversationId);
  expect(ids).toEqual(taken.map(({ conversation_id: id }) => id));
  const all = records.directory.allIdempotencyRecords();
  jest.spyOn(records.directory, 'allIdempotencyRecords').mockReturnValue(all.slice(1));
  expect((await list('taken')).chats).toHaveLength(49);
});

test('a list that there is not is refused, and a chat of another company stands in none', async () => {
  const { chat, take, get, signIn, list } = await chatsWorld();
  await take(await chat(), ME);
  expect((await get('/replies/chats', { list: 'everything' })).status).toBe(400);
  signIn('agent:other', 'agent:brightpath');
  expect((await get('/replies/chats', { list: 'taken', company: 'other' })).json.chats).toEqual([]);
  expect((await list('taken')).chats).toHaveLength(1);
});

test('two conversations of one chat are one entry', async () => {
  const { chat, take, list, records } = await chatsWorld();
  const one = await chat();
  const conversation_id = one.conversation_id.replace(uuid(1), uuid(9));
  const again = await records.accept({ ...one, conversation_id }, uuid(9));
  expect(threadIdOf(again)).toBe(threadIdOf(one));
  await take(one, ME);
  await take(again, ME);
  expect((await list('taken')).chats).toHaveLength(1);
});
