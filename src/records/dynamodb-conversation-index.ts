import type { DynamoDBDocumentClient } from '@aws-sdk/lib-dynamodb';
import { QueryCommand } from '@aws-sdk/lib-dynamodb';
import type { Timestamp } from '../core/clock';
import type { ConversationKey } from '../core/conversation';
import { INDEXES } from '../core/indexes';
import type { Item } from './failed-condition';

/** A record by its key, and the moment by which its index orders it. */
export interface IndexedConversation {
  readonly key: ConversationKey;
  readonly at: Timestamp;
}

/** The conversations of one partition of an index. It may lag behind the records by about a second. */
export class DynamoDbConversationIndex {
  constructor(
    private readonly client: DynamoDBDocumentClient,
    private readonly table: string,
  ) {}

  /** The newest first, from a moment (inclusive) backwards. */
  async newestFirst(query: {
    readonly index: keyof typeof INDEXES;
    readonly partition: string;
    readonly until?: Timestamp;
    readonly limit: number;
  }): Promise<readonly IndexedConversation[]> {
    const { name: IndexName, partitionKey, sortKey } = INDEXES[query.index];
    const found: IndexedConversation[] = [];
    let start: Item | undefined;
    do {
      const { Items: items = [], LastEvaluatedKey: last } = await this.client.send(new QueryCommand({
        TableName: this.table,
        IndexName,
        KeyConditionExpression: `#partition = :partition${query.until === undefined ? '' : ' AND #at <= :until'}`,
        ExpressionAttributeNames: { '#partition': partitionKey, ...(query.until === undefined ? {} : { '#at': sortKey }) },
        ExpressionAttributeValues: { ':partition': query.partition, ...(query.until === undefined ? {} : { ':until': query.until }) },
        ScanIndexForward: false,
        Limit: query.limit - found.length,
        ...(start ? { ExclusiveStartKey: { ...start } } : {}),
      }));
      found.push(...items.map((item) => ({
        key: { primary_channel: String(item.primary_channel), conversation_id: String(item.conversation_id) },
        at: String(item[sortKey]),
      })));
      start = last;
    } while (start && found.length < query.limit);
    return found;
  }
}
