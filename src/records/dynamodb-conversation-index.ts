import type { Conversation, ConversationKey } from '../core/lifecycle/conversation';
import { parseConversationId } from '../core/lifecycle/conversation-id';
import type { ConversationIndex, IndexedConversation, ListQuery } from '../core/ports/conversation-index';
import type { Clock } from '../core/ports/clock';
import { INDEXES } from '../core/indexes';
import { batchRead } from './batch-read';
import { readConversation } from './read-conversation';
import type { TableClient, TableQuery } from './table-client';

/** More than so many are not told apart by a person. */
const FOUND_AT_MOST = 5;

/** Keys that DynamoDB takes in one call. */
const BATCH = 100;

function nameOf({ primary_channel: recipient, conversation_id: id }: ConversationKey): string {
  return JSON.stringify([recipient, id]);
}

/** Whether a key is of a conversation that the text names; idempotency records lie beside them. */
function names({ primary_channel: recipient, conversation_id: id }: ConversationKey, text: string): boolean {
  const requestId = parseConversationId(id)?.requestId;
  return !recipient.includes('#') && requestId !== undefined && (id === text || requestId === text);
}

/** The conversations of a recipient, a project or a state. An index may lag behind the records by about a second. */
export class DynamoDbConversationIndex implements ConversationIndex {
  constructor(
    private readonly client: TableClient,
    private readonly table: string,
    private readonly clock: Pick<Clock, 'sleep'>,
  ) {}

  /** The newest first, from a moment backwards. */
  async newestFirst({ index, ...query }: ListQuery): Promise<readonly IndexedConversation[]> {
    return index === 'recipient' ? this.ofRecipient(query) : this.ofIndex(INDEXES[index], query);
  }

  async records(keys: readonly ConversationKey[]): Promise<ReadonlyArray<Conversation | undefined>> {
    const found = new Map<string, Conversation>();
    for (let begin = 0; begin < keys.length; begin += BATCH) {
      const wanted = keys.slice(begin, begin + BATCH).map(({ primary_channel, conversation_id }) => (
        { primary_channel, conversation_id }
      ));
      const read = await batchRead(this.client, { [this.table]: wanted }, this.clock, 'lagging');
      for (const one of read(this.table).map(readConversation)) found.set(nameOf(one), one);
    }
    return keys.map((key) => found.get(nameOf(key)));
  }

  /** A scan: it costs a read unit for each four kilobytes of the table. */
  async search(text: string, report: (read: number) => void): Promise<readonly ConversationKey[]> {
    const found: ConversationKey[] = [];
    let read = 0;
    const scan = { TableName: this.table, ProjectionExpression: 'primary_channel, conversation_id' };
    for await (const items of this.client.scan(scan)) {
      read += items.length;
      report(read);
      for (const { primary_channel: recipient, conversation_id: id } of items) {
        const key = { primary_channel: String(recipient), conversation_id: String(id) };
        if (names(key, text) && found.length < FOUND_AT_MOST) found.push(key);
      }
    }
    return found;
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
