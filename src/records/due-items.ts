import { DUE_INDEX } from '../core/indexes';
import type { Timestamp } from '../core/ports/clock';
import type { Item } from './item';
import type { TableClient } from './table-client';

/** Keys of what is due in a group, longest due first. */
export async function readDue(
  client: TableClient,
  table: string,
  { group, before, limit }: { readonly group: string; readonly before: Timestamp; readonly limit: number },
): Promise<readonly Item[]> {
  const query = {
    TableName: table,
    IndexName: DUE_INDEX.name,
    KeyConditionExpression: 'due_group = :group AND due_at <= :before',
    ExpressionAttributeValues: { ':group': group, ':before': before },
    Limit: limit,
  };
  for await (const items of client.query(query)) return items;
  return [];
}
