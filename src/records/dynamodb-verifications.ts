import { CHANNELS } from '../core/channel';
import type { Finding } from '../core/ports/vendor-accounts';
import type { Verification, Verifications } from '../core/ports/verifications';
import type { Item } from './item';
import { verificationKey } from './item-keys';
import type { TableClient } from './table-client';

/** What verifications found, an item a channel beside the company records. */
export class DynamoDbVerifications implements Verifications {
  constructor(
    private readonly client: TableClient,
    private readonly table: string,
  ) {}

  async keep(
    { companyId, projectId }: Parameters<Verifications['keep']>[0], { channel, at, by, findings }: Verification,
  ): Promise<void> {
    const found = findings.map(({ subject, verdict, words, remedy }) => (
      { subject, verdict, words, ...(remedy === undefined ? {} : { remedy }) }
    ));
    const key = { company_id: verificationKey(companyId, projectId), project_id: channel };
    await this.client.put({
      TableName: this.table, Item: { ...key, verified_at: at, verified_by: by, findings: found },
    });
  }

  async list({ companyId, projectId }: Parameters<Verifications['list']>[0]): Promise<readonly Verification[]> {
    const found: Verification[] = [];
    const query = {
      TableName: this.table,
      ConsistentRead: true,
      KeyConditionExpression: 'company_id = :owner',
      ExpressionAttributeValues: { ':owner': verificationKey(companyId, projectId) },
    };
    for await (const items of this.client.query(query)) found.push(...items.flatMap(readVerification));
    return found;
  }
}

function readVerification(item: Item): readonly Verification[] {
  const channel = CHANNELS.find((known) => known === item.project_id);
  const { findings, verified_at: at, verified_by: by } = item;
  if (channel === undefined || typeof at !== 'string' || !Array.isArray(findings)) return [];
  // Only this engine writes them, so their fields are not checked again.
  return [{ channel, at, by: String(by), findings: findings as readonly Finding[] }];
}
