import { sha256 } from '../core/sha256';
import type { TableClient } from './table-client';
import type { Item } from './item';
import { failedCondition } from './failed-condition';
import type { CompanyItemKey } from './item-keys';

/** One version of something, with when it was written and by whom. */
interface VersionItem {
  readonly version: number;
  readonly content: Item;
  readonly written_at: string;
  readonly written_by?: string;
}

/**
 * Versions as items of a partition beside the company records, each named by version and content, so that keeping one
 * twice changes nothing. The content stands under one attribute.
 */
export class VersionItems {
  constructor(
    private readonly client: TableClient,
    private readonly table: string,
    private readonly attribute: string,
  ) {}

  async keep(partition: string, { version, content, ...rest }: VersionItem): Promise<void> {
    const hash = sha256(canonical(content)).slice(0, 12);
    const key: CompanyItemKey = { company_id: partition, project_id: `${String(version).padStart(8, '0')}#${hash}` };
    try {
      await this.client.put({
        TableName: this.table,
        Item: { ...key, version, [this.attribute]: content, ...rest },
        ConditionExpression: 'attribute_not_exists(company_id)',
      });
    } catch (error) {
      failedCondition(error);
    }
  }

  /** Oldest first. */
  async list(partition: string): Promise<readonly VersionItem[]> {
    const found: VersionItem[] = [];
    const query = {
      TableName: this.table,
      ConsistentRead: true,
      KeyConditionExpression: 'company_id = :owner',
      ExpressionAttributeValues: { ':owner': partition },
    };
    for await (const items of this.client.query(query)) {
      found.push(...items.flatMap((item) => this.read(item)));
    }
    return found;
  }

  private read({ version, written_at: at, written_by: by, [this.attribute]: content }: Item): readonly VersionItem[] {
    if (typeof version !== 'number' || typeof content !== 'object' || content === null) return [];
    return [
      {
        version,
        content: { ...content },
        written_at: typeof at === 'string' ? at : '',
        ...(typeof by === 'string' ? { written_by: by } : {}),
      },
    ];
  }
}

/** JSON with the keys of every object in order. */
function canonical(value: unknown): string {
  return JSON.stringify(value, (_key, held: unknown) =>
    typeof held === 'object' && held !== null && !Array.isArray(held)
      ? Object.fromEntries(Object.entries(held).sort(([left], [right]) => (left < right ? -1 : 1)))
      : held,
  );
}
