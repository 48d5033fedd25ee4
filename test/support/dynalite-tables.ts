import { setImmediate } from 'node:timers/promises';
import type { CreateTableCommandInput } from '@aws-sdk/client-dynamodb';
import {
  CreateTableCommand, DeleteTableCommand, DescribeTableCommand, DynamoDBClient, ListTablesCommand,
} from '@aws-sdk/client-dynamodb';
import { DynamoDBDocumentClient } from '@aws-sdk/lib-dynamodb';
import type { RecordTables } from '../../src/records/dynamodb-directory';
import { TableClient } from '../../src/records/table-client';

const TABLES: RecordTables = { companies: 'company-data', conversations: 'conversations' };
const KEYS = {
  [TABLES.companies]: ['company_id', 'project_id'],
  [TABLES.conversations]: ['primary_channel', 'conversation_id'],
} as const;

declare global {
  /** Set by the environment of the tests. */
  // eslint-disable-next-line no-var
  var tableEngine: () => Promise<number>;
}

export interface DynaliteTables {
  /** For what a test itself puts and looks at. */
  readonly client: DynamoDBDocumentClient;
  /** For the adapters. */
  readonly records: TableClient;
  readonly tables: RecordTables;
  stop(): Promise<void>;
}

/** A table that can be used once this answers: the engine makes and removes tables behind its answer, as AWS does. */
export async function createTable(
  client: Pick<DynamoDBClient, 'send'>,
  input: CreateTableCommandInput,
): Promise<void> {
  await client.send(new CreateTableCommand(input));
  for (;;) {
    const { Table } = await client.send(new DescribeTableCommand({ TableName: input.TableName }));
    const indexes = Table?.GlobalSecondaryIndexes ?? [];
    if (Table?.TableStatus === 'ACTIVE' && indexes.every(({ IndexStatus }) => IndexStatus === 'ACTIVE')) return;
    await setImmediate();
  }
}

async function deleteTables(client: DynamoDBClient): Promise<void> {
  for (;;) {
    const { TableNames: left = [] } = await client.send(new ListTablesCommand({}));
    if (left.length === 0) return;
    for (const TableName of left) {
      // One that is being removed already is refused.
      await client.send(new DeleteTableCommand({ TableName })).catch(() => undefined);
    }
  }
}

/**
 * Both tables, empty and without their indexes, in the worker's DynamoDB in memory; a worker runs one test file at a
 * time.
 */
export async function startDynaliteTables(): Promise<DynaliteTables> {
  const client = new DynamoDBClient({
    endpoint: `http://127.0.0.1:${await globalThis.tableEngine()}`,
    region: 'eu-west-1',
    credentials: { accessKeyId: 'test', secretAccessKey: 'test' },
  });
  await deleteTables(client);
  for (const [table, keys] of Object.entries(KEYS)) {
    await createTable(client, {
      TableName: table,
      AttributeDefinitions: keys.map((name) => ({ AttributeName: name, AttributeType: 'S' as const })),
      KeySchema: keys.map((name, index) => ({
        AttributeName: name,
        KeyType: index === 0 ? ('HASH' as const) : ('RANGE' as const),
      })),
      BillingMode: 'PAY_PER_REQUEST',
    });
  }
  const stop = async () => {
    client.destroy();
    return Promise.resolve();
  };
  const document = DynamoDBDocumentClient.from(client, { marshallOptions: { removeUndefinedValues: true } });
  return { client: document, records: new TableClient(client), tables: TABLES, stop };
}
