import type { TemplateHistory, TemplateOwner, TemplateVersion } from '../core/ports/company-records';
import { sha256 } from '../core/sha256';
import type { TableClient } from './table-client';
import type { Item } from './item';
import { failedCondition } from './failed-condition';
import type { CompanyItemKey } from './item-keys';
import { templateHistoryKey } from './item-keys';

/**
 * Every version of a template: items beside the company records, each named by version and content, so that keeping
 * one twice changes nothing.
 */
export class DynamoDbTemplateHistory implements TemplateHistory {
  constructor(
    private readonly client: TableClient,
    private readonly table: string,
  ) {}

  async keep(owner: TemplateOwner, { template, version, ...rest }: TemplateVersion): Promise<void> {
    const hash = sha256(canonical(template)).slice(0, 12);
    const key: CompanyItemKey = {
      company_id: templateHistoryKey(owner.companyId, owner.projectId, owner.channel),
      project_id: `${String(version).padStart(8, '0')}#${hash}`,
    };
    try {
      await this.client.put({
        TableName: this.table,
        Item: { ...key, version, template, ...rest },
        ConditionExpression: 'attribute_not_exists(company_id)',
      });
    } catch (error) {
      failedCondition(error);
    }
  }

  /** Oldest first. */
  async list({ companyId, projectId, channel }: TemplateOwner): Promise<readonly TemplateVersion[]> {
    const found: TemplateVersion[] = [];
    const query = {
      TableName: this.table,
      ConsistentRead: true,
      KeyConditionExpression: 'company_id = :owner',
      ExpressionAttributeValues: { ':owner': templateHistoryKey(companyId, projectId, channel) },
    };
    for await (const items of this.client.query(query)) {
      found.push(...items.flatMap(read));
    }
    return found;
  }
}

function read({ version, template, written_at: at, written_by: by }: Item): readonly TemplateVersion[] {
  if (typeof version !== 'number' || typeof template !== 'object' || template === null) return [];
  return [
    {
      version,
      template: { ...template },
      written_at: typeof at === 'string' ? at : '',
      ...(typeof by === 'string' ? { written_by: by } : {}),
    },
  ];
}

/** JSON with the keys of every object in order. */
function canonical(value: unknown): string {
  return JSON.stringify(value, (_key, held: unknown) =>
    typeof held === 'object' && held !== null && !Array.isArray(held)
      ? Object.fromEntries(Object.entries(held).sort(([left], [right]) => (left < right ? -1 : 1)))
      : held,
  );
}
