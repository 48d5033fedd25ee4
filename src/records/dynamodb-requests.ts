import type { IdempotencyRecord } from '../core/ports/directory';
import type { RequestFinder } from '../core/ports/request-finder';
import { readIdempotencyRecord } from './directory-items';
import { idempotencyItemKey } from './item-keys';
import type { TableClient } from './table-client';

/** Requests by the beginning of their identifiers: a project's idempotency records are in one partition. */
export class DynamoDbRequests implements RequestFinder {
  constructor(
    private readonly client: TableClient,
    private readonly table: string,
  ) {}

  async beginning(query: Parameters<RequestFinder['beginning']>[0]): Promise<readonly IdempotencyRecord[]> {
    const { companyId, projectId, beginning, limit } = query;
    const found: IdempotencyRecord[] = [];
    const pages = this.client.query({
      TableName: this.table,
      KeyConditionExpression: 'primary_channel = :project AND begins_with(conversation_id, :beginning)',
      ExpressionAttributeValues: {
        ':project': idempotencyItemKey(companyId, projectId, '').primary_channel,
        ':beginning': beginning,
      },
      ConsistentRead: true,
      Limit: limit,
    });
    for await (const items of pages) {
      found.push(...items.flatMap((item) => (
        readIdempotencyRecord(item, { companyId, projectId, requestId: String(item.conversation_id) }) ?? []
      )));
      if (found.length >= limit) break;
    }
    return found.slice(0, limit);
  }
}
