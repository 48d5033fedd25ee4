import type { Timestamp } from '../core/ports/clock';
import type { PersonItems, PersonRecords } from '../core/ports/person-records';
import type { Conversation } from '../core/lifecycle/conversation';
import type { ConversationIdentity } from '../core/lifecycle/conversation-id';
import { TERMINAL_STATUSES } from '../core/lifecycle/conversation';
import { ERASED } from '../core/lifecycle/erasure';
import { identityOf, isReachable, spellingsOf } from '../core/recipient/identity';
import { DynamoDbAddresses } from './dynamodb-addresses';
import type { TableClient } from './table-client';
import type { Item } from './item';
import { failedCondition } from './failed-condition';
import { addressPartition, idempotencyItemKey, optOutItemKey } from './item-keys';
import { readConversation } from './read-conversation';

/** What is held of a person, by phone number or e-mail address. */
export class DynamoDbPerson implements PersonRecords {
  constructor(
    private readonly client: TableClient,
    private readonly table: string,
  ) {}

  /**
   * Every address under which records of the person lie: the identity, each of its spellings in the table, and the
   * names
   * by which companies know it. Reads the keys of the whole table, since older records lie under any letter case.
   */
  async addressesOf(address: string): Promise<readonly string[]> {
    const identity = identityOf(address);
    if (identity === undefined) return [];
    const aliases = await new DynamoDbAddresses(this.client, this.table).aliasesOf({ address: identity });
    const names = new Set([identity, ...aliases]);
    const found = new Set([...names].flatMap(spellingsOf));
    const scan = { TableName: this.table, ProjectionExpression: 'primary_channel', ConsistentRead: true };
    for await (const items of this.client.scan(scan)) {
      for (const { primary_channel: key } of items) {
        if (typeof key === 'string' && names.has(identityOf(key) ?? '')) found.add(key);
      }
    }
    return [...found];
  }

  /** Strongly consistent. */
  async find(address: string): Promise<PersonItems> {
    const items: Item[] = [];
    const query = {
      TableName: this.table,
      KeyConditionExpression: 'primary_channel = :address',
      ExpressionAttributeValues: { ':address': isReachable(address) ? address : addressPartition(address) },
      ConsistentRead: true,
    };
    for await (const page of this.client.query(query)) items.push(...page);
    const { conversation_id: optOutId } = optOutItemKey(address);
    const optOut = items.find((item) => item.conversation_id === optOutId);
    // Beside the opt-outs of whom no conversation can be addressed to lie their other names.
    const records = isReachable(address) ? items.filter((item) => item !== optOut) : [];
    return {
      conversations: records.map(readConversation),
      ...(optOut ? { optOut } : {}),
    };
  }

  /**
   * Forgets by which other names companies know the person. An opt-out that came by one counts no longer for the
   * others.
   */
  async forgetNames(addresses: readonly string[]): Promise<void> {
    for (const address of addresses) {
      const partition = addressPartition(address);
      const query = {
        TableName: this.table,
        KeyConditionExpression: 'primary_channel = :partition',
        ExpressionAttributeValues: { ':partition': partition },
      };
      for await (const items of this.client.query(query)) {
        for (const { conversation_id: id } of items) {
          if (id === 'opt-out') continue;
          await this.client.delete({
            TableName: this.table,
            Key: { primary_channel: partition, conversation_id: String(id) },
          });
        }
      }
    }
  }

  /** The request's idempotency record as it is stored; undefined where there is none. */
  async findIdempotencyRecord({
    companyId,
    projectId,
    requestId,
  }: Omit<ConversationIdentity, 'sender'>): Promise<Item | undefined> {
    const key = idempotencyItemKey(companyId, projectId, requestId);
    return this.client.get(this.table, key);
  }

  /**
   * Takes the recipient out of a request's idempotency record, which goes on keeping the request from being worked
   * twice. May be repeated.
   */
  async blankIdempotencyRecord(
    { companyId, projectId, requestId }: Omit<ConversationIdentity, 'sender'>,
    at: Timestamp,
  ): Promise<void> {
    try {
      await this.client.update({
        TableName: this.table,
        Key: idempotencyItemKey(companyId, projectId, requestId),
        UpdateExpression: 'SET #conversation.primary_channel = :erased, erased_at = if_not_exists(erased_at, :at)',
        ConditionExpression: 'attribute_exists(#conversation)',
        ExpressionAttributeNames: { '#conversation': 'conversation' },
        ExpressionAttributeValues: { ':erased': ERASED, ':at': at },
      });
    } catch (error) {
      // Records of the engine before this one have no idempotency record.
      failedCondition(error);
    }
  }

  /** Removes a record that is terminal and as it was seen; false where it has changed since. */
  async remove({ primary_channel, conversation_id, last_change: seen }: Conversation): Promise<boolean> {
    const rests = TERMINAL_STATUSES.map((_status, index) => `:status${index}`);
    try {
      await this.client.delete({
        TableName: this.table,
        Key: { primary_channel, conversation_id },
        ConditionExpression:
            'attribute_not_exists(primary_channel) OR ' +
            `(${seen ? 'last_change = :seen AND ' : ''}conversation_status IN ` +
            `(${rests.join(', ')}))`,
        ExpressionAttributeValues: {
          ...(seen ? { ':seen': seen } : {}),
          ...Object.fromEntries(TERMINAL_STATUSES.map((status, index) => [`:status${index}`, status])),
        },
      });
      return true;
    } catch (error) {
      failedCondition(error);
      return false;
    }
  }
}
