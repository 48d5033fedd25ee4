import { ConditionalCheckFailedException } from '@aws-sdk/client-dynamodb';
import type { Conversation, ConversationMessage } from '../../src/core/lifecycle/conversation';
import { threadIdOf } from '../../src/core/lifecycle/thread';
import type { ThreadChange } from '../../src/core/lifecycle/thread-change';
import type { Threads } from '../../src/core/ports/threads';
import { DynamoDbThreads } from '../../src/records/dynamodb-threads';
import type { Item } from '../../src/records/item';
import { TableClient } from '../../src/records/table-client';
import type { DynaliteTables } from '../support/dynalite-tables';
import { startDynaliteTables } from '../support/dynalite-tables';
import { ItemTellingTables } from '../support/item-telling-tables';
import { MemoryThreads } from '../support/memory-threads';
import { sampleConversation } from '../support/sample-message';

const NOW = Date.parse('2026-11-22T10:00:00.000Z');

let dynalite: DynaliteTables;
let people = 0;
beforeAll(async () => { dynalite = await startDynaliteTables(); });
afterAll(() => dynalite.stop());

/** Two conversations of one thread that no other test knows. */
function chat(): readonly [Conversation, Conversation] {
  people += 1;
  const recipient = `+4477009${String(10_000 + people)}`;
  const changes = { primary_channel: recipient, recipient_tel: recipient };
  return [
    sampleConversation({ now: NOW, changes }),
    sampleConversation({ now: NOW, requestId: '1f0c8a52-5d0e-4b7e-9b1a-2f6f8c1d7e90', changes }),
  ];
}

const wrote = (content: string, at = NOW): ConversationMessage => ({
  message_id: `m-${content}`, timestamp: new Date(at).toISOString(), role: 'user', content,
  prompt_tokens: 0, completion_tokens: 0, total_tokens: 0,
});
const reply = (conversation: Conversation, content: string, vendorMessageId = `SM-${content}`) =>
  ({ conversation, message: wrote(content), vendorMessageId });

describe.each([
  ['on the table', (): Threads => new DynamoDbThreads(dynalite.records, dynalite.tables.conversations)],
  ['in memory', (): Threads => new MemoryThreads()],
])('replies %s', (_where, made) => {
  test('stand in the order in which they were kept, each with its own conversation', async () => {
    const [threads, [one, other]] = [made(), chat()];
    await threads.keep(reply(one, 'first'));
    await threads.keep(reply(other, 'second'));
    await threads.keep(reply(one, 'third'));
    expect(await threads.repliesTo(one)).toEqual([wrote('first'), wrote('third')]);
    expect(await threads.repliesTo(other)).toEqual([wrote('second')]);
  });

  test('are kept once, under the position of the first time, however often they are reported', async () => {
    const [threads, [one]] = [made(), chat()];
    const first = await threads.keep(reply(one, 'hello'));
    const second = await threads.keep(reply(one, 'hello'));
    expect([first.isNew, second.isNew, second.sequence]).toEqual([true, false, first.sequence]);
    expect(await threads.repliesTo(one)).toHaveLength(1);
  });

  test('tell what was decided about them when they were kept, and their thread as it is by now', async () => {
    const [threads, [one]] = [made(), chat()];
    const decided = { unread: 'no_text', card: 'thanks', handOff: 'reply_received' } as const;
    const first = await threads.keep({ ...reply(one, 'hello'), ...decided });
    expect(first).not.toHaveProperty('decided');
    expect(first.thread).toEqual(await threads.find(threadIdOf(one)));
    const second = await threads.keep({ ...reply(one, 'hello'), unread: 'off' });
    expect(second.decided).toEqual({ ...decided, messageId: 'm-hello' });
    expect(second.thread).toEqual(await threads.find(threadIdOf(one)));
  });

  test('with the same words are as many as the vendor identifies', async () => {
    const [threads, [one]] = [made(), chat()];
    await threads.keep(reply(one, 'yes', 'SM1'));
    await threads.keep(reply(one, 'yes', 'SM2'));
    expect(await threads.repliesTo(one)).toHaveLength(2);
  });

  test('go with their conversation, and leave the others of the chat', async () => {
    const [threads, [one, other]] = [made(), chat()];
    await threads.keep(reply(one, 'first'));
    await threads.keep(reply(other, 'second'));
    await threads.removeRepliesTo(one);
    expect(await threads.repliesTo(one)).toEqual([]);
    expect(await threads.repliesTo(other)).toEqual([wrote('second')]);
    expect(await threads.keep(reply(one, 'first'))).toMatchObject({ isNew: true });
  });

  test('that came in while their conversation was erased go one by one', async () => {
    const [threads, [one]] = [made(), chat()];
    const late = reply(one, 'late');
    await threads.keep(reply(one, 'early'));
    const { sequence } = await threads.keep(late);
    await threads.discard(late, sequence);
    expect(await threads.repliesTo(one)).toEqual([wrote('early')]);
  });
});

describe('on the table', () => {
  const threads = () => new DynamoDbThreads(dynalite.records, dynalite.tables.conversations);
  /** Items of the table, of this conversation's thread only if one is named. */
  const left = async (of?: Conversation) => {
    const scan = { TableName: dynalite.tables.conversations, ConsistentRead: true };
    const found: Item[] = [];
    for await (const items of dynalite.records.scan(scan)) found.push(...items);
    return found.filter(({ primary_channel: key }) => !of || key === `thread#${threadIdOf(of)}`);
  };

  test('calls at one time take positions of their own, and the same message once', async () => {
    const [one] = chat();
    const kept = await Promise.all(
      ['a', 'b', 'c', 'a', 'b', 'a'].map(async (content) => threads().keep(reply(one, content))),
    );
    expect(kept.filter(({ isNew }) => isNew)).toHaveLength(3);
    expect(new Set(kept.map(({ sequence }) => sequence)).size).toBe(3);
    expect(await threads().repliesTo(one)).toHaveLength(3);
  });

  test.each([1, 2, 3])('a crash after write %i of three is finished by the repeated call', async (writes) => {
    const [one] = chat();
    const dying = new TableClient(dynalite.client);
    let left_ = writes;
    const mortal = new Proxy(dying, {
      get: (target, name, receiver) => {
        const method: unknown = Reflect.get(target, name, receiver);
        if (typeof method !== 'function' || !['put', 'update'].includes(String(name))) return method;
        return async (...input: unknown[]) => {
          const answer: unknown = await Reflect.apply(method, target, input);
          left_ -= 1;
          if (left_ === 0) throw new Error('the process died');
          return answer;
        };
      },
    });
    const first = new DynamoDbThreads(mortal, dynalite.tables.conversations).keep(reply(one, 'hello'));
    await expect(first).rejects.toThrow('the process died');
    await threads().keep(reply(one, 'hello'));
    expect(await threads().repliesTo(one)).toEqual([wrote('hello')]);
  });

  test('a thread of which every conversation was erased leaves nothing', async () => {
    const [one] = chat();
    await threads().keep(reply(one, 'hello'));
    expect(await left(one)).toHaveLength(3);
    await threads().removeRepliesTo(one);
    expect(await left(one)).toEqual([]);
  });

  test('no item of a thread holds the recipient\'s address', async () => {
    const [one] = chat();
    await threads().keep(reply(one, 'hello'));
    const items = await left(one);
    expect(items).toHaveLength(3);
    expect(JSON.stringify(items)).not.toContain(one.primary_channel);
  });

  test('what an older version kept says nothing of how it was decided', async () => {
    const [one] = chat();
    await threads().keep({ ...reply(one, 'hello'), unread: 'no_text' });
    const [item] = (await left(one)).filter(({ role }) => role === 'user');
    await dynalite.records.update({
      TableName: dynalite.tables.conversations,
      Key: { primary_channel: String(item?.primary_channel), conversation_id: String(item?.conversation_id) },
      UpdateExpression: 'REMOVE handed_off',
    });
    const again = await threads().keep(reply(one, 'hello'));
    expect([again.isNew, again.decided]).toEqual([false, undefined]);
  });

  const threadOf = (conversation: Conversation) => threads().find(threadIdOf(conversation));
  const joined = async (conversation: Conversation, expects: boolean, vendorMessageId = 'SM-ours') =>
    threads().join({ conversation, vendorMessageId, at: wrote('').timestamp, expects });

  test('a message of ours is a line among the recipient\'s, once, and no reply', async () => {
    const [one] = chat();
    await threads().keep({ ...reply(one, 'first'), quotes: 'SM-quoted', unread: 'button' });
    await joined(one, false);
    await joined(one, false);
    await threads().keep(reply(one, 'second'));
    const lines = await threads().newest(threadIdOf(one), 9);
    expect(lines).toMatchObject([
      { role: 'user', content: 'first', quotes: 'SM-quoted', unread: 'button', conversation: one.conversation_id },
      { role: 'assistant', content: '', message_id: one.request_id, vendorMessageId: 'SM-ours' },
      { role: 'user', content: 'second' },
    ]);
    expect(lines.map(({ sequence }) => sequence)).toEqual([1, 2, 3]);
    expect((await threads().newest(threadIdOf(one), 2)).map(({ sequence }) => sequence)).toEqual([2, 3]);
    expect(await threads().repliesTo(one)).toEqual([wrote('first'), wrote('second')]);
  });

  test('a line whose words were taken back is none', async () => {
    const [one] = chat();
    const late = reply(one, 'late');
    const { sequence } = await threads().keep(late);
    await threads().discard(late, sequence);
    expect(await threads().newest(threadIdOf(one), 9)).toEqual([]);
    expect(await threads().newest('of nobody', 9)).toEqual([]);
  });

  test('a thread is its company\'s and channel\'s, the engine has it, and it expects what was asked', async () => {
    const [one, other] = chat();
    expect(await threadOf(one)).toBeUndefined();
    await joined(one, false, 'SM-1');
    expect(await threadOf(one)).toMatchObject({
      company_id: 'brightpath', channel_method: 'sms', owner: 'engine', message_sequence: 1, handled_until: 0,
    });
    expect(await threadOf(one)).not.toHaveProperty('expecting');
    for (let times = 0; times < 2; times += 1) await joined(one, true, 'SM-1');
    await joined(other, true, 'SM-2');
    expect((await threadOf(one))?.expecting).toEqual([one.conversation_id, other.conversation_id]);
  });

  test('a thread expects answers to the newest five conversations', async () => {
    const [one] = chat();
    for (let index = 0; index < 6; index += 1) {
      await joined({ ...one, conversation_id: one.conversation_id.replace('3f', `${index}f`) }, true, `SM-${index}`);
    }
    const expecting = (await threadOf(one))?.expecting?.map((id) => id.split('#')[2]?.slice(0, 2));
    expect(expecting).toEqual(['1f', '2f', '3f', '4f', '5f']);
  });

  test('conversations that go at one time are all expected', async () => {
    const [one, other] = chat();
    await Promise.all([joined(one, true, 'SM-1'), joined(other, true, 'SM-2')]);
    expect([...(await threadOf(one))?.expecting ?? []].sort()).toEqual(
      [one.conversation_id, other.conversation_id].sort(),
    );
  });

  test('a thread that others change all the time is an error that says so', async () => {
    const [one] = chat();
    await joined(one, false);
    const busy = new ItemTellingTables(dynalite.records.client);
    jest.spyOn(busy, 'update').mockImplementation(async () =>
      Promise.reject(new ConditionalCheckFailedException({ $metadata: {}, message: 'overtaken' })));
    const joining = new DynamoDbThreads(busy, dynalite.tables.conversations).join({
      conversation: one, vendorMessageId: 'SM-ours', at: wrote('').timestamp, expects: true,
    });
    await expect(joining).rejects.toThrow(/expects answers failed: its thread changes all the time\. Try again\.$/);
  });

  test('a thread outlives the last of its messages', async () => {
    const [one, other] = chat();
    await threads().keep(reply({ ...one, time_to_live: 2_000_000_000 }, 'first'));
    await threads().keep(reply({ ...other, time_to_live: 2_000_000_900 }, 'second'));
    await threads().keep(reply({ ...one, time_to_live: 2_000_000_100 }, 'third'));
    expect(await threadOf(one)).toMatchObject({ time_to_live: 2_000_000_900, message_sequence: 3 });
  });

  describe('a change', () => {
    const TAKEN: ThreadChange = {
      name: 'take over', when: [{ owner: { equals: 'engine' } }], set: { owner: 'person', epoch: 1 },
    };
    const tables = (): readonly TableClient[] => [dynalite.records, new ItemTellingTables(dynalite.records.client)];

    test('applies once; the next finds the thread as it stands in the way', async () => {
      for (const table of tables()) {
        const [one] = chat();
        const store = new DynamoDbThreads(table, dynalite.tables.conversations);
        await joined(one, false);
        expect(await store.change(threadIdOf(one), TAKEN)).toMatchObject({
          applied: true, thread: { owner: 'person', epoch: 1, message_sequence: 1 },
        });
        expect(await store.change(threadIdOf(one), TAKEN)).toMatchObject({
          applied: false, thread: { owner: 'person', epoch: 1 },
        });
      }
    });

    test('of a thread that is not there makes none', async () => {
      for (const table of tables()) {
        const store = new DynamoDbThreads(table, dynalite.tables.conversations);
        expect(await store.change('of nobody', TAKEN)).toEqual({ applied: false });
        expect(await store.find('of nobody')).toBeUndefined();
      }
    });

    test('that the SDK repeats since its answer was lost has applied', async () => {
      const [one] = chat();
      await joined(one, false);
      const store = new DynamoDbThreads(dynalite.records, dynalite.tables.conversations, () => 'the same change');
      expect(await store.change(threadIdOf(one), TAKEN)).toMatchObject({ applied: true });
      expect(await store.change(threadIdOf(one), TAKEN)).toMatchObject({ applied: true, thread: { owner: 'person' } });
    });
  });

  test('erasure of one conversation takes the thread\'s understanding, which may quote it, and leaves the others',
    async () => {
      const [one, other] = chat();
      await threads().keep(reply(one, 'first'));
      await threads().keep(reply(other, 'second'));
      await threads().change(threadIdOf(one), {
        name: 'read', when: [{ message_sequence: { exists: true } }],
        set: {
          understanding: { until: 2, read: [1, 2], at: wrote('').timestamp, answers: {} },
          turn_owner: 'worker', turn_sequence: 2, turn_until: wrote('').timestamp,
        },
      });
      await threads().removeRepliesTo(one);
      const thread = await threadOf(one);
      expect(thread).toMatchObject({ message_sequence: 2 });
      for (const gone of ['understanding', 'turn_owner']) expect(thread).not.toHaveProperty(gone);
      expect(await threads().repliesTo(other)).toEqual([wrote('second')]);
    });
});
