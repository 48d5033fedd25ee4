import { CreateTableCommand } from '@aws-sdk/client-dynamodb';
import { PutCommand } from '@aws-sdk/lib-dynamodb';
import { INDEXES } from '../../src/core/indexes';
import { DynamoDbRecipientIndex } from '../../src/records/dynamodb-recipient-index';
import type { DynaliteTables } from '../support/dynalite-tables';
import { startDynaliteTables } from '../support/dynalite-tables';

const TABLE = 'indexed';
const { name, partitionKey, sortKey } = INDEXES.recipient;
const PERSON = '+447700900123';

let dynalite: DynaliteTables;
let index: DynamoDbRecipientIndex;

beforeAll(async () => {
  dynalite = await startDynaliteTables();
  const key = (hash: string, range: string) => [{ AttributeName: hash, KeyType: 'HASH' as const }, { AttributeName: range, KeyType: 'RANGE' as const }];
  await dynalite.client.send(new CreateTableCommand({
    TableName: TABLE,
    AttributeDefinitions: ['primary_channel', 'conversation_id', 'created_at'].map((attribute) => ({ AttributeName: attribute, AttributeType: 'S' as const })),
    KeySchema: key('primary_channel', 'conversation_id'),
    GlobalSecondaryIndexes: [{ IndexName: name, KeySchema: key(partitionKey, sortKey), Projection: { ProjectionType: 'KEYS_ONLY' } }],
    BillingMode: 'PAY_PER_REQUEST',
  }));
  index = new DynamoDbRecipientIndex(dynalite.client, TABLE);
});
afterAll(() => dynalite.stop());

const put = async (conversationId: string, createdAt?: string, recipient = PERSON) => dynalite.client.send(new PutCommand({
  TableName: TABLE, Item: { primary_channel: recipient, conversation_id: conversationId, ...(createdAt ? { created_at: createdAt } : {}) },
}));
const newest = async (recipient = PERSON, sender = '447700900002', company = 'acme') => index.newest({ recipient, sender, company });

test('the newest conversation of recipient, sender and company is found among others', async () => {
  await put('acme#nurses#1#447700900002', '2026-11-01T00:00:00.000Z');
  await put('acme#doctors#2#447700900002', '2026-11-03T00:00:00.000Z');
  await put('acme#nurses#3#447700900009', '2026-11-05T00:00:00.000Z');
  await put('acmeplus#nurses#4#447700900002', '2026-11-06T00:00:00.000Z');
  await put('other#nurses#5#447700900002', '2026-11-07T00:00:00.000Z');
  await put('acme#nurses#6#447700900002', '2026-11-08T00:00:00.000Z', '+447700900124');
  await put('opt-out');
  expect(await newest()).toEqual({ primary_channel: PERSON, conversation_id: 'acme#doctors#2#447700900002' });
});

test('there may be none', async () => {
  expect(await newest('+447700900199')).toBeUndefined();
  expect(await newest(PERSON, '900002')).toBeUndefined();
  expect(await newest(PERSON, '447700900002', 'acm')).toBeUndefined();
});

test('it is looked for beyond the first page, and not for ever', async () => {
  const person = '+447700900150';
  for (let count = 0; count < 205; count += 1) await put(`acme#p#${count}#447700900009`, new Date(Date.UTC(2026, 9, 1) + count * 1000).toISOString(), person);
  await put('acme#p#old#447700900002', '2026-01-01T00:00:00.000Z', person);
  expect(await newest(person)).toEqual({ primary_channel: person, conversation_id: 'acme#p#old#447700900002' });
  const send = jest.fn().mockResolvedValue({ Items: [], LastEvaluatedKey: { primary_channel: person } });
  expect(await new DynamoDbRecipientIndex({ send } as never, TABLE).newest({ recipient: person, sender: 's', company: 'c' })).toBeUndefined();
  expect(send).toHaveBeenCalledTimes(5);
});
