import type { Server } from 'node:http';
import { CreateTableCommand, DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { DynamoDBDocumentClient } from '@aws-sdk/lib-dynamodb';
import type { RecordTables } from '../../src/records/dynamodb-directory';

const TABLES: RecordTables = { companies: 'company-data', conversations: 'conversations' };
const KEYS = { [TABLES.companies]: ['company_id', 'project_id'], [TABLES.conversations]: ['primary_channel', 'conversation_id'] } as const;

export interface DynaliteTables {
  readonly client: DynamoDBDocumentClient;
  readonly tables: RecordTables;
  stop(): Promise<void>;
}

/** Both tables, without their indexes, on a DynamoDB in memory of this process. */
export async function startDynaliteTables(): Promise<DynaliteTables> {
  const dynalite = jest.requireActual<(options: { readonly createTableMs: number }) => Server>('dynalite');
  const server = dynalite({ createTableMs: 0 });
  await new Promise<void>((resolve) => void server.listen(0, '127.0.0.1', resolve));
  const address = server.address();
  if (address === null || typeof address === 'string') throw new Error('dynalite listens on no port.');
  const client = new DynamoDBClient({
    endpoint: `http://127.0.0.1:${address.port}`,
    region: 'eu-west-1',
    credentials: { accessKeyId: 'test', secretAccessKey: 'test' },
  });
  for (const [table, keys] of Object.entries(KEYS)) {
    await client.send(new CreateTableCommand({
      TableName: table,
      AttributeDefinitions: keys.map((name) => ({ AttributeName: name, AttributeType: 'S' as const })),
      KeySchema: keys.map((name, index) => ({ AttributeName: name, KeyType: index === 0 ? ('HASH' as const) : ('RANGE' as const) })),
      BillingMode: 'PAY_PER_REQUEST',
    }));
  }
  const stop = async () => {
    client.destroy();
    await new Promise((resolve) => server.close(resolve));
  };
  return { client: DynamoDBDocumentClient.from(client, { marshallOptions: { removeUndefinedValues: true } }), tables: TABLES, stop };
}
