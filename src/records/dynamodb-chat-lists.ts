import { INDEXES } from '../core/indexes';
import { chatListPartition, readPlace, stretchOf } from '../core/lifecycle/chat-list';
import type { ConversationIdentity } from '../core/lifecycle/conversation-id';
import { parseConversationId } from '../core/lifecycle/conversation-id';
import type { ChatListQuery, ChatLists, ListedChat } from '../core/ports/chat-lists';
import type { Clock } from '../core/ports/clock';
import { batchRead } from './batch-read';
import { readIdempotencyRecord } from './directory-items';
import type { ConversationItemKey } from './item-keys';
import { idempotencyItemKey, threadIdOfKey } from './item-keys';
import type { TableClient } from './table-client';

/** Keys that DynamoDB takes in one call. */
const BATCH = 100;

/** Lists of chats from the index of replies: half a read unit for every 4 KB of keys, and half a unit a recipient. */
export class DynamoDbChatLists implements ChatLists {
  constructor(
    private readonly client: TableClient,
    private readonly table: string,
    private readonly clock: Pick<Clock, 'now' | 'sleep'>,
  ) {}

  async page({ company, list, by, after, limit }: ChatListQuery): Promise<readonly ListedChat[]> {
    const { name, partitionKey, sortKey } = INDEXES.reply;
    const { from, to } = stretchOf(list, { by, now: this.clock.now() });
    const isNewestFirst = list === 'returned';
    const isBehind = after !== undefined && after >= from && after <= to;
    const query = {
      TableName: this.table,
      IndexName: name,
      KeyConditionExpression: '#list = :list AND #place BETWEEN :from AND :to',
      ExpressionAttributeNames: { '#list': partitionKey, '#place': sortKey },
      ExpressionAttributeValues: {
        ':list': chatListPartition(list, company),
        ':from': isBehind && !isNewestFirst ? after : from,
        ':to': isBehind && isNewestFirst ? after : to,
      },
      ScanIndexForward: !isNewestFirst,
      // The one behind which the page begins is among them.
      Limit: limit + 1,
    };
    for await (const items of this.client.query(query)) {
      return items.flatMap((item) => {
        const place = String(item[sortKey]);
        const entry = place === after ? undefined : readPlace(list, place);
        const key = { primary_channel: String(item.primary_channel), conversation_id: String(item.conversation_id) };
        const threadId = threadIdOfKey(key);
        return entry && threadId !== undefined ? [{ ...entry, threadId, place }] : [];
      }).slice(0, limit);
    }
    return [];
  }

  async recipients(conversationIds: readonly string[]): Promise<ReadonlyMap<string, string>> {
    const known = [...new Set(conversationIds)].flatMap((id) => parseConversationId(id) ?? []);
    const found = new Map<string, string>();
    for (let begin = 0; begin < known.length; begin += BATCH) {
      const wanted = known.slice(begin, begin + BATCH);
      const keys = wanted.map(keyOf);
      const read = await batchRead(this.client, { [this.table]: keys }, this.clock, 'lagging');
      for (const identity of wanted) {
        const key = keyOf(identity);
        const item = read(this.table).find((one) => (
          one.primary_channel === key.primary_channel && one.conversation_id === key.conversation_id
        ));
        const record = readIdempotencyRecord(item, identity);
        if (record && record.erased_at === undefined) {
          found.set(record.conversation.conversation_id, record.conversation.primary_channel);
        }
      }
    }
    return found;
  }
}

function keyOf({ companyId, projectId, requestId }: ConversationIdentity): ConversationItemKey {
  return idempotencyItemKey(companyId, projectId, requestId);
}
