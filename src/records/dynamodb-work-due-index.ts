import type { WorkDueIndex, DueRecord } from '../core/lifecycle/work-due-index';
import { INDEXES } from '../core/indexes';
import { threadIdOfKey } from './item-keys';
import type { TableClient } from './table-client';

/** A sparse index in DynamoDB: of what is not terminal, or of another kind of what waits. */
export class DynamoDbWorkDueIndex implements WorkDueIndex {
  constructor(
    private readonly client: TableClient,
    private readonly table: string,
    private readonly index: (typeof INDEXES)['attention' | 'reply'] = INDEXES.attention,
  ) {}

  async due({ shard, before, limit }: Parameters<WorkDueIndex['due']>[0]): Promise<readonly DueRecord[]> {
    const { name, partitionKey, sortKey } = this.index;
    const query = {
      TableName: this.table,
      IndexName: name,
      KeyConditionExpression: '#shard = :shard AND #due < :before',
      ExpressionAttributeNames: { '#shard': partitionKey, '#due': sortKey },
      ExpressionAttributeValues: { ':shard': shard, ':before': before },
      Limit: limit,
    };
    // One page holds thousands of keys: more than one run checks.
    for await (const items of this.client.query(query)) {
      return items.map((item) => {
        const key = { primary_channel: String(item.primary_channel), conversation_id: String(item.conversation_id) };
        const threadId = threadIdOfKey(key);
        return { key, dueAt: String(item[sortKey]), ...(threadId === undefined ? {} : { threadId }) };
      });
    }
    return [];
  }
}
