import type { Change, ChangeResult, ConversationStore } from '../core/lifecycle/change';
import type { Conversation, ConversationKey } from '../core/lifecycle/conversation';
import type { NewIdentifier } from '../core/identity';
import type { TableClient } from './table-client';
import { compileChange } from './change-expression';
import type { Item } from './item';
import { failedCondition } from './failed-condition';
import { readConversation } from './read-conversation';
import { withoutRepeatedWords } from './stored-words';

/**
 * The conversation records in DynamoDB: one conditional write a change.
 *
 * The SDK repeats a write whose answer was lost, and the repetition meets its own effect and fails its condition. So
 * each write leaves a fresh `last_change`, and a failed condition counts as applied where the record carries the very
 * one that was to be written.
 */
export class DynamoDbConversations implements ConversationStore {
  constructor(
    private readonly client: TableClient,
    private readonly table: string,
    private readonly newIdentifier: NewIdentifier,
  ) {}

  async create(conversation: Conversation): Promise<ChangeResult> {
    const written = { ...conversation, last_change: this.newIdentifier() };
    try {
      await this.client.put({
        TableName: this.table,
        Item: written,
        ConditionExpression: 'attribute_not_exists(primary_channel)',
        ReturnValuesOnConditionCheckFailure: 'ALL_OLD',
      });
      return { applied: true, conversation: written };
    } catch (error) {
      return this.afterFailedCondition(conversation, written.last_change, failedCondition(error).item);
    }
  }

  async change(key: ConversationKey, change: Change): Promise<ChangeResult> {
    const changeId = this.newIdentifier();
    try {
      const attributes = await this.client.update({
        TableName: this.table,
        Key: keyOf(key),
        ...compileChange(withoutRepeatedWords(change), changeId),
        ReturnValues: 'ALL_NEW',
        ReturnValuesOnConditionCheckFailure: 'ALL_OLD',
      });
      return { applied: true, conversation: readConversation(attributes ?? {}) };
    } catch (error) {
      return this.afterFailedCondition(key, changeId, failedCondition(error).item);
    }
  }

  async find(key: ConversationKey): Promise<Conversation | undefined> {
    const item = await this.client.get(this.table, keyOf(key),
    );
    return item && readConversation(item);
  }

  /** Reads the record where the failure does not hold it: there is none, or the service does not tell it. */
  private async afterFailedCondition(
    key: ConversationKey,
    changeId: string,
    item: Item | undefined,
  ): Promise<ChangeResult> {
    const conversation = item ? readConversation(item) : await this.find(key);
    if (!conversation) return { applied: false };
    return { applied: conversation.last_change === changeId, conversation };
  }
}

function keyOf({ primary_channel, conversation_id }: ConversationKey): Record<keyof ConversationKey, string> {
  return { primary_channel, conversation_id };
}
