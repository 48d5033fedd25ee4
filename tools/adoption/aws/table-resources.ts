import type {
  AttributeDefinition, DynamoDBClient, KeySchemaElement, Projection,
  TableDescription,
} from '@aws-sdk/client-dynamodb';
import {
  DeleteTableCommand, DescribeContinuousBackupsCommand, DescribeTableCommand, DescribeTimeToLiveCommand,
  paginateListTables, ScanCommand,
} from '@aws-sdk/client-dynamodb';
import { CommandError } from '../../../src/cli/command-error';
import type { FoundTable, TableIndex, TableKey } from '../found-resource';
import type { ResourceAdapter } from './resource-adapter';
import { allOf, present, unlessGone } from './resource-adapter';

/** How often to poll a table that is being deleted, and the milliseconds between two polls. */
const DELETION = { looks: 300, wait: 2000 };

export function tables(
  client: DynamoDBClient, pause: (milliseconds: number) => Promise<void>): ResourceAdapter<'table'> {
  return {
    list: async (scope) => {
      const all = await allOf(paginateListTables({ client }, {}), (page) => page.TableNames);
      const concerned = all.filter((name) => scope.of(name) !== 'foreign');
      return present(await Promise.all(concerned.map(async (name) => readTable(client, name))));
    },
    remove: async ({ name }) => {
      if (await hasItems(client, name)) {
        throw new CommandError(
          `Deleting the table ${name} failed: it holds items now and was not deleted; `
          + 'run the command again for a new plan.');
      }
      await unlessGone(client.send(new DeleteTableCommand({ TableName: name })));
      for (let poll = 0; poll < DELETION.looks; poll += 1) {
        if (!await unlessGone(client.send(new DescribeTableCommand({ TableName: name })))) return;
        await pause(DELETION.wait);
      }
      throw new Error('DynamoDB still deletes it after ten minutes');
    },
  };
}

export async function describeTable(client: DynamoDBClient, name: string): Promise<TableDescription | undefined> {
  return (await unlessGone(client.send(new DescribeTableCommand({ TableName: name }))))?.Table;
}

async function hasItems(client: DynamoDBClient, name: string): Promise<boolean> {
  const answer = await unlessGone(
    client.send(new ScanCommand({ TableName: name, Limit: 1, ConsistentRead: true, Select: 'COUNT' })));
  return (answer?.ScannedCount ?? 0) > 0;
}

export async function readTable(client: DynamoDBClient, name: string): Promise<FoundTable | undefined> {
  const table = await describeTable(client, name);
  if (!table) return undefined;
  const [timeToLive, backups, holdsItems] = await Promise.all([
    unlessGone(client.send(new DescribeTimeToLiveCommand({ TableName: name }))),
    unlessGone(client.send(new DescribeContinuousBackupsCommand({ TableName: name }))),
    hasItems(client, name),
  ]);
  const expiry = timeToLive?.TimeToLiveDescription;
  const recovery = backups?.ContinuousBackupsDescription?.PointInTimeRecoveryDescription;
  return {
    ...shapeOf(table),
    name,
    hasItems: holdsItems,
    timeToLive: expiry?.TimeToLiveStatus === 'ENABLED' || expiry?.TimeToLiveStatus === 'ENABLING'
      ? expiry.AttributeName : undefined,
    hasRecovery: recovery?.PointInTimeRecoveryStatus === 'ENABLED',
  };
}

interface IndexDescription {
  readonly IndexName?: string;
  readonly KeySchema?: KeySchemaElement[];
  readonly Projection?: Projection;
}

function shapeOf(table: TableDescription): Omit<FoundTable, 'hasItems' | 'timeToLive' | 'hasRecovery'> {
  const indexOf = ({ IndexName = '', KeySchema, Projection: projection }: IndexDescription): TableIndex =>
    ({ name: IndexName, keys: keysOf(KeySchema, types), projection: wordsOf(projection) });
  const { TableName: name = '', AttributeDefinitions: types = [], ProvisionedThroughput: throughput } = table;
  const isPaidByRequest = table.BillingModeSummary?.BillingMode === 'PAY_PER_REQUEST';
  return {
    kind: 'table', name, id: name,
    revision: table.TableId ?? '',
    status: table.TableStatus ?? 'UNKNOWN',
    countedItems: table.ItemCount ?? 0,
    keys: keysOf(table.KeySchema, types),
    indexes: (table.GlobalSecondaryIndexes ?? []).map(indexOf),
    localIndexes: (table.LocalSecondaryIndexes ?? []).map(indexOf),
    replicas: (table.Replicas ?? []).map(({ RegionName = '' }) => RegionName),
    throughput: isPaidByRequest
      ? undefined : { read: throughput?.ReadCapacityUnits ?? 1, write: throughput?.WriteCapacityUnits ?? 1 },
    stream: table.StreamSpecification?.StreamEnabled ? table.StreamSpecification.StreamViewType : undefined,
    encryptionKey: table.SSEDescription?.KMSMasterKeyArn,
    isProtected: table.DeletionProtectionEnabled ?? false,
    tableClass: table.TableClassSummary?.TableClass,
  };
}

function keysOf(
  schema: readonly KeySchemaElement[] = [], types: readonly AttributeDefinition[] = []): readonly TableKey[] {
  return schema.map(
    ({ AttributeName: attribute = '' }) =>
      ({ attribute, type: types.find((one) => one.AttributeName === attribute)?.AttributeType ?? '?' }));
}

function wordsOf({ ProjectionType: type = 'ALL', NonKeyAttributes: attributes = [] }: Projection = {}): string {
  return [type, ...[...attributes].sort()].join(' ');
}
