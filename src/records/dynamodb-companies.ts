import { isDeepStrictEqual } from 'node:util';
import type { CompanyRecords, CompanySummary } from '../core/ports/company-records';
import type { TableClient } from './table-client';
import type { Item } from './item';
import { failedCondition } from './failed-condition';
import type { CompanyItemKey } from './item-keys';
import { companyItemKey } from './item-keys';

const LISTED = [
  'company_id',
  'project_id',
  'company_name',
  'project_name',
  'project_status',
  'allowed_channels',
  'budget',
] as const;

/**
 * Company records as operators read and change them. Other tools write them too and leave no version, so a change is
 * conditional on every attribute that was read, and touches no attribute that it does not change.
 */
export class DynamoDbCompanies implements CompanyRecords {
  constructor(
    private readonly client: TableClient,
    private readonly table: string,
  ) {}

  async find(companyId: string, projectId: string): Promise<Item | undefined> {
    const key = companyItemKey(companyId, projectId);
    return this.client.get(this.table, key);
  }

  /** All projects of all companies, in order; keys and histories lie beside them under identifiers with a `#`. */
  async list(): Promise<readonly CompanySummary[]> {
    const found: CompanySummary[] = [];
    const names = Object.fromEntries(LISTED.map((attribute) => [`#${attribute}`, attribute]));
    const scan = {
      TableName: this.table,
      FilterExpression: 'NOT contains(#company_id, :mark)',
      ProjectionExpression: Object.keys(names).join(', '),
      ExpressionAttributeNames: names,
      ExpressionAttributeValues: { ':mark': '#' },
    };
    for await (const items of this.client.scan(scan)) {
      found.push(...items.map(summary));
    }
    return found.sort((left, right) => order(left) - order(right) || (idOf(left) < idOf(right) ? -1 : 1));
  }

  /** False if there is such a record already, unless it is this very one. */
  async create(record: Item): Promise<boolean> {
    try {
      await this.client.put({
        TableName: this.table,
        Item: record,
        ConditionExpression: 'attribute_not_exists(company_id)',
        ReturnValuesOnConditionCheckFailure: 'ALL_OLD',
      });
      return true;
    } catch (error) {
      return isDeepStrictEqual(failedCondition(error).item, record);
    }
  }

  /** Writes what differs between the two; false if the record is no longer as it was read. */
  async change(before: Item, after: Item): Promise<boolean> {
    const key = keyOf(before);
    const changed = Object.keys(after).filter(
      (attribute) => !(attribute in key) && !isDeepStrictEqual(after[attribute], before[attribute]),
    );
    const removed = Object.keys(before).filter((attribute) => after[attribute] === undefined);
    if (changed.length + removed.length === 0) return true;
    const words = new Words();
    const set = changed.map((attribute) => `${words.name(attribute)} = ${words.value(after[attribute])}`);
    const remove = removed.map((attribute) => words.name(attribute));
    const unchanged = Object.keys(before).map(
      (attribute) => `${words.name(attribute)} = ${words.value(before[attribute])}`,
    );
    const absent = changed
      .filter((attribute) => before[attribute] === undefined)
      .map((attribute) => `attribute_not_exists(${words.name(attribute)})`);
    try {
      await this.client.update({
        TableName: this.table,
        Key: { ...key },
        UpdateExpression: [
          set.length > 0 ? `SET ${set.join(', ')}` : '',
          remove.length > 0 ? `REMOVE ${remove.join(', ')}` : '',
        ]
          .join(' ')
          .trim(),
        ConditionExpression: [...unchanged, ...absent].join(' AND '),
        ExpressionAttributeNames: words.names,
        ExpressionAttributeValues: words.values,
        ReturnValuesOnConditionCheckFailure: 'ALL_OLD',
      });
      return true;
    } catch (error) {
      // The SDK repeats a write whose answer was lost, and meets its own effect.
      return isDeepStrictEqual(failedCondition(error).item, after);
    }
  }
}

function keyOf({ company_id, project_id }: Item): CompanyItemKey {
  return companyItemKey(String(company_id), String(project_id));
}

function summary(item: Item): CompanySummary {
  const text = (value: unknown) => (typeof value === 'string' ? value : '');
  const { allowed_channels: allowed } = item;
  const channels: readonly unknown[] = allowed instanceof Set ? [...allowed] : Array.isArray(allowed) ? allowed : [];
  return {
    company_id: text(item.company_id),
    project_id: text(item.project_id),
    company_name: text(item.company_name),
    project_name: text(item.project_name),
    project_status: text(item.project_status),
    allowed_channels: channels.map(String),
    budget: budgetOf(item.budget),
  };
}

function budgetOf(budget: unknown): CompanySummary['budget'] {
  if (typeof budget !== 'object' || budget === null) return undefined;
  const { currency, monthly_limit: limit }: Readonly<Record<string, unknown>> = { ...budget };
  return typeof currency === 'string' && typeof limit === 'number' ? { currency, monthly_limit: limit } : undefined;
}

function idOf({ company_id, project_id }: CompanySummary): string {
  return `${company_id} ${project_id}`;
}

/** Active projects first. */
function order({ project_status: status }: CompanySummary): number {
  return status === 'active' ? 0 : 1;
}

/** Short placeholders: an expression may be 4 KB long. */
class Words {
  readonly names: Record<string, string> = {};
  readonly values: Record<string, unknown> = {};

  name(attribute: string): string {
    const known = Object.entries(this.names).find(([, name]) => name === attribute);
    if (known) return known[0];
    const placeholder = `#a${Object.keys(this.names).length}`;
    this.names[placeholder] = attribute;
    return placeholder;
  }

  value(value: unknown): string {
    const placeholder = `:v${Object.keys(this.values).length}`;
    this.values[placeholder] = value;
    return placeholder;
  }
}
