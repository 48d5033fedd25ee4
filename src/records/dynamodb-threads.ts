import type { Conversation, ConversationMessage } from '../core/lifecycle/conversation';
import { threadIdOf } from '../core/lifecycle/thread';
import type { KeptReply, Reply, Threads } from '../core/ports/threads';
import type { Item } from './item';
import { failedCondition } from './failed-condition';
import type { ConversationItemKey } from './item-keys';
import { threadItemKeys } from './item-keys';
import type { TableClient } from './table-client';

/** Replies to one conversation that are read at most, the newest ones. */
const SHOWN = 200;

/** What recipients wrote, in DynamoDB: a partition per thread, its messages in their order. */
export class DynamoDbThreads implements Threads {
  constructor(
    private readonly client: TableClient,
    private readonly table: string,
  ) {}

  /**
   * Three writes, each of which a repeated call leaves out or repeats without effect: the thread's next position, the
   * vendor's identifier with that position, and the message there. A crash after the first leaves a position unused.
   */
  async keep(reply: Reply): Promise<KeptReply> {
    const keys = threadItemKeys(threadIdOf(reply.conversation));
    const known = await this.positionOf(keys.vendorMessage(reply.vendorMessageId));
    const sequence = known ?? (await this.takePosition(reply));
    const { message, vendorMessageId: vendor_message_id, neverAnswered: never_answered } = reply;
    const isNew = await this.putOnce({
      ...keys.message(sequence), ...message, ...belonging(reply), vendor_message_id, never_answered,
    });
    return { sequence, isNew };
  }

  async repliesTo(conversation: Conversation): Promise<readonly ConversationMessage[]> {
    const { primary_channel: partition, conversation_id: prefix } =
      threadItemKeys(threadIdOf(conversation)).everyMessage;
    const query = {
      TableName: this.table,
      KeyConditionExpression: 'primary_channel = :partition AND begins_with(conversation_id, :prefix)',
      ExpressionAttributeValues: { ':partition': partition, ':prefix': prefix },
      ConsistentRead: true,
      ScanIndexForward: false,
      Limit: SHOWN,
    };
    const found: ConversationMessage[] = [];
    for await (const items of this.client.query(query)) {
      found.push(...items.filter((item) => belongsTo(item, conversation)).map(readMessage));
      const oldest = items.at(-1)?.timestamp;
      const isBefore = typeof oldest === 'string' && oldest < conversation.created_at;
      if (isBefore || found.length >= SHOWN) break;
    }
    return found.slice(0, SHOWN).reverse();
  }

  /** Takes the words out and lets DynamoDB remove the items: functions have no right to delete. */
  async discard({ conversation, message, vendorMessageId }: Reply, sequence: number): Promise<void> {
    const keys = threadItemKeys(threadIdOf(conversation));
    const past = Math.floor(Date.parse(message.timestamp) / 1000);
    for (const key of [keys.message(sequence), keys.vendorMessage(vendorMessageId)]) {
      await this.client.update({
        TableName: this.table,
        Key: key,
        UpdateExpression: 'SET time_to_live = :past REMOVE content, vendor_message_id, reply_to',
        ExpressionAttributeValues: { ':past': past },
      });
    }
  }

  async removeRepliesTo(conversation: Conversation): Promise<void> {
    const { thread } = threadItemKeys(threadIdOf(conversation));
    const query = {
      TableName: this.table,
      KeyConditionExpression: 'primary_channel = :partition',
      ExpressionAttributeValues: { ':partition': thread.primary_channel },
      ConsistentRead: true,
    };
    let others = 0;
    for await (const items of this.client.query(query)) {
      for (const item of items.filter(({ conversation_id: id }) => id !== thread.conversation_id)) {
        if (belongsTo(item, conversation)) await this.delete(item);
        else others += 1;
      }
    }
    // Nobody can be found by what is left: when the chat was, and how long.
    if (others === 0) await this.client.delete({ TableName: this.table, Key: thread });
  }

  private async delete({ primary_channel: partition, conversation_id: id }: Item): Promise<void> {
    const Key = { primary_channel: String(partition), conversation_id: String(id) };
    await this.client.delete({ TableName: this.table, Key });
  }

  /** The next position in the thread, under the vendor's identifier; another call's, if it was faster. */
  private async takePosition(reply: Reply): Promise<number> {
    const { conversation, message, vendorMessageId } = reply;
    const keys = threadItemKeys(threadIdOf(conversation));
    const changed = await this.client.update({
      TableName: this.table,
      Key: keys.thread,
      UpdateExpression: 'ADD message_sequence :one SET last_inbound_at = :at, time_to_live = :expiry',
      ExpressionAttributeValues: { ':one': 1, ':at': message.timestamp, ':expiry': conversation.time_to_live },
      ReturnValues: 'UPDATED_NEW',
    });
    const sequence = Number(changed?.message_sequence);
    const key = keys.vendorMessage(vendorMessageId);
    if (await this.putOnce({ ...key, ...belonging(reply), message_sequence: sequence })) return sequence;
    return (await this.positionOf(key)) ?? sequence;
  }

  private async positionOf(key: ConversationItemKey): Promise<number | undefined> {
    const item = await this.client.get(this.table, key);
    return typeof item?.message_sequence === 'number' ? item.message_sequence : undefined;
  }

  private async putOnce(item: Item): Promise<boolean> {
    try {
      await this.client.put({
        TableName: this.table,
        Item: item,
        ConditionExpression: 'attribute_not_exists(primary_channel)',
      });
      return true;
    } catch (error) {
      failedCondition(error);
      return false;
    }
  }
}

function belonging({ conversation }: Reply) {
  return { reply_to: conversation.conversation_id, time_to_live: conversation.time_to_live };
}

function belongsTo({ reply_to: id }: Item, conversation: Conversation): boolean {
  return id === conversation.conversation_id;
}

function readMessage(item: Item): ConversationMessage {
  return {
    message_id: String(item.message_id),
    timestamp: String(item.timestamp),
    role: 'user',
    content: String(item.content),
    prompt_tokens: 0,
    completion_tokens: 0,
    total_tokens: 0,
  };
}
