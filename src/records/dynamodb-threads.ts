import { randomUUID } from 'node:crypto';
import type { NewIdentifier } from '../core/identity';
import type { Conversation, ConversationMessage } from '../core/lifecycle/conversation';
import { threadIdOf } from '../core/lifecycle/thread';
import type { ThreadChange, ThreadChangeResult } from '../core/lifecycle/thread-change';
import { TURN_LIMITS } from '../core/lifecycle/thread-limits';
import type { Thread } from '../core/lifecycle/thread-record';
import { NEW_THREAD } from '../core/lifecycle/thread-record';
import type { KeptReply, Reply, ThreadLine, Threads } from '../core/ports/threads';
import { compileChange } from './change-expression';
import type { Item } from './item';
import { failedCondition } from './failed-condition';
import type { ConversationItemKey } from './item-keys';
import { threadItemKeys } from './item-keys';
import type { TableClient } from './table-client';
import {
  belonging, belongsTo, isInbound, messageAttributes, readDecision, readLine, readMessage, readThread,
  WORDS_OF_A_MESSAGE,
} from './thread-items';

/** Replies to one conversation that are read at most, the newest ones. */
const SHOWN = 200;
/** Writes of a change that others overtake, at most. */
const TRIES = 5;

/** What recipients wrote, in DynamoDB: a partition per thread, its messages in their order. */
export class DynamoDbThreads implements Threads {
  constructor(
    private readonly client: TableClient,
    private readonly table: string,
    private readonly newIdentifier: NewIdentifier = randomUUID,
  ) {}

  /**
   * Three writes: the thread's next position, the vendor's identifier with that position, and the message there. The
   * last two happen once; a repeated call, or a crash after the first, leaves a position unused.
   */
  async keep(reply: Reply): Promise<KeptReply> {
    const keys = threadItemKeys(threadIdOf(reply.conversation));
    const { sequence, thread } = await this.takePosition(reply.conversation, reply.vendorMessageId);
    const before = await this.putOnce({ ...keys.message(sequence), ...messageAttributes(reply) });
    const decided = before && readDecision(before);
    return { sequence, thread, isNew: before === undefined, ...(decided ? { decided } : {}) };
  }

  /** Lines of ours lie among the recipient's, so that the newest of both are one query. */
  async join({ conversation, vendorMessageId, at, expects }: Parameters<Threads['join']>[0]): Promise<void> {
    const threadId = threadIdOf(conversation);
    const keys = threadItemKeys(threadId);
    const sequence = await this.positionOf(keys.vendorMessage(vendorMessageId))
      ?? (await this.takePosition(conversation, vendorMessageId)).sequence;
    const { card } = conversation.reply ?? {};
    const line = {
      role: 'assistant', message_id: conversation.request_id, timestamp: at, ...(card ? { card: card.card_id } : {}),
    };
    await this.putOnce({
      ...keys.message(sequence), ...line, ...belonging(conversation), vendor_message_id: vendorMessageId,
    });
    if (expects) await this.expect(threadId, conversation.conversation_id);
  }

  async find(threadId: string): Promise<Thread | undefined> {
    const item = await this.client.get(this.table, threadItemKeys(threadId).thread);
    return item && readThread(item);
  }

  async change(threadId: string, change: ThreadChange): Promise<ThreadChangeResult> {
    const changeId = this.newIdentifier();
    try {
      const attributes = await this.client.update({
        TableName: this.table,
        Key: threadItemKeys(threadId).thread,
        ...compileChange(change, changeId),
        ReturnValues: 'ALL_NEW',
        ReturnValuesOnConditionCheckFailure: 'ALL_OLD',
      });
      return { applied: true, thread: readThread(attributes ?? {}) };
    } catch (error) {
      const { item } = failedCondition(error);
      const thread = item ? readThread(item) : await this.find(threadId);
      if (!thread) return { applied: false };
      return { applied: thread.last_change === changeId, thread };
    }
  }

  async newest(threadId: string, limit: number): Promise<readonly ThreadLine[]> {
    for await (const items of this.client.query({ ...this.newestFirst(threadId), Limit: limit })) {
      return items.flatMap(readLine).reverse();
    }
    return [];
  }

  async repliesTo(conversation: Conversation): Promise<readonly ConversationMessage[]> {
    const query = { ...this.newestFirst(threadIdOf(conversation)), Limit: SHOWN };
    const found: ConversationMessage[] = [];
    for await (const items of this.client.query(query)) {
      found.push(...items.filter((item) => isInbound(item) && belongsTo(item, conversation)).map(readMessage));
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
        UpdateExpression: `SET time_to_live = :past REMOVE ${WORDS_OF_A_MESSAGE.join(', ')}`,
        ExpressionAttributeValues: { ':past': past },
      });
    }
  }

  async removeRepliesTo(conversation: Conversation): Promise<void> {
    const threadId = threadIdOf(conversation);
    const { thread } = threadItemKeys(threadId);
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
    else await this.forgetUnderstanding(threadId);
  }

  /** A turn that is under way quotes what was erased, and so may last words: neither is kept any more. */
  private async forgetUnderstanding(threadId: string): Promise<void> {
    await this.change(threadId, {
      name: 'forget understanding',
      when: [{ message_sequence: { exists: true } }],
      set: {},
      remove: ['understanding', 'turn_owner', 'turn_sequence', 'turn_until', 'parting'],
    });
  }

  private async delete({ primary_channel: partition, conversation_id: id }: Item): Promise<void> {
    const Key = { primary_channel: String(partition), conversation_id: String(id) };
    await this.client.delete({ TableName: this.table, Key });
  }

  private newestFirst(threadId: string) {
    const { primary_channel: partition, conversation_id: prefix } = threadItemKeys(threadId).everyMessage;
    return {
      TableName: this.table,
      KeyConditionExpression: 'primary_channel = :partition AND begins_with(conversation_id, :prefix)',
      ExpressionAttributeValues: { ':partition': partition, ':prefix': prefix },
      ConsistentRead: true,
      ScanIndexForward: false,
    };
  }

  /** The position of a vendor's message: the thread's next, or the one that it has, and the thread as it is then. */
  private async takePosition(
    conversation: Conversation, vendorMessageId: string,
  ): Promise<{ readonly sequence: number; readonly thread: Thread }> {
    const key = threadItemKeys(threadIdOf(conversation)).vendorMessage(vendorMessageId);
    const thread = await this.countOn(conversation);
    const next = thread.message_sequence;
    const known = await this.putOnce({ ...key, ...belonging(conversation), message_sequence: next });
    return { sequence: typeof known?.message_sequence === 'number' ? known.message_sequence : next, thread };
  }

  private async countOn(conversation: Conversation): Promise<Thread> {
    const { company_id, channel_method, time_to_live: expiry } = conversation;
    const { thread } = threadItemKeys(threadIdOf(conversation));
    const start = Object.entries({ ...NEW_THREAD, company_id, channel_method, time_to_live: expiry });
    const first = start.map(([name]) => `#${name} = if_not_exists(#${name}, :${name})`);
    const changed = await this.client.update({
      TableName: this.table,
      Key: thread,
      UpdateExpression: `ADD message_sequence :one SET ${first.join(', ')}, last_change = :change`,
      ExpressionAttributeNames: Object.fromEntries(start.map(([name]) => [`#${name}`, name])),
      ExpressionAttributeValues: {
        ':one': 1, ':change': this.newIdentifier(), ...Object.fromEntries(start.map(([name, value]) => [`:${name}`, value])),
      },
      ReturnValues: 'ALL_NEW',
    });
    if (Number(changed?.time_to_live) < expiry) await this.keepUntil(threadIdOf(conversation), expiry);
    return readThread(changed ?? {});
  }

  /** A thread outlives all of its messages: positions that were counted anew would meet those that are there. */
  private async keepUntil(threadId: string, expiry: number): Promise<void> {
    await this.change(threadId, {
      name: 'keep thread longer', when: [{ time_to_live: { below: expiry } }], set: { time_to_live: expiry },
    });
  }

  private async expect(threadId: string, conversationId: string): Promise<void> {
    for (let tries = 0; tries < TRIES; tries += 1) {
      const thread = await this.find(threadId);
      if (!thread || thread.expecting?.includes(conversationId)) return;
      const expecting = [...(thread.expecting ?? []), conversationId].slice(-TURN_LIMITS.expecting);
      const { applied } = await this.change(threadId, {
        name: 'expect answers', when: [{ last_change: { equals: thread.last_change } }], set: { expecting },
      });
      if (applied) return;
    }
    throw new Error(`Noting that ${conversationId} expects answers failed: its thread changes all the time. Try again.`);
  }

  private async positionOf(key: ConversationItemKey): Promise<number | undefined> {
    const item = await this.client.get(this.table, key);
    return typeof item?.message_sequence === 'number' ? item.message_sequence : undefined;
  }

  /** The item that lies there already; undefined if it was put. */
  private async putOnce(item: ConversationItemKey & Item): Promise<Item | undefined> {
    const { primary_channel, conversation_id } = item;
    const key = { primary_channel, conversation_id };
    try {
      await this.client.put({
        TableName: this.table,
        Item: item,
        ConditionExpression: 'attribute_not_exists(primary_channel)',
        ReturnValuesOnConditionCheckFailure: 'ALL_OLD',
      });
      return undefined;
    } catch (error) {
      return failedCondition(error).item ?? (await this.client.get(this.table, key)) ?? {};
    }
  }
}
