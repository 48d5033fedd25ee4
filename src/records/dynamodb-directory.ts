import { isDeepStrictEqual } from 'node:util';
import type { Clock } from '../core/ports/clock';
import type { AcceptanceFacts, Directory, KeyGrant, IdempotencyRecord } from '../core/ports/directory';
import { identityOf, spellingsOf } from '../core/recipient/identity';
import type { TableClient } from './table-client';
import { batchRead } from './batch-read';
import { idempotencyAttributes, readGrant, readIdempotencyRecord, readOptOuts } from './directory-items';
import type { Item } from './item';
import { namesIn } from './dynamodb-addresses';
import { DynamoDbOptOuts } from './dynamodb-opt-outs';
import { failedCondition } from './failed-condition';
import type { CompanyItemKey, ConversationItemKey } from './item-keys';
import { aliasItemKey, companyItemKey, grantItemKey, idempotencyItemKey, optOutItemKey } from './item-keys';

type ProcessingQuery = Parameters<Directory['loadForProcessing']>[0];
type AdmissionQuery = Parameters<Directory['loadForAccept']>[0];
type OptOut = Parameters<Directory['addOptOut']>[0];
type OptOutLift = Parameters<Directory['removeOptOut']>[0];

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
    const person = { recipient: query.recipient, company: query.companyId };
    const read = await this.read([grantKey, companyKey], [idempotencyKey, ...optOutKeys(person)]);
    const key = readGrant(read.company(grantKey));
    const idempotency = readIdempotencyRecord(read.conversation(idempotencyKey), query);
    const company = read.company(companyKey);
    return {
      ...(key && { key }),
      ...(company && { company }),
      ...(idempotency && { idempotency }),
      optedOutOf: await this.sendersOf(person, read.conversation),
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

  async projectsOf(companyId: string): Promise<readonly Item[]> {
    const found: Item[] = [];
    const pages = this.client.query({
      TableName: this.tables.companies,
      ConsistentRead: true,
      KeyConditionExpression: '#company = :company',
      ExpressionAttributeNames: { '#company': 'company_id' },
      ExpressionAttributeValues: { ':company': companyId },
    });
    for await (const items of pages) found.push(...items);
    return found;
  }

  async projectIdsOf({
    companyId, projectId, limit,
  }: Parameters<Directory['projectIdsOf']>[0]): Promise<readonly string[]> {
    const isOne = projectId !== undefined;
    const pages = this.client.query({
      TableName: this.tables.companies,
      KeyConditionExpression: `#company = :company${isOne ? ' AND #project = :project' : ''}`,
      ProjectionExpression: '#project',
      ExpressionAttributeNames: { '#company': 'company_id', '#project': 'project_id' },
      ExpressionAttributeValues: { ':company': companyId, ...(isOne && { ':project': projectId }) },
      Limit: limit,
    });
    const found: string[] = [];
    for await (const items of pages) {
      found.push(...items.map(({ project_id: id }) => String(id)));
      if (found.length >= limit) break;
    }
    return found;
  }

  async optedOutOf(person: Parameters<Directory['optedOutOf']>[0]): Promise<readonly string[]> {
    const keys = optOutKeys(person);
    return keys.length === 0 ? [] : this.sendersOf(person, (await this.read([], keys)).conversation);
  }

  async addOptOut(optOut: OptOut): Promise<boolean> {
    return this.optOuts.add(optOut);
  }

  async removeOptOut(lift: OptOutLift): Promise<void> {
    await this.optOuts.remove(lift);
  }

  /** The senders of the items that were read, and of what the company knows as other names of the person. */
  private async sendersOf(
    { recipient, company }: Parameters<Directory['optedOutOf']>[0],
    read: (key: ConversationItemKey) => Item | undefined,
  ): Promise<readonly string[]> {
    const identity = identityOf(recipient);
    if (identity === undefined) return [];
    const own = spellingsOf(identity).flatMap((spelling) => readOptOuts(read(optOutItemKey(spelling))));
    const aliases = namesIn(read(aliasItemKey(identity, company))).flatMap(spellingsOf).map(optOutItemKey);
    if (aliases.length === 0) return own;
    const { conversation } = await this.read([], aliases);
    return [...new Set([...own, ...aliases.flatMap((key) => readOptOuts(conversation(key)))])];
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

/** What is read to know a person's opt-outs: nearly always two items, of which neither is there. */
function optOutKeys({ recipient, company }: Parameters<Directory['optedOutOf']>[0]): readonly ConversationItemKey[] {
  const identity = identityOf(recipient);
  return identity === undefined ? [] : [...spellingsOf(identity).map(optOutItemKey), aliasItemKey(identity, company)];
}
