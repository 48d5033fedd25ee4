import type { Timestamp } from '../core/ports/clock';
import type { KeptGrant, KeyGrants } from '../core/ports/key-grants';
import type { TableClient, TableUpdate } from './table-client';
import { readGrant } from './directory-items';
import type { Item } from './item';
import { failedCondition } from './failed-condition';
import { grantItemKey } from './item-keys';

const OWN_PREFIX = grantItemKey('').company_id;

/** The grants of API keys, beside the company records. */
export class DynamoDbKeyGrants implements KeyGrants {
  constructor(
    private readonly client: TableClient,
    private readonly table: string,
  ) {}

  async find(hash: string): Promise<KeptGrant | undefined> {
    const item = await this.client.get(this.table, grantItemKey(hash));
    return read(item);
  }

  /**
   * A company's grants, oldest first. Reads the whole table: it holds companies, keys and templates, some thousands
   * of items at most.
   */
  async list(companyId: string): Promise<readonly KeptGrant[]> {
    const found: KeptGrant[] = [];
    const scan = {
      TableName: this.table,
      ConsistentRead: true,
      FilterExpression: 'begins_with(company_id, :prefix) AND owner_company_id = :company',
      ExpressionAttributeValues: { ':prefix': OWN_PREFIX, ':company': companyId },
    };
    for await (const items of this.client.scan(scan)) {
      found.push(...items.flatMap((item) => read(item) ?? []));
    }
    return found.sort((left, right) => (left.created_at < right.created_at ? -1 : 1));
  }

  /** False if the key has a grant already. */
  async add({ hash, company_id: owner, ...rest }: KeptGrant): Promise<boolean> {
    try {
      const item = { ...grantItemKey(hash), owner_company_id: owner, ...rest, project_ids: [...rest.project_ids] };
      await this.client.put({
        TableName: this.table,
        Item: item,
        ConditionExpression: 'attribute_not_exists(company_id)',
      });
      return true;
    } catch (error) {
      failedCondition(error);
      return false;
    }
  }

  /** The key is at API Gateway and may be used. */
  async finish(hash: string, apiKeyId: string): Promise<void> {
    await this.update(hash, {
      UpdateExpression: 'SET api_key_id = :id REMOVE unfinished',
      ExpressionAttributeValues: { ':id': apiKeyId },
    });
  }

  async expire(hash: string, at: Timestamp): Promise<void> {
    await this.update(hash, { UpdateExpression: 'SET expires_at = :at', ExpressionAttributeValues: { ':at': at } });
  }

  /** From here on no request with the key is taken. The first moment stays. */
  async revoke(hash: string, at: Timestamp): Promise<void> {
    await this.update(hash, {
      UpdateExpression: 'SET revoked_at = if_not_exists(revoked_at, :at)',
      ExpressionAttributeValues: { ':at': at },
    });
  }

  /** The key is no longer at API Gateway. */
  async forgetGatewayKey(hash: string): Promise<void> {
    await this.update(hash, { UpdateExpression: 'REMOVE api_key_id, unfinished' });
  }

  async removeUnfinished(hash: string): Promise<void> {
    const key = grantItemKey(hash);
    await this.client.delete({
      TableName: this.table,
      Key: key,
      ConditionExpression: 'attribute_exists(unfinished) OR attribute_not_exists(company_id)',
    });
  }

  private async update(
    hash: string,
    change: Pick<TableUpdate, 'UpdateExpression' | 'ExpressionAttributeValues'>,
  ): Promise<void> {
    const key = grantItemKey(hash);
    await this.client.update({
      TableName: this.table,
      Key: key,
      ConditionExpression: 'attribute_exists(company_id)',
      ...change,
    });
  }
}

function read(item: Item | undefined): KeptGrant | undefined {
  const grant = readGrant(item);
  if (!item || !grant) return undefined;
  const texts = Object.fromEntries(
    (['label', 'created_by', 'api_key_id', 'replaces'] as const).flatMap((name) =>
      typeof item[name] === 'string' ? [[name, item[name]]] : [],
    ),
  );
  return {
    ...grant,
    ...texts,
    hash: String(item.company_id).slice(OWN_PREFIX.length),
    ...(item.unfinished === true ? { unfinished: true } : {}),
  };
}
