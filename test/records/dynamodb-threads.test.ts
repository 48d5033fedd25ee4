import type { Conversation, ConversationMessage } from '../../src/core/lifecycle/conversation';
import { threadIdOf } from '../../src/core/lifecycle/thread';
import type { Threads } from '../../src/core/ports/threads';
import { DynamoDbThreads } from '../../src/records/dynamodb-threads';
import type { Item } from '../../src/records/item';
import { TableClient } from '../../src/records/table-client';
import type { DynaliteTables } from '../support/dynalite-tables';
import { startDynaliteTables } from '../support/dynalite-tables';
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
    expect([first.isNew, second]).toEqual([true, { sequence: first.sequence, isNew: false }]);
    expect(await threads.repliesTo(one)).toHaveLength(1);
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
});
