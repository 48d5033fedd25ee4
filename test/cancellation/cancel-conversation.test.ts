import { cancelConversation } from '../../src/cancellation/cancel-conversation';
import type { Change } from '../../src/core/lifecycle/change';
import type { Conversation, ConversationKey, ConversationStatus } from '../../src/core/lifecycle/conversation';
import { STATUSES } from '../../src/core/lifecycle/conversation';
import { sha256 } from '../../src/core/sha256';
import { conversationAnswerSchema } from '../../src/reader/conversation-answer';
import { FakeClock } from '../support/fake-clock';
import { FakeObserver } from '../support/fake-observer';
import { MemoryConversations } from '../support/memory-conversations';
import { MemoryDirectory } from '../support/memory-directory';
import { MemoryThreads } from '../support/memory-threads';
import { sampleConversation, sampleIdempotencyRecord } from '../support/sample-message';

const API_KEY = 'sample-key-of-brightpath';
const RIVAL_KEY = 'sample-key-of-rival';
const UNSENT: readonly ConversationStatus[] = ['initiated', 'awaiting_review', 'processing', 'composed'];

let clock: FakeClock;
let observer: FakeObserver;
let directory: MemoryDirectory;
let conversations: MemoryConversations;
let threads: MemoryThreads;

beforeEach(() => {
  clock = new FakeClock();
  observer = new FakeObserver();
  directory = new MemoryDirectory();
  conversations = new MemoryConversations();
  threads = new MemoryThreads();
  const created_at = '2026-01-01T00:00:00.000Z';
  directory.seedKey(sha256(API_KEY), { company_id: 'brightpath', project_ids: ['cv-review'], created_at });
  directory.seedKey(sha256(RIVAL_KEY), { company_id: 'rival', project_ids: ['*'], created_at });
});

async function accepted(changes: Partial<Conversation> = {}): Promise<Conversation> {
  const conversation = sampleConversation({ now: clock.now(), channel: 'sms', changes });
  await directory.putIdempotencyRecord(sampleIdempotencyRecord(conversation));
  return conversations.seed(conversation);
}

async function post({ conversation_id: id }: Conversation, apiKey = API_KEY, store: Store = conversations) {
  const call = { apiKey, pathPart: encodeURIComponent(id) };
  const answer = await cancelConversation(call, { directory, conversations: store, threads, clock, observer }, ['*']);
  return { ...answer, json: JSON.parse(answer.body) };
}

interface Store {
  find(key: ConversationKey): Promise<Conversation | undefined>;
  change: MemoryConversations['change'];
}

test.each(UNSENT)('what is %s ends as cancelled, and is answered so', async (status) => {
  const conversation = await accepted({ conversation_status: status, hand_off_to_human: true, retry_at: 'x' });
  const answer = await post(conversation);
  expect([answer.status, answer.json]).toMatchObject([
    200,
    { conversation_status: 'cancelled', is_final: true, reason: { code: 'cancelled' }, delivery_status: null },
  ]);
  expect(conversationAnswerSchema.safeParse(answer.json).success).toBe(true);
  const record = await conversations.find(conversation);
  expect(record).toMatchObject({ hand_off_to_human: false });
  expect(record?.history.at(-1)).toMatchObject({ status: 'cancelled', by: 'client' });
  for (const gone of ['attention', 'due_at', 'retry_at', 'lease_owner']) expect(record).not.toHaveProperty(gone);
  expect(observer.counted('MessageCancelled')).toBe(1);
});

test('repeating it is harmless, and counts once', async () => {
  const conversation = await accepted();
  const first = await post(conversation);
  clock.advance(60_000);
  expect(await post(conversation)).toEqual(first);
  expect(observer.counted('MessageCancelled')).toBe(1);
});

test.each(STATUSES.filter((status) => ![...UNSENT, 'cancelled'].includes(status)))(
  'what is %s stays as it is, and is answered with a conflict',
  async (status) => {
    const conversation = await accepted({ conversation_status: status });
    const answer = await post(conversation);
    expect([answer.status, answer.json.error_code]).toEqual([409, 'NOT_CANCELLABLE']);
    expect(answer.json.details).toEqual([{ path: 'conversation_status', message: status }]);
    expect(await conversations.find(conversation)).toEqual(conversation);
  },
);

test('a send that was claimed between the look and the write wins', async () => {
  const conversation = await accepted({ conversation_status: 'composed' });
  const overtaking: Store = {
    find: async (key) => conversations.find(key),
    change: async (key: ConversationKey, change: Change) => {
      await conversations.change(key, {
        name: 'claimed elsewhere', when: [{}], set: { conversation_status: 'sending', attempt_id: 'attempt-1' },
      });
      return conversations.change(key, change);
    },
  };
  expect((await post(conversation, API_KEY, overtaking)).json.message).toMatch(/^It is being sent/);
  expect(await conversations.find(conversation)).toMatchObject({ conversation_status: 'sending' });
});

test('a reply that waits for a person keeps waiting', async () => {
  const waits = { reply_attention: 'reply', hand_off_to_human: true, hand_off_to_human_reason: 'reply_received' };
  const conversation = await accepted(waits);
  await post(conversation);
  expect(await conversations.find(conversation)).toMatchObject({ ...waits, conversation_status: 'cancelled' });
});

test('no one cancels what is not theirs', async () => {
  const conversation = await accepted();
  const [rival, nobody] = [await post(conversation, RIVAL_KEY), await post(conversation, 'no such key')];
  expect([rival.json.error_code, nobody.json.error_code]).toEqual(['CONVERSATION_NOT_FOUND', 'FORBIDDEN']);
  expect(await conversations.find(conversation)).toEqual(conversation);
});

test('a database that is out of reach is answered as that', async () => {
  const conversation = await accepted();
  const broken: Store = {
    find: async (key) => conversations.find(key),
    change: () => Promise.reject(new Error('secret detail')),
  };
  const answer = await post(conversation, API_KEY, broken);
  expect([answer.status, answer.json.error_code]).toEqual([500, 'DATABASE_ERROR']);
  expect(answer.body).not.toContain('secret');
});
