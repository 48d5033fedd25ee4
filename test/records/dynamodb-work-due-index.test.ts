import { INDEXES } from '../../src/core/indexes';
import { DynamoDbWorkDueIndex } from '../../src/records/dynamodb-work-due-index';
import { scriptedTables } from '../support/scripted-tables';

test('what is due is asked of the index, longest due first by its sort key', async () => {
  const asked: unknown[] = [];
  const client = scriptedTables((input) => {
    asked.push(input);
    const keys = { primary_channel: '+447700900123', conversation_id: 'a#b#c#d', attention: 'stuck#3' };
    return asked.length === 1 ? { Items: [{ ...keys, due_at: '2026-11-02T09:00:00.000Z' }] } : {};
  });
  const index = new DynamoDbWorkDueIndex(client, 'conversations');
  const query = { shard: 'stuck#3', before: '2026-11-02T09:01:00.000Z', limit: 7 };
  expect(await index.due(query)).toEqual([
    { key: { primary_channel: '+447700900123', conversation_id: 'a#b#c#d' }, dueAt: '2026-11-02T09:00:00.000Z' },
  ]);
  expect(await index.due(query)).toEqual([]);
  expect(asked[0]).toMatchObject({
    TableName: 'conversations',
    IndexName: 'attention-index',
    KeyConditionExpression: '#shard = :shard AND #due < :before',
    ExpressionAttributeNames: { '#shard': 'attention', '#due': 'due_at' },
    ExpressionAttributeValues: { ':shard': { S: 'stuck#3' }, ':before': { S: '2026-11-02T09:01:00.000Z' } },
    Limit: 7,
  });
});

test('what waits elsewhere is asked of its own index by its own keys', async () => {
  const asked: unknown[] = [];
  const client = scriptedTables((input) => {
    asked.push(input);
    const keys = { primary_channel: '+447700900123', conversation_id: 'a#b#c#d' };
    return { Items: [{ ...keys, reply_attention: 'reply', reply_since: '2026-11-02T09:00:00.000Z' }] };
  });
  const index = new DynamoDbWorkDueIndex(client, 'conversations', INDEXES.reply);
  const [found] = await index.due({ shard: 'reply', before: '2026-11-02T09:01:00.000Z', limit: 7 });
  expect(found).toEqual({
    key: { primary_channel: '+447700900123', conversation_id: 'a#b#c#d' },
    dueAt: '2026-11-02T09:00:00.000Z',
  });
  expect(asked[0]).toMatchObject({
    IndexName: 'reply-index',
    ExpressionAttributeNames: { '#shard': 'reply_attention', '#due': 'reply_since' },
  });
});
