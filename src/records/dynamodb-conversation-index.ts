import type { ConversationIndex, IndexedConversation, ListQuery } from '../core/ports/conversation-index';
import { INDEXES } from '../core/indexes';
import type { TableClient, TableQuery } from './table-client';

/** The conversations of a recipient, a project or a state. An index may lag behind the records by about a second. */
export class DynamoDbConversationIndex implements ConversationIndex {
  constructor(
    private readonly client: TableClient,
    private readonly table: string,
  ) {}

  /** The newest first, from a moment backwards. */
  async newestFirst({ index, ...query }: ListQuery): Promise<readonly IndexedConversation[]> {
    return index === 'recipient' ? this.ofRecipient(query) : this.ofIndex(INDEXES[index], query);
  }

  /** The table orders a recipient's conversations by identifier, so all are read; a person has few. */
  private async ofRecipient({
    partition,
    until,
    limit,
  }: Omit<ListQuery, 'index'>): Promise<readonly IndexedConversation[]> {
    const found = await this.query('created_at', undefined, {
      KeyConditionExpression: 'primary_channel = :recipient',
      ProjectionExpression: 'primary_channel, conversation_id, created_at',
      ExpressionAttributeValues: { ':recipient': partition },
    });
    const known = found.filter(({ at }) => at !== '' && (until === undefined || at <= until));
    return known.sort((one, other) => (one.at > other.at ? -1 : 1)).slice(0, limit);
  }

  private async ofIndex(
    { name: IndexName, partitionKey, sortKey }: (typeof INDEXES)[keyof typeof INDEXES],
    { partition, until, limit }: Omit<ListQuery, 'index'>,
  ): Promise<readonly IndexedConversation[]> {
    return this.query(sortKey, limit, {
      IndexName,
      KeyConditionExpression: `#partition = :partition${until === undefined ? '' : ' AND #at <= :until'}`,
      ExpressionAttributeNames: { '#partition': partitionKey, ...(until === undefined ? {} : { '#at': sortKey }) },
      ExpressionAttributeValues: { ':partition': partition, ...(until === undefined ? {} : { ':until': until }) },
      ScanIndexForward: false,
    });
  }

  /** `at` is empty for what has no such attribute: what a recipient has opted out of lies beside the conversations. */
  private async query(
    sortKey: string,
    limit: number | undefined,
    query: Omit<TableQuery, 'TableName'>,
  ): Promise<IndexedConversation[]> {
    const found: IndexedConversation[] = [];
    const asked = { ...query, TableName: this.table, ...(limit === undefined ? {} : { Limit: limit }) };
    for await (const items of this.client.query(asked)) {
      found.push(
        ...items.map(({ primary_channel: recipient, conversation_id: id, [sortKey]: at }) => ({
          key: { primary_channel: String(recipient), conversation_id: String(id) },
          at: typeof at === 'string' ? at : '',
        })),
      );
      if (limit !== undefined && found.length >= limit) break;
    }
    return found.slice(0, limit);
  }
}
