import { isDeepStrictEqual } from 'node:util';
import type { DynamoDBDocumentClient } from '@aws-sdk/lib-dynamodb';
import { GetCommand, PutCommand } from '@aws-sdk/lib-dynamodb';
import type { Clock } from '../core/ports/clock';
import type { Admission, Directory, KeyGrant, OptOutWord, RequestGuard } from '../core/ports/directory';
import { batchRead } from './batch-read';
import { guardAttributes, readGrant, readGuard, readOptOuts } from './directory-items';
import type { Item } from './failed-condition';
import { DynamoDbOptOuts } from './dynamodb-opt-outs';
import { failedCondition } from './failed-condition';
import type { CompanyItemKey, ConversationItemKey } from './item-keys';
import { companyItemKey, grantItemKey, guardItemKey, optOutItemKey } from './item-keys';

type WorkOrderQuery = Parameters<Directory['workOrder']>[0];
type AdmissionQuery = Parameters<Directory['admission']>[0];
type OptOut = Parameters<Directory['addOptOut']>[0];

/** Names of the two tables. */
export interface RecordTables {
  readonly companies: string;
  readonly conversations: string;
}

/** Keys, companies, guards and opt-outs in DynamoDB. */
export class DynamoDbDirectory implements Directory {
  private readonly optOuts: DynamoDbOptOuts;

  constructor(
    private readonly client: DynamoDBDocumentClient,
    private readonly tables: RecordTables,
    private readonly clock: Pick<Clock, 'sleep'>,
  ) {
    this.optOuts = new DynamoDbOptOuts(client, tables.conversations);
  }

  async keyGrant(keyHash: string): Promise<KeyGrant | undefined> {
    const key = { ...grantItemKey(keyHash) };
    const { Item: item } = await this.client.send(new GetCommand({ TableName: this.tables.companies, Key: key, ConsistentRead: true }));
    return readGrant(item);
  }

  async admission(query: AdmissionQuery): Promise<Admission> {
    const grantKey = grantItemKey(query.keyHash);
    const companyKey = companyItemKey(query.companyId, query.projectId);
    const guardKey = guardItemKey(query.companyId, query.projectId, query.requestId);
    const optOutKey = optOutItemKey(query.recipient);
    const read = await this.read([grantKey, companyKey], [guardKey, optOutKey]);
    const key = readGrant(read.company(grantKey));
    const guard = readGuard(read.conversation(guardKey), query);
    const company = read.company(companyKey);
    return { ...(key && { key }), ...(company && { company }), ...(guard && { guard }), optedOutOf: readOptOuts(read.conversation(optOutKey)) };
  }

  async inquiry(query: Parameters<Directory['inquiry']>[0]): Promise<{ readonly key?: KeyGrant; readonly guard?: RequestGuard }> {
    const grantKey = grantItemKey(query.keyHash);
    const guardKey = guardItemKey(query.companyId, query.projectId, query.requestId);
    const read = await this.read([grantKey], [guardKey]);
    const key = readGrant(read.company(grantKey));
    const guard = readGuard(read.conversation(guardKey), query);
    return { ...(key && { key }), ...(guard && { guard }) };
  }

  async putGuard(guard: RequestGuard): Promise<RequestGuard | undefined> {
    const key = guardItemKey(guard.company_id, guard.project_id, guard.request_id);
    try {
      await this.client.send(new PutCommand({
        TableName: this.tables.conversations,
        Item: { ...key, ...guardAttributes(guard) },
        ConditionExpression: 'attribute_not_exists(primary_channel)',
        ReturnValuesOnConditionCheckFailure: 'ALL_OLD',
      }));
      return undefined;
    } catch (error) {
      const item = failedCondition(error).item ?? (await this.read([], [key])).conversation(key);
      const earlier = readGuard(item, { companyId: guard.company_id, projectId: guard.project_id, requestId: guard.request_id });
      if (!earlier) throw new Error(`The guard of request ${guard.request_id} is there but cannot be read: remove it, then send the request again.`);
      // The SDK repeats a write whose answer was lost: a guard like this one to the millisecond is this one.
      return isDeepStrictEqual(earlier, guard) ? undefined : earlier;
    }
  }

  async workOrder(query: WorkOrderQuery): Promise<{ readonly guard?: RequestGuard; readonly company?: Item }> {
    const companyKey = companyItemKey(query.companyId, query.projectId);
    const guardKey = guardItemKey(query.companyId, query.projectId, query.requestId);
    const read = await this.read([companyKey], [guardKey]);
    const guard = readGuard(read.conversation(guardKey), query);
    const company = read.company(companyKey);
    return { ...(guard && { guard }), ...(company && { company }) };
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
      company: (key: CompanyItemKey) => items(companies).find((item) => item.company_id === key.company_id && item.project_id === key.project_id),
      conversation: (key: ConversationItemKey) =>
        items(conversations).find((item) => item.primary_channel === key.primary_channel && item.conversation_id === key.conversation_id),
    };
  }
}
