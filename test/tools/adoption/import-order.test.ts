import { importOrder, tableToImport } from '../../../tools/adoption/import-order';
import { sampleTable, WANTED_CONVERSATIONS } from './sample-findings';

const pair = (change = {}) => tableToImport(sampleTable(change), WANTED_CONVERSATIONS);
const read = (template: string) => JSON.parse(template);

describe('what a stack is told to take over', () => {
  test('a new stack holds the tables alone, retained, with no outputs', () => {
    const { template, resources, parameters } = importOrder('ai-multi-comms-dev', undefined, [pair()]);
    expect(Object.keys(read(template))).toEqual(['AWSTemplateFormatVersion', 'Description', 'Resources']);
    expect(read(template).Resources).toEqual({
      RecordsConversations1: {
        Type: 'AWS::DynamoDB::Table', DeletionPolicy: 'Retain', UpdateReplacePolicy: 'Retain',
        Properties: {
          TableName: 'ai-multi-comms-conversations-dev',
          KeySchema: [{ AttributeName: 'primary_channel', KeyType: 'HASH' },
            { AttributeName: 'conversation_id', KeyType: 'RANGE' }],
          AttributeDefinitions: [
            { AttributeName: 'primary_channel', AttributeType: 'S' },
            { AttributeName: 'conversation_id', AttributeType: 'S' },
          ],
          BillingMode: 'PAY_PER_REQUEST',
          PointInTimeRecoverySpecification: { PointInTimeRecoveryEnabled: true },
        },
      },
    });
    expect(resources).toHaveLength(1);
    expect(parameters).toEqual([]);
  });

  test('a table is described as it is, so that the deployment sees what to change', () => {
    const { template } = importOrder('ai-multi-comms-dev', undefined, [pair({
      indexes: [{ name: 'by-company', keys: [{ attribute: 'company_id', type: 'S' }], projection: 'INCLUDE a b' },
        { name: 'by-age', keys: [{ attribute: 'age', type: 'N' }], projection: 'ALL' }],
      throughput: { read: 5, write: 2 }, timeToLive: 'time_to_live', stream: 'NEW_IMAGE',
      encryptionKey: 'arn:aws:kms:eu-west-1:123456789012:key/1', isProtected: true,
      hasRecovery: false, tableClass: 'STANDARD_INFREQUENT_ACCESS',
    })]);
    expect(read(template).Resources.RecordsConversations1.Properties).toMatchObject({
      AttributeDefinitions: expect.arrayContaining([{ AttributeName: 'age', AttributeType: 'N' }]),
      GlobalSecondaryIndexes: [
        {
          IndexName: 'by-company',
          KeySchema: [{ AttributeName: 'company_id', KeyType: 'HASH' }],
          Projection: { ProjectionType: 'INCLUDE', NonKeyAttributes: ['a', 'b'] },
          ProvisionedThroughput: { ReadCapacityUnits: 5, WriteCapacityUnits: 2 },
        },
        { IndexName: 'by-age', Projection: { ProjectionType: 'ALL' } },
      ],
      BillingMode: 'PROVISIONED',
      ProvisionedThroughput: { ReadCapacityUnits: 5, WriteCapacityUnits: 2 },
      TimeToLiveSpecification: { AttributeName: 'time_to_live', Enabled: true },
      StreamSpecification: { StreamViewType: 'NEW_IMAGE' },
      SSESpecification: {
        SSEEnabled: true,
        SSEType: 'KMS',
        KMSMasterKeyId: 'arn:aws:kms:eu-west-1:123456789012:key/1',
      },
      DeletionProtectionEnabled: true,
      TableClass: 'STANDARD_INFREQUENT_ACCESS',
    });
    expect(template).not.toContain('PointInTimeRecovery');
  });

  test('a stack that is there keeps all it has, and its parameters their values', () => {
    const before = {
      Description: 'old',
      Resources: { Queue: { Type: 'AWS::SQS::Queue' } },
      Outputs: { A: { Value: 'b' } },
    };
    const stack = {
      status: 'UPDATE_COMPLETE', template: JSON.stringify(before), parameters: ['BootstrapVersion'],
      usagePlanId: undefined,
    };
    const { template, parameters } = importOrder('ai-multi-comms-dev', stack, [pair()]);
    expect(read(template)).toMatchObject(before);
    expect(Object.keys(read(template).Resources)).toEqual(['Queue', 'RecordsConversations1']);
    expect(parameters).toEqual(['BootstrapVersion']);
  });

  test('a stack that has another resource in its place is refused', () => {
    const stack = {
      status: 'UPDATE_COMPLETE', template: '{"Resources":{"RecordsConversations1":{}}}', parameters: [],
      usagePlanId: undefined,
    };
    expect(() => importOrder('ai-multi-comms-dev', stack, [pair()])).toThrow(
      /has a resource RecordsConversations1 already/);
  });
});
