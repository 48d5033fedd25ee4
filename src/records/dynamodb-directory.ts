import { isDeepStrictEqual } from 'node:util';
import type { DynamoDBDocumentClient, UpdateCommandInput } from '@aws-sdk/lib-dynamodb';
import { GetCommand, PutCommand, UpdateCommand } from '@aws-sdk/lib-dynamodb';
import { batchRead } from './batch-read';
import { guardAttributes, readGrant, readGuard, readOptOuts } from './directory-items';
import type { Item } from './failed-condition';
import { failedCondition } from './failed-condition';
import type { CompanyItemKey, ConversationItemKey } from './item-keys';
import { companyItemKey, grantItemKey, guardItemKey, optOutItemKey } from './item-keys';
import type { Clock } from '../core/clock';
import type { Admission, Directory, KeyGrant, RequestGuard } from '../core/directory';

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
  constructor(
    private readonly client: DynamoDBDocumentClient,
    private readonly tables: RecordTables,
    private readonly clock: Pick<Clock, 'sleep'>,
  ) {}

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

  async optedOutOf(recipient: string): Promise<readonly string[]> {
    const key = optOutItemKey(recipient);
    return readOptOuts((await this.read([], [key])).conversation(key));
  }

  async addOptOut(optOut: OptOut): Promise<void> {
    // A field of a map can be set only where the map is there already.
    if ((await this.extendOptOuts(optOut)) || (await this.startOptOuts(optOut)) || (await this.extendOptOuts(optOut))) return;
    throw new Error('An opt-out could not be written: its item is neither there nor absent. Look at the item opt-out of the recipient.');
  }

  private extendOptOuts({ recipient, sender, at, source }: OptOut): Promise<boolean> {
    return this.write({
      Key: { ...optOutItemKey(recipient) },
      // The first word counts: hearing it again changes nothing.
      UpdateExpression: 'SET senders.#sender = if_not_exists(senders.#sender, :optOut)',
      ConditionExpression: 'attribute_exists(senders)',
      ExpressionAttributeNames: { '#sender': sender },
      ExpressionAttributeValues: { ':optOut': { at, source } },
    });
  }

  private startOptOuts({ recipient, sender, at, source }: OptOut): Promise<boolean> {
    return this.write({
      Key: { ...optOutItemKey(recipient) },
      UpdateExpression: 'SET senders = :senders',
      ConditionExpression: 'attribute_not_exists(senders)',
      ExpressionAttributeValues: { ':senders': { [sender]: { at, source } } },
    });
  }

  /** False if the condition did not hold. */
  private async write(update: Omit<UpdateCommandInput, 'TableName'>): Promise<boolean> {
    try {
      await this.client.send(new UpdateCommand({ TableName: this.tables.conversations, ...update }));
      return true;
    } catch (error) {
      failedCondition(error);
      return false;
    }
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
