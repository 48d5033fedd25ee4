import * as z from 'zod/mini';
import type { Audit, AuditItem, AuditPage, AuditQuery } from '../core/ports/audit';
import { AUDITED_ACTIONS } from '../core/ports/audit';
import type { Item } from './item';
import { failedCondition } from './failed-condition';
import { auditPartition } from './item-keys';
import type { TableClient } from './table-client';

const shape = z.object({
  id: z.string(),
  at: z.string(),
  person_id: z.string(),
  person: z.string(),
  by: z.enum(['console', 'command']),
  action: z.enum(AUDITED_ACTIONS),
  company: z.string(),
  conversation: z.optional(z.string()),
  fields: z.array(z.string()),
  reason: z.optional(z.string()),
});

const DAY = 86_400;

/** Audit items in DynamoDB, a partition a company and day. They stay as long as the stage keeps its records. */
export class DynamoDbAudit implements Audit {
  constructor(
    private readonly client: TableClient,
    private readonly table: string,
    private readonly retentionDays: number,
  ) {}

  /** Repeatable: an item that is there already is this one. */
  async add(item: AuditItem): Promise<void> {
    const { personId: person_id, conversationId: conversation, ...rest } = item;
    const key = {
      primary_channel: auditPartition(item.company, item.at.slice(0, 10)),
      conversation_id: sortKey(item),
    };
    try {
      await this.client.put({
        TableName: this.table,
        Item: {
          ...key,
          ...rest,
          person_id,
          conversation,
          time_to_live: Math.floor(Date.parse(item.at) / 1000) + this.retentionDays * DAY,
        },
        ConditionExpression: 'attribute_not_exists(primary_channel)',
      });
    } catch (error) {
      failedCondition(error);
    }
  }

  async list({ company, day, after, limit }: AuditQuery): Promise<AuditPage> {
    const partition = auditPartition(company, day);
    const query = {
      TableName: this.table,
      KeyConditionExpression: 'primary_channel = :partition',
      ExpressionAttributeValues: { ':partition': partition },
      ScanIndexForward: false,
      Limit: limit,
      ...(after !== undefined && { ExclusiveStartKey: { primary_channel: partition, conversation_id: after } }),
    };
    for await (const found of this.client.query(query)) {
      const last = found.at(-1)?.conversation_id;
      return {
        items: found.flatMap(readItem),
        next: found.length === limit && typeof last === 'string' ? last : undefined,
      };
    }
    return { items: [] };
  }
}

function sortKey({ at, id }: AuditItem): string {
  return `${at}#${id}`;
}

function readItem(item: Item): readonly AuditItem[] {
  const read = shape.safeParse(item);
  if (!read.success) return [];
  const { person_id: personId, conversation: conversationId, ...rest } = read.data;
  return [{ ...rest, personId, conversationId }];
}
