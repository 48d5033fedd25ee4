import { PutCommand } from '@aws-sdk/lib-dynamodb';
import { INDEXES } from '../../src/core/indexes';
import { placeInList } from '../../src/core/lifecycle/chat-list';
import { DynamoDbChatLists } from '../../src/records/dynamodb-chat-lists';
import { idempotencyItemKey, threadItemKeys } from '../../src/records/item-keys';
import type { DynaliteTables } from '../support/dynalite-tables';
import { createTable, startDynaliteTables } from '../support/dynalite-tables';
import { FakeClock } from '../support/fake-clock';

const TABLE = 'chats';
const NOW = Date.parse('2026-11-02T12:00:00.000Z');
const about = (count: number) => `acme#sales#request-${count}#447700900100`;
const at = (minute: number) => `2026-11-02T09:0${minute}:00.000Z`;

describe('lists of chats in the index of replies', () => {
  let dynalite: DynaliteTables;
  let lists: DynamoDbChatLists;
  beforeAll(async () => {
    dynalite = await startDynaliteTables();
    const { name, partitionKey, sortKey } = INDEXES.reply;
    const names = ['primary_channel', 'conversation_id', partitionKey, sortKey];
    const keys = (hash: string, range: string) => [
      { AttributeName: hash, KeyType: 'HASH' as const }, { AttributeName: range, KeyType: 'RANGE' as const },
    ];
    await createTable(dynalite.client, {
      TableName: TABLE,
      BillingMode: 'PAY_PER_REQUEST',
      AttributeDefinitions: names.map((AttributeName) => ({ AttributeName, AttributeType: 'S' as const })),
      KeySchema: keys('primary_channel', 'conversation_id'),
      GlobalSecondaryIndexes: [
        { IndexName: name, KeySchema: keys(partitionKey, sortKey), Projection: { ProjectionType: 'KEYS_ONLY' } },
      ],
    });
    lists = new DynamoDbChatLists(dynalite.records, TABLE, new FakeClock(NOW));
    const put = async (Item: object) => dynalite.client.send(new PutCommand({ TableName: TABLE, Item: { ...Item } }));
    const chat = async (count: number, list: 'taken' | 'returned', by: string, when: string, company = 'acme') => put({
      ...threadItemKeys(`thread${count}`).thread,
      ...placeInList(list, company, { by, at: when, channel: 'sms', conversationId: about(count) }),
    });
    await chat(1, 'taken', 'robin', at(1));
    await chat(2, 'taken', 'avery', at(3));
    await chat(3, 'taken', 'avery', at(2));
    await chat(4, 'taken', 'avery', at(1), 'other');
    await chat(5, 'returned', 'robin', at(4));
    await chat(6, 'returned', 'avery', at(5));
    await chat(7, 'returned', 'avery', '2026-09-01T09:00:00.000Z');
    await put({ primary_channel: '+447700900100', conversation_id: about(1), reply_attention: 'reply', reply_since: at(1) });
    await put({
      ...idempotencyItemKey('acme', 'sales', 'request-1'),
      conversation: { primary_channel: '+447700900100', conversation_id: about(1) },
    });
    await put({
      ...idempotencyItemKey('acme', 'sales', 'request-2'), erased_at: at(6),
      conversation: { primary_channel: 'erased', conversation_id: about(2) },
    });
  });
  afterAll(() => dynalite.stop());

  const found = async (query: Partial<Parameters<DynamoDbChatLists['page']>[0]>) => {
    const chats = await lists.page({ company: 'acme', list: 'taken', limit: 10, ...query });
    return chats.map(({ threadId }) => threadId);
  };

  test('taken: by person, the longest first, of one company alone', async () => {
    expect(await found({})).toEqual(['thread3', 'thread2', 'thread1']);
    expect(await found({ by: 'avery' })).toEqual(['thread3', 'thread2']);
    expect(await found({ by: 'aver' })).toEqual([]);
    expect(await found({ company: 'nobody' })).toEqual([]);
  });

  test('returned: the newest first, of the last 30 days', async () => {
    expect(await found({ list: 'returned' })).toEqual(['thread6', 'thread5']);
  });

  test.each(['taken', 'returned'] as const)('%s: a page begins behind the last one, and a foreign place at the first', async (list) => {
    const all = await lists.page({ company: 'acme', list, limit: 10 });
    const [first] = await lists.page({ company: 'acme', list, limit: 1 });
    expect(first).toEqual(all[0]);
    expect(await found({ list, limit: 10, after: first?.place })).toEqual(all.slice(1).map(({ threadId }) => threadId));
    expect(await found({ list, limit: 10, after: '\uffff\uffff' })).toHaveLength(all.length);
  });

  test('recipients are found by conversation; none of those that were erased or never were', async () => {
    const recipients = await lists.recipients([about(1), about(2), about(3), about(1), 'nothing']);
    expect([...recipients]).toEqual([[about(1), '+447700900100']]);
    expect([...(await lists.recipients([]))]).toEqual([]);
  });
});
