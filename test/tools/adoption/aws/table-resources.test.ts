import { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { addIndex, backUpTable, dropIndex } from '../../../../tools/adoption/aws/table-changes';
import { tables } from '../../../../tools/adoption/aws/table-resources';
import { StageScope } from '../../../../tools/adoption/stage-scope';
import { NAMES, sampleTable } from '../sample-findings';
import type { Answers } from './stubbed-client';
import { fails, inTurn, REGION, stubbed } from './stubbed-client';

const scope = new StageScope('dev', ['dev', 'prod']);
const options = { discardMessages: false };
const table = (answers: Answers) => stubbed(new DynamoDBClient(REGION), answers);
const noPause = async () => {};
const waiting = { now: () => Date.parse('2026-11-27T12:00:00Z'), pause: noPause };
const described = (change = {}) => () =>
  ({ Table: { TableName: NAMES.conversationTable, TableStatus: 'ACTIVE', ...change } });

describe('tables', () => {
  test('are told with all that an import has to describe', async () => {
    const { client } = table({
      ListTables: ({ ExclusiveStartTableName: start }) => start === undefined
        ? { TableNames: ['payroll'], LastEvaluatedTableName: 'payroll' } : { TableNames: [NAMES.conversationTable] },
      DescribeTable: described({
        TableId: 't', ItemCount: 3,
        KeySchema: [{ AttributeName: 'primary_channel' }],
        AttributeDefinitions: [
          { AttributeName: 'primary_channel', AttributeType: 'S' }, { AttributeName: 'age', AttributeType: 'N' },
        ],
        GlobalSecondaryIndexes: [
          {
            IndexName: 'i', KeySchema: [{ AttributeName: 'age' }],
            Projection: { ProjectionType: 'INCLUDE', NonKeyAttributes: ['b', 'a'] },
          },
        ],
        LocalSecondaryIndexes: [{ IndexName: 'l' }], Replicas: [{ RegionName: 'us-east-1' }],
        ProvisionedThroughput: { ReadCapacityUnits: 5, WriteCapacityUnits: 2 },
        StreamSpecification: { StreamEnabled: true, StreamViewType: 'NEW_IMAGE' },
        SSEDescription: { KMSMasterKeyArn: 'arn:key' }, DeletionProtectionEnabled: true,
        TableClassSummary: { TableClass: 'STANDARD' },
      }),
      DescribeTimeToLive: () =>
        ({ TimeToLiveDescription: { TimeToLiveStatus: 'ENABLED', AttributeName: 'time_to_live' } }),
      DescribeContinuousBackups: () =>
        ({
          ContinuousBackupsDescription: { PointInTimeRecoveryDescription: { PointInTimeRecoveryStatus: 'ENABLED' } },
        }),
      Scan: () => ({ ScannedCount: 1 }),
    });
    expect(await tables(client, noPause).list(scope)).toEqual([
      {
        kind: 'table',
        name: NAMES.conversationTable,
        id: NAMES.conversationTable,
        revision: 't',
        status: 'ACTIVE',
        hasItems: true,
        countedItems: 3,
        keys: [{ attribute: 'primary_channel', type: 'S' }],
        indexes: [{ name: 'i', keys: [{ attribute: 'age', type: 'N' }], projection: 'INCLUDE a b' }],
        localIndexes: [{ name: 'l', keys: [], projection: 'ALL' }],
        replicas: ['us-east-1'],
        throughput: { read: 5, write: 2 },
        timeToLive: 'time_to_live',
        stream: 'NEW_IMAGE',
        encryptionKey: 'arn:key',
        isProtected: true,
        hasRecovery: true,
        tableClass: 'STANDARD',
      },
    ]);
  });

  test('hold something by their own word, since DynamoDB\'s count is hours old', async () => {
    const { client, calls } = table({
      ListTables: () => ({ TableNames: [NAMES.conversationTable] }),
      DescribeTable: described({ ItemCount: 0, BillingModeSummary: { BillingMode: 'PAY_PER_REQUEST' } }),
      DescribeTimeToLive: () => ({ TimeToLiveDescription: { TimeToLiveStatus: 'DISABLED' } }),
      DescribeContinuousBackups: () => ({}),
      Scan: () => ({ ScannedCount: 1 }),
    });
    expect(await tables(client, noPause).list(scope)).toEqual(
      [expect.objectContaining(
        { hasItems: true, countedItems: 0, throughput: undefined, timeToLive: undefined, hasRecovery: false })]);
    expect(calls.find(({ operation }) => operation === 'Scan')?.input).toEqual(
      { TableName: NAMES.conversationTable, Limit: 1, ConsistentRead: true, Select: 'COUNT' });
  });

  test('that go while they are looked at are left out', async () => {
    const { client } = table(
      {
        ListTables: () => ({ TableNames: [NAMES.conversationTable] }),
        DescribeTable: fails('ResourceNotFoundException'),
      });
    expect(await tables(client, noPause).list(scope)).toEqual([]);
  });

  test('are read once more before they go: what has come meanwhile keeps them', async () => {
    const { client, operations } = table({ Scan: () => ({ ScannedCount: 1 }) });
    await expect(tables(client, noPause).remove(sampleTable(), options)).rejects.toThrow(
      /it holds items now and was not deleted/);
    expect(operations()).toEqual(['Scan']);
  });

  test('are gone only once DynamoDB knows them no more', async () => {
    const { client, operations } = table({
      Scan: () => ({ ScannedCount: 0 }), DeleteTable: () => ({}),
      DescribeTable: inTurn(described({ TableStatus: 'DELETING' }), fails('ResourceNotFoundException')),
    });
    await tables(client, noPause).remove(sampleTable(), options);
    expect(operations()).toEqual(['Scan', 'DeleteTable', 'DescribeTable', 'DescribeTable']);
    const stuck = table({ Scan: () => ({}), DeleteTable: () => ({}), DescribeTable: described() });
    await expect(tables(stuck.client, noPause).remove(sampleTable(), options)).rejects.toThrow('after ten minutes');
  });
});

describe('changes of a table', () => {
  test('a backup is waited for, and bears the table\'s name and the time', async () => {
    const { client, calls } = table({
      CreateBackup: () => ({ BackupDetails: { BackupArn: 'arn:backup' } }),
      DescribeBackup: inTurn(
        () => ({ BackupDescription: { BackupDetails: { BackupStatus: 'CREATING' } } }),
        () => ({ BackupDescription: { BackupDetails: { BackupStatus: 'AVAILABLE' } } })),
    });
    expect(await backUpTable(client, sampleTable(), waiting)).toBe('arn:backup');
    expect(calls[0]?.input).toEqual(
      { TableName: NAMES.conversationTable, BackupName: `${NAMES.conversationTable}-before-adoption-20261127120000` });
    expect(calls).toHaveLength(3);
    const stuck = table({ CreateBackup: () => ({}), DescribeBackup: () => ({}) });
    await expect(backUpTable(stuck.client, sampleTable(), waiting)).rejects.toThrow('not complete after eight hours');
  });

  const index = {
    name: 'i', keys: [{ attribute: 'age', type: 'N' }, { attribute: 'created_at', type: 'S' }],
    projection: 'KEYS_ONLY',
  };

  test('an index is added with its own keys\' types, and is done once every index is active', async () => {
    const { client, calls } = table({
      UpdateTable: () => ({}),
      DescribeTable: inTurn(
        described(), described({ TableStatus: 'UPDATING' }),
        described({ GlobalSecondaryIndexes: [{ IndexStatus: 'CREATING' }] }), described()),
    });
    await addIndex(client, sampleTable({ throughput: { read: 5, write: 2 } }), index, waiting);
    expect(calls.map(({ operation }) => operation)).toEqual(
      ['DescribeTable', 'UpdateTable', 'DescribeTable', 'DescribeTable', 'DescribeTable']);
    expect(calls[1]?.input).toEqual({
      TableName: NAMES.conversationTable,
      AttributeDefinitions: [
        { AttributeName: 'age', AttributeType: 'N' }, { AttributeName: 'created_at', AttributeType: 'S' },
      ],
      GlobalSecondaryIndexUpdates: [{
        Create: {
          IndexName: 'i', KeySchema: [
            { AttributeName: 'age', KeyType: 'HASH' }, { AttributeName: 'created_at', KeyType: 'RANGE' },
          ],
          Projection: { ProjectionType: 'KEYS_ONLY' },
          ProvisionedThroughput: { ReadCapacityUnits: 5, WriteCapacityUnits: 2 },
        },
      }],
    });
  });

  test('an index that was dropped by a run before is not a fault', async () => {
    const { client, operations } = table(
      { UpdateTable: fails('ResourceNotFoundException'), DescribeTable: described() });
    await dropIndex(client, sampleTable(), 'old', waiting);
    expect(operations()).toEqual(['DescribeTable', 'UpdateTable', 'DescribeTable']);
  });

  test('a table that goes, or never settles, ends the wait', async () => {
    await expect(dropIndex(
      table({ DescribeTable: fails('ResourceNotFoundException') }).client, sampleTable(), 'old',
      waiting)).rejects.toThrow('the table is gone');
    await expect(dropIndex(
      table({ DescribeTable: described({ TableStatus: 'UPDATING' }) }).client, sampleTable(), 'old',
      waiting)).rejects.toThrow('after eight hours');
  });
});
