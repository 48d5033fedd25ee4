import {
  BatchGetItemCommand,
  BatchWriteItemCommand,
  DeleteItemCommand,
  DescribeTableCommand,
  GetItemCommand,
  ListTablesCommand,
  PutItemCommand,
  QueryCommand,
  ScanCommand,
  TransactWriteItemsCommand,
  UpdateItemCommand,
} from '@aws-sdk/client-dynamodb';
import type { RunningServices } from './running-services';
import { ALLOW_ALL, TABLE, functionWith, startSample } from './running-services';

describe('the tables of the embedded cloud', () => {
  let running: RunningServices;
  const TableName = 'conversations-dev';
  const key = (owner: string, entry: string) => ({ owner: { S: owner }, entry: { S: entry } });

  beforeAll(async () => {
    running = await startSample({ Table: TABLE, ...functionWith('Router', [ALLOW_ALL]) });
  });
  afterAll(() => running.stop());

  it('have the keys and indexes of the template, under the account and region of the stack', async () => {
    const { dynamodb } = running.administrator;
    const { Table } = await dynamodb.send(new DescribeTableCommand({ TableName }));
    expect(Table).toMatchObject({
      TableStatus: 'ACTIVE',
      TableArn: 'arn:aws:dynamodb:eu-west-1:111122223333:table/conversations-dev',
      KeySchema: TABLE.Properties.KeySchema,
      GlobalSecondaryIndexes: [{ IndexName: 'by-state', Projection: { NonKeyAttributes: ['note'] } }],
    });
    expect((await dynamodb.send(new ListTablesCommand({}))).TableNames).toEqual([TableName]);
  });

  it('compare whole maps and lists in conditions', async () => {
    const { dynamodb } = running.administrator;
    const held = { plan: { M: { a: { L: [{ S: 'x' }, { M: { b: { N: '1' } } }] } } }, list: { L: [{ S: 'x' }] } };
    await dynamodb.send(new PutItemCommand({ TableName, Item: { ...key('documents', '1'), ...held } }));
    const update = async (plan: object, list: object) =>
      dynamodb.send(
        new UpdateItemCommand({
          TableName,
          Key: key('documents', '1'),
          UpdateExpression: 'SET note = :note',
          ConditionExpression: '#plan = :plan AND #list = :list',
          ExpressionAttributeNames: { '#plan': 'plan', '#list': 'list' },
          ExpressionAttributeValues: {
            ':note': { S: 'n' },
            ':plan': { M: { ...plan } },
            ':list': { L: Object.values(list) },
          },
        }),
      );
    await update(held.plan.M, held.list.L);
    await expect(update({ a: { L: [{ S: 'x' }] } }, held.list.L)).rejects.toThrow('conditional');
    await expect(update(held.plan.M, [{ S: 'y' }])).rejects.toThrow('conditional');
  });

  it('write, read, query an index, and take a table by its ARN', async () => {
    const { dynamodb } = running.clientsOf('Router');
    await dynamodb.send(
      new PutItemCommand({
        TableName,
        Item: { ...key('query', '1'), state: { S: 'stuck' }, due: { N: '5' }, note: { S: '' } },
      }),
    );
    const found = await dynamodb.send(
      new QueryCommand({
        TableName,
        IndexName: 'by-state',
        KeyConditionExpression: '#state = :stuck AND due < :now',
        ExpressionAttributeNames: { '#state': 'state' },
        ExpressionAttributeValues: { ':stuck': { S: 'stuck' }, ':now': { N: '10' } },
      }),
    );
    expect(found.Items).toEqual([{ ...key('query', '1'), state: { S: 'stuck' }, due: { N: '5' }, note: { S: '' } }]);
    const byArn = await dynamodb.send(
      new GetItemCommand({
        TableName: 'arn:aws:dynamodb:eu-west-1:111122223333:table/conversations-dev',
        Key: key('query', '1'),
      }),
    );
    expect(byArn.Item).toBeDefined();
  });

  it('refuse a conditional write and give back the item that stood against it', async () => {
    const { dynamodb } = running.clientsOf('Router');
    await dynamodb.send(new PutItemCommand({ TableName, Item: { ...key('condition', '1'), note: { S: 'first' } } }));
    const again = dynamodb.send(
      new PutItemCommand({
        TableName,
        Item: { ...key('condition', '1'), note: { S: 'second' } },
        ConditionExpression: 'attribute_not_exists(entry)',
        ReturnValuesOnConditionCheckFailure: 'ALL_OLD',
      }),
    );
    await expect(again).rejects.toMatchObject({
      name: 'ConditionalCheckFailedException',
      Item: { note: { S: 'first' } },
    });
  });

  it('say which operation they lack', async () => {
    const { dynamodb } = running.clientsOf('Router');
    const transaction = dynamodb.send(
      new TransactWriteItemsCommand({ TransactItems: [{ Put: { TableName, Item: key('transaction', '1') } }] }),
    );
    await expect(transaction).rejects.toMatchObject({
      name: 'UnknownOperationException',
      message: expect.stringContaining('TransactWriteItems'),
    });
  });

  it('answer DynamoDB\'s own error for a faulty request', async () => {
    const { dynamodb } = running.administrator;
    await expect(dynamodb.send(new PutItemCommand({ TableName, Item: { owner: { S: 'x' } } }))).rejects.toMatchObject({
      name: 'ValidationException',
    });
    await expect(dynamodb.send(new GetItemCommand({ TableName: 'absent', Key: key('a', 'b') }))).rejects.toMatchObject({
      name: 'ResourceNotFoundException',
    });
  });

  describe('bill', () => {
    const units = async (
      act: () => Promise<unknown>,
      figure: 'readUnits' | 'writeUnits' = 'writeUnits',
    ): Promise<number> => {
      const before = running.services.calls.total(figure);
      await act().catch(() => undefined);
      return running.services.calls.total(figure) - before;
    };
    const kilobytes = (count: number) => ({ S: 'x'.repeat(count * 1024 - 200) });

    it('a write by the KB, and each index entry that it changes', async () => {
      const { dynamodb } = running.clientsOf('Router');
      const put = (item: object) =>
        units(() => dynamodb.send(new PutItemCommand({ TableName, Item: { ...key('units', '1'), ...item } })));
      expect(await put({})).toBe(1);
      expect(await put({ body: kilobytes(3) })).toBe(3);
      expect(await put({ body: kilobytes(3), state: { S: 'open' }, due: { N: '1' } })).toBe(4);
      // The entry stays as it is: no projected attribute changed.
      expect(await put({ body: kilobytes(2), state: { S: 'open' }, due: { N: '1' } })).toBe(3);
      // One replaces the entry, a changed key removes one and puts one.
      expect(await put({ state: { S: 'open' }, due: { N: '1' }, note: { S: 'new' } })).toBe(3);
      expect(await put({ state: { S: 'open' }, due: { N: '2' }, note: { S: 'new' } })).toBe(3);
      expect(await put({ state: { S: 'open' }, due: { N: '2' }, note: kilobytes(2) })).toBe(4);
      expect(await units(() => dynamodb.send(new DeleteItemCommand({ TableName, Key: key('units', '1') })))).toBe(4);
    });

    it('an update as the item it leaves, and a condition that failed as the item it met', async () => {
      const { dynamodb } = running.clientsOf('Router');
      const update = (condition: string) =>
        units(() =>
          dynamodb.send(
            new UpdateItemCommand({
              TableName,
              Key: key('update', '1'),
              UpdateExpression: 'SET body = :body',
              ConditionExpression: condition,
              ExpressionAttributeValues: { ':body': kilobytes(2) },
            }),
          ),
        );
      expect(await update('attribute_exists(entry)')).toBe(1);
      expect(await update('attribute_not_exists(entry)')).toBe(2);
      expect(await update('attribute_not_exists(entry)')).toBe(2);
    });

    it('batches, reads by four KB, and half for reads that may be stale', async () => {
      const { dynamodb } = running.clientsOf('Router');
      const entries = ['1', '2'].map((entry) => ({ ...key('batch', entry), body: kilobytes(5) }));
      const write = new BatchWriteItemCommand({
        RequestItems: { [TableName]: entries.map((Item) => ({ PutRequest: { Item } })) },
      });
      expect(await units(() => dynamodb.send(write))).toBe(10);
      const Keys = entries.map(({ owner, entry }) => ({ owner, entry }));
      expect(
        await units(
          () => dynamodb.send(new BatchGetItemCommand({ RequestItems: { [TableName]: { Keys } } })),
          'readUnits',
        ),
      ).toBe(2);
      const get = (ConsistentRead: boolean) =>
        units(
          () => dynamodb.send(new GetItemCommand({ TableName, Key: key('batch', '1'), ConsistentRead })),
          'readUnits',
        );
      expect(await get(true)).toBe(2);
      expect(await get(false)).toBe(1);
      const scan = new ScanCommand({
        TableName,
        FilterExpression: '#owner = :batch',
        ExpressionAttributeNames: { '#owner': 'owner' },
        ExpressionAttributeValues: { ':batch': { S: 'batch' } },
      });
      expect(await units(() => dynamodb.send(scan), 'readUnits')).toBeGreaterThanOrEqual(1.5);
    });

    it('without showing it to callers that did not ask', async () => {
      const { dynamodb } = running.clientsOf('Router');
      const put = (ReturnConsumedCapacity: 'NONE' | 'TOTAL' | 'INDEXES' | undefined) =>
        dynamodb.send(
          new PutItemCommand({
            TableName,
            Item: { ...key('asked', '1'), state: { S: `${Math.random()}` }, due: { N: '1' } },
            ...(ReturnConsumedCapacity ? { ReturnConsumedCapacity } : {}),
          }),
        );
      expect((await put(undefined)).ConsumedCapacity).toBeUndefined();
      expect((await put('NONE')).ConsumedCapacity).toBeUndefined();
      expect((await put('TOTAL')).ConsumedCapacity).toEqual({ TableName, CapacityUnits: 3 });
      expect((await put('INDEXES')).ConsumedCapacity).toEqual({
        TableName,
        CapacityUnits: 3,
        Table: { CapacityUnits: 1 },
        GlobalSecondaryIndexes: { 'by-state': { CapacityUnits: 2 } },
      });
    });
  });
});

test('a table that DynamoDB would not create is refused at the start, by its logical id', async () => {
  const faulty = { ...TABLE, Properties: { ...TABLE.Properties, AttributeDefinitions: [] } };
  await expect(startSample({ Conversations: faulty })).rejects.toThrow(
    /The table Conversations cannot be created: .*key attribute have no definition/,
  );
});
