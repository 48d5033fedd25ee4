import { EVENT_DAYS } from '../core/events/event-types';
import type { LeftOutRecord, LeftOutRecords } from '../core/ports/events';
import { sha256 } from '../core/sha256';
import { readDue } from './due-items';
import { DUE_GROUPS, leftOutItemKey } from './event-item-keys';
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
    await this.client.put({
      TableName: this.table,
      Item: {
        ...leftOutItemKey(hashOf(key)),
        record_key: { primary_channel, conversation_id },
        changed_at: changedAt,
        due_group: DUE_GROUPS.records,
        due_at: retryAt,
        time_to_live: Math.floor(Date.parse(retryAt) / 1000) + EVENT_DAYS * DAY_SECONDS,
      },
    });
  }

  async due(before: string, limit: number): Promise<readonly LeftOutRecord[]> {
    const keys = await readDue(this.client, this.table, { group: DUE_GROUPS.records, before, limit });
    const items = await Promise.all(
      keys.map(async ({ item_key: record }) => this.client.get(this.table, leftOutItemKey(String(record)))),
    );
    return items.flatMap((item) => {
      if (typeof item?.record_key !== 'object' || item.record_key === null) return [];
      const { primary_channel, conversation_id } = item.record_key as LeftOutRecord['key'];
      return [{ key: { primary_channel, conversation_id }, changedAt: Number(item.changed_at) }];
    });
  }

  /** Takes what names a person out and lets DynamoDB remove the item: functions have no right to delete. */
  async settle({ key }: LeftOutRecord, at: string): Promise<void> {
    await this.client.update({
      TableName: this.table,
      Key: leftOutItemKey(hashOf(key)),
      UpdateExpression: 'SET time_to_live = :past REMOVE record_key, due_group, due_at',
      ExpressionAttributeValues: { ':past': Math.floor(Date.parse(at) / 1000) },
    });
  }
}

function hashOf({ primary_channel: partition, conversation_id: sort }: LeftOutRecord['key']): string {
  return sha256(JSON.stringify([partition, sort]));
}
