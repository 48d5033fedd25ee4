import { EVENT_DAYS } from '../core/events/event-types';
import type { DueLeftOutRecord, LeftOutRecord, LeftOutRecords } from '../core/ports/events';
import { sha256 } from '../core/sha256';
import { readDue } from './due-items';
import { DUE_GROUPS, leftOutItemKey } from './event-item-keys';
import { failedCondition } from './failed-condition';
import type { TableClient } from './table-client';

const DAY_SECONDS = 24 * 60 * 60;

/** Records whose events could not be published, one item each. */
export class DynamoDbLeftOutRecords implements LeftOutRecords {
  constructor(
    private readonly client: TableClient,
    private readonly table: string,
  ) {}

  async add({ key, changedAt }: LeftOutRecord, retryAt: string): Promise<void> {
    const { primary_channel, conversation_id } = key;
    await this.client.update({
      TableName: this.table,
      Key: leftOutItemKey(hashOf(key)),
      UpdateExpression: 'SET record_key = :key, changed_at = if_not_exists(changed_at, :changed), due_group = :group, '
        + 'due_at = :retry, time_to_live = :expiry ADD additions :one',
      ExpressionAttributeValues: {
        ':key': { primary_channel, conversation_id },
        ':changed': changedAt,
        ':group': DUE_GROUPS.records,
        ':retry': retryAt,
        ':expiry': Math.floor(Date.parse(retryAt) / 1000) + EVENT_DAYS * DAY_SECONDS,
        ':one': 1,
      },
    });
  }

  async due(before: string, limit: number): Promise<readonly DueLeftOutRecord[]> {
    const keys = await readDue(this.client, this.table, { group: DUE_GROUPS.records, before, limit });
    const items = await Promise.all(
      keys.map(async ({ item_key: record }) => this.client.get(this.table, leftOutItemKey(String(record)))),
    );
    return items.flatMap((item) => {
      if (typeof item?.record_key !== 'object' || item.record_key === null) return [];
      const { primary_channel, conversation_id } = item.record_key as LeftOutRecord['key'];
      const { changed_at: at, additions = 0 } = item;
      return [{ key: { primary_channel, conversation_id }, changedAt: Number(at), additions: Number(additions) }];
    });
  }

  /** Takes what names a person out and lets DynamoDB remove the item: functions have no right to delete. */
  async settle({ key, additions }: DueLeftOutRecord, at: string): Promise<void> {
    try {
      await this.client.update({
        TableName: this.table,
        Key: leftOutItemKey(hashOf(key)),
        UpdateExpression: 'SET time_to_live = :past REMOVE record_key, changed_at, due_group, due_at',
        // Items of older versions were not counted.
        ConditionExpression: additions === 0 ? 'attribute_not_exists(additions)' : 'additions = :seen',
        ExpressionAttributeValues: {
          ':past': Math.floor(Date.parse(at) / 1000), ...(additions === 0 ? {} : { ':seen': additions }),
        },
      });
    } catch (error) {
      failedCondition(error);
    }
  }
}

function hashOf({ primary_channel: partition, conversation_id: sort }: LeftOutRecord['key']): string {
  return sha256(JSON.stringify([partition, sort]));
}
