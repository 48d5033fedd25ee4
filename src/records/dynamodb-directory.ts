import { isDeepStrictEqual } from 'node:util';
import type { Clock } from '../core/ports/clock';
import type { AcceptanceFacts, Directory, KeyGrant, OptOutWord, IdempotencyRecord } from '../core/ports/directory';
import type { TableClient } from './table-client';
import { batchRead } from './batch-read';
import { idempotencyAttributes, readGrant, readIdempotencyRecord, readOptOuts } from './directory-items';
import type { Item } from './failed-condition';
import { DynamoDbOptOuts } from './dynamodb-opt-outs';
import { failedCondition } from './failed-condition';
import type { CompanyItemKey, ConversationItemKey } from './item-keys';
import { companyItemKey, grantItemKey, idempotencyItemKey, optOutItemKey } from './item-keys';

type ProcessingQuery = Parameters<Directory['loadForProcessing']>[0];
type AdmissionQuery = Parameters<Directory['loadForAccept']>[0];
type OptOut = Parameters<Directory['addOptOut']>[0];

/** Names of the two tables. */
export interface RecordTables {
  readonly companies: string;
  readonly conversations: string;
}

/** Keys, companies, idempotency records and opt-outs in DynamoDB. */
export class DynamoDbDirectory implements Directory {
  private readonly optOuts: DynamoDbOptOuts;

  constructor(
    private readonly client: TableClient,
    private readonly tables: RecordTables,
    private readonly clock: Pick<Clock, 'sleep'>,
  ) {
    this.optOuts = new DynamoDbOptOuts(client, tables.conversations);
  }

  async keyGrant(keyHash: string): Promise<KeyGrant | undefined> {
    const key = grantItemKey(keyHash);
    const item = await this.client.get(this.tables.companies, key);
    return readGrant(item);
  }

  async loadForAccept(query: AdmissionQuery): Promise<AcceptanceFacts> {
    const grantKey = grantItemKey(query.keyHash);
    const companyKey = companyItemKey(query.companyId, query.projectId);
    const idempotencyKey = idempotencyItemKey(query.companyId, query.projectId, query.requestId);
    const optOutKey = optOutItemKey(query.recipient);
    const read = await this.read([grantKey, companyKey], [idempotencyKey, optOutKey]);
    const key = readGrant(read.company(grantKey));
    const idempotency = readIdempotencyRecord(read.conversation(idempotencyKey), query);
    const company = read.company(companyKey);
    return {
      ...(key && { key }),
      ...(company && { company }),
      ...(idempotency && { idempotency }),
      optedOutOf: readOptOuts(read.conversation(optOutKey)),
    };
  }

  async loadForRead(
    query: Parameters<Directory['loadForRead']>[0],
  ): Promise<{ readonly key?: KeyGrant; readonly idempotency?: IdempotencyRecord }> {
    const grantKey = grantItemKey(query.keyHash);
    const idempotencyKey = idempotencyItemKey(query.companyId, query.projectId, query.requestId);
    const read = await this.read([grantKey], [idempotencyKey]);
    const key = readGrant(read.company(grantKey));
    const idempotency = readIdempotencyRecord(read.conversation(idempotencyKey), query);
    return { ...(key && { key }), ...(idempotency && { idempotency }) };
  }

  async putIdempotencyRecord(idempotency: IdempotencyRecord): Promise<IdempotencyRecord | undefined> {
    const key = idempotencyItemKey(idempotency.company_id, idempotency.project_id, idempotency.request_id);
    try {
      await this.client.put({
        TableName: this.tables.conversations,
        Item: { ...key, ...idempotencyAttributes(idempotency) },
        ConditionExpression: 'attribute_not_exists(primary_channel)',
        ReturnValuesOnConditionCheckFailure: 'ALL_OLD',
      });
      return undefined;
    } catch (error) {
      const item = failedCondition(error).item ?? (await this.read([], [key])).conversation(key);
      const earlier = readIdempotencyRecord(item, {
        companyId: idempotency.company_id,
        projectId: idempotency.project_id,
        requestId: idempotency.request_id,
      });
      if (!earlier) {
        throw new Error(
          `The idempotency record of request ${idempotency.request_id} is there but cannot be read: remove it, ` +
          'then send the request again.',
        );
      }
      // The SDK repeats a write whose answer was lost: an idempotency record like this one to the millisecond is this
      // one.
      return isDeepStrictEqual(earlier, idempotency) ? undefined : earlier;
    }
  }

  async loadForProcessing(
    query: ProcessingQuery,
  ): Promise<{ readonly idempotency?: IdempotencyRecord; readonly company?: Item }> {
    const companyKey = companyItemKey(query.companyId, query.projectId);
    const idempotencyKey = idempotencyItemKey(query.companyId, query.projectId, query.requestId);
    const read = await this.read([companyKey], [idempotencyKey]);
    const idempotency = readIdempotencyRecord(read.conversation(idempotencyKey), query);
    const company = read.company(companyKey);
    return { ...(idempotency && { idempotency }), ...(company && { company }) };
  }

  async findCompany({ companyId, projectId }: Parameters<Directory['findCompany']>[0]): Promise<Item | undefined> {
    const key = companyItemKey(companyId, projectId);
    return (await this.read([key], [])).company(key);
  }

  async optedOutOf(recipient: string): Promise<readonly string[]> {
    const key = optOutItemKey(recipient);
    return readOptOuts((await this.read([], [key])).conversation(key));
  }

  async addOptOut(optOut: OptOut): Promise<void> {
    await this.optOuts.add(optOut);
  }

  async removeOptOut(lift: OptOutWord): Promise<void> {
    await this.optOuts.remove(lift);
  }

  private async read(companyKeys: readonly CompanyItemKey[], conversationKeys: readonly ConversationItemKey[]) {
    const { companies, conversations } = this.tables;
    const keys = {
      ...(companyKeys.length > 0 && { [companies]: companyKeys.map((key) => ({ ...key })) }),
      ...(conversationKeys.length > 0 && { [conversations]: conversationKeys.map((key) => ({ ...key })) }),
    };
    const items = await batchRead(this.client, keys, this.clock);
    return {
      company: (key: CompanyItemKey) =>
        items(companies).find((item) => item.company_id === key.company_id && item.project_id === key.project_id),
      conversation: (key: ConversationItemKey) =>
        items(conversations).find(
          (item) => item.primary_channel === key.primary_channel && item.conversation_id === key.conversation_id,
        ),
    };
  }
}
