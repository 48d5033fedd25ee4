import type { DynamoDBDocumentClient, QueryCommandInput } from '@aws-sdk/lib-dynamodb';
import { QueryCommand } from '@aws-sdk/lib-dynamodb';
import type { WorkDueIndex, DueRecord } from '../core/lifecycle/work-due-index';
import { INDEXES } from '../core/indexes';

/** A sparse index in DynamoDB: of what is not at rest, or of another kind of what waits. */
export class DynamoDbWorkDueIndex implements WorkDueIndex {
  constructor(
    private readonly client: DynamoDBDocumentClient,
    private readonly table: string,
    private readonly index: (typeof INDEXES)['attention' | 'reply'] = INDEXES.attention,
  ) {}

  async due({ shard, before, limit }: Parameters<WorkDueIndex['due']>[0]): Promise<readonly DueRecord[]> {
    const { name, partitionKey, sortKey } = this.index;
    const query: QueryCommandInput = {
      TableName: this.table,
      IndexName: name,
      KeyConditionExpression: '#shard = :shard AND #due < :before',
      ExpressionAttributeNames: { '#shard': partitionKey, '#due': sortKey },
      ExpressionAttributeValues: { ':shard': shard, ':before': before },
      Limit: limit,
    };
    // One page holds thousands of keys: more than a run looks after.
    const { Items: items = [] } = await this.client.send(new QueryCommand(query));
    return items.map((item) => ({
      key: { primary_channel: String(item.primary_channel), conversation_id: String(item.conversation_id) },
      dueAt: String(item[sortKey]),
    }));
  }
}
