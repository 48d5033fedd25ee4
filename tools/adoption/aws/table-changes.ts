import type { DynamoDBClient, ScalarAttributeType } from '@aws-sdk/client-dynamodb';
import { CreateBackupCommand, DescribeBackupCommand, UpdateTableCommand } from '@aws-sdk/client-dynamodb';
import type { FoundTable, TableIndex } from '../found-resource';
import { indexProperties } from '../table-properties';
import { unlessGone } from './resource-adapter';
import { describeTable } from './table-resources';

/** Milliseconds between two looks; an index of many records takes hours to fill. */
const POLL_MILLISECONDS = 5000;
const POLLS = 5760;

/** How a change waits for its end. */
export interface Waiting {
  readonly now: () => number;
  readonly pause: (milliseconds: number) => Promise<void>;
}

/** A backup on demand: it outlives the table until it is deleted. */
export async function backUpTable(
  client: DynamoDBClient, { name }: FoundTable, { now, pause }: Waiting): Promise<string> {
  const BackupName = `${name}-before-adoption-${new Date(now()).toISOString().replaceAll(/\D/g, '').slice(0, 14)}`;
  const { BackupDetails: { BackupArn: arn = '' } = {} } = await client.send(
    new CreateBackupCommand({ TableName: name, BackupName }));
  for (let poll = 0; poll < POLLS; poll += 1) {
    const { BackupDescription: backup } = await client.send(new DescribeBackupCommand({ BackupArn: arn }));
    if (backup?.BackupDetails?.BackupStatus === 'AVAILABLE') return arn;
    await pause(POLL_MILLISECONDS);
  }
  throw new Error('the backup is not complete after eight hours');
}

/** DynamoDB makes one index at a time, and answers long before it is filled. */
export async function addIndex(
  client: DynamoDBClient, table: FoundTable, index: TableIndex, waiting: Waiting): Promise<void> {
  await untilSettled(client, table.name, waiting);
  await client.send(new UpdateTableCommand({
    TableName: table.name,
    AttributeDefinitions: index.keys.map(
      ({ attribute, type }) => ({ AttributeName: attribute, AttributeType: scalarType(type) })),
    GlobalSecondaryIndexUpdates: [{ Create: indexProperties(index, table.throughput) }],
  }));
  await untilSettled(client, table.name, waiting);
}

export async function dropIndex(
  client: DynamoDBClient, table: FoundTable, index: string, waiting: Waiting): Promise<void> {
  await untilSettled(client, table.name, waiting);
  // A run that was stopped may have dropped it already.
  await unlessGone(
    client.send(new UpdateTableCommand(
      { TableName: table.name, GlobalSecondaryIndexUpdates: [{ Delete: { IndexName: index } }] })));
  await untilSettled(client, table.name, waiting);
}

function scalarType(type: string): ScalarAttributeType {
  return type === 'N' || type === 'B' ? type : 'S';
}

export async function untilSettled(
  client: DynamoDBClient, name: string, { pause }: Pick<Waiting, 'pause'>): Promise<void> {
  for (let poll = 0; poll < POLLS; poll += 1) {
    const table = await describeTable(client, name);
    if (!table) throw new Error('the table is gone');
    const isSettled = table.TableStatus === 'ACTIVE'
      && (table.GlobalSecondaryIndexes ?? []).every(({ IndexStatus = 'ACTIVE' }) => IndexStatus === 'ACTIVE');
    if (isSettled) return;
    await pause(POLL_MILLISECONDS);
  }
  throw new Error('DynamoDB has not finished changing the table after eight hours');
}
