import {
  APIGatewayClient, CreateApiKeyCommand, CreateDeploymentCommand, CreateRestApiCommand, CreateUsagePlanCommand,
  CreateUsagePlanKeyCommand, GetResourcesCommand,
  PutIntegrationCommand, PutMethodCommand,
} from '@aws-sdk/client-api-gateway';
import { CloudWatchClient, PutMetricAlarmCommand } from '@aws-sdk/client-cloudwatch';
import { CloudWatchLogsClient, CreateLogGroupCommand } from '@aws-sdk/client-cloudwatch-logs';
import { CreateTableCommand, DynamoDBClient, waitUntilTableExists } from '@aws-sdk/client-dynamodb';
import {
  AttachRolePolicyCommand, CreatePolicyCommand, CreateRoleCommand, IAMClient,
  PutRolePolicyCommand,
} from '@aws-sdk/client-iam';
import { CreateEventSourceMappingCommand, CreateFunctionCommand, LambdaClient } from '@aws-sdk/client-lambda';
import { CreateSecretCommand, SecretsManagerClient } from '@aws-sdk/client-secrets-manager';
import { CreateTopicCommand, SNSClient, SubscribeCommand } from '@aws-sdk/client-sns';
import { CreateQueueCommand, GetQueueAttributesCommand, SendMessageCommand, SQSClient } from '@aws-sdk/client-sqs';
import { DynamoDBDocumentClient, PutCommand } from '@aws-sdk/lib-dynamodb';
import { CHANNELS } from '../../../src/core/channel';
import { resourceNames } from '../../../src/core/names';

export interface HandMadeOptions {
  readonly stage: string;
  /** Leaves one message in the queue of sms. */
  readonly hasMessages?: boolean;
  /** Adds what only looks like the stage's, and a table of another stage. */
  readonly hasNeighbours?: boolean;
}

export interface HandMade {
  readonly apiId: string;
  readonly usagePlanId: string;
  /** Keys that two clients have. */
  readonly keyIds: readonly string[];
  readonly companyItem: Readonly<Record<string, unknown>>;
  readonly conversationItem: Readonly<Record<string, unknown>>;
}

/** A function that does nothing, as a ZIP archive of `index.py`. */
const CODE =
  'UEsDBBQAAAAAAAAAIVi3g1YTKwAAACsAAAAIAAAAaW5kZXgucHlkZWYgaGFuZGxlcihldmVudCwgY29udGV4dCk6CiAgICByZXR1cm4ge30KUEsBAhQDFAAAAAAAAAAhWLeDVhMrAAAAKwAAAAgAAAAAAAAAAAAAAKQBAAAAAGluZGV4LnB5UEsFBgAAAAABAAEANgAAAFEAAAAAAA==';

const TRUST = JSON.stringify({
  Version: '2012-10-17',
  Statement: [{ Effect: 'Allow', Principal: { Service: 'lambda.amazonaws.com' }, Action: 'sts:AssumeRole' }],
});
const MAY_QUEUE = JSON.stringify(
  { Version: '2012-10-17', Statement: [{ Effect: 'Allow', Action: 'sqs:*', Resource: '*' }] });

/**
 * Makes a stage by hand, as the environment of the engine's predecessor was made: under the engine's own names, in no
 * stack, with tables of reserved
 * capacity and an index that nobody needs any more. Uses the credentials, region and endpoint of the shell.
 */
export async function makeHandMadeEnvironment(
  { stage, hasMessages = false, hasNeighbours = false }: HandMadeOptions): Promise<HandMade> {
  const names = resourceNames(stage);
  const arns = await makeQueues(stage);
  const items = await makeTables(stage);
  await makeFunctions(stage, arns);
  const gateway = await makeApi(stage);
  await makeWatches(stage);
  const secrets = new SecretsManagerClient();
  await secrets.send(
    new CreateSecretCommand(
      { Name: names.modelSecret('sms'), SecretString: JSON.stringify({ ai_api_key: 'not-a-key' }) }));
  await secrets.send(new CreateSecretCommand({
    Name: names.credentialSecret('email', 'harbour-and-pine', 'nurse-recruitment'),
    SecretString: JSON.stringify({ sendgrid_api_key: 'not-a-key' }),
  }));
  if (hasMessages) {
    const queues = new SQSClient();
    const { QueueUrl } = await queues.send(new CreateQueueCommand({ QueueName: names.queue('email') }));
    await queues.send(new SendMessageCommand({ QueueUrl, MessageBody: '{}', DelaySeconds: 900 }));
  }
  if (hasNeighbours) await makeNeighbours(stage);
  return { ...gateway, ...items };
}

async function makeQueues(stage: string): Promise<ReadonlyMap<string, string>> {
  const names = resourceNames(stage);
  const client = new SQSClient();
  const arns = new Map<string, string>();
  const make = async (name: string, redrive?: string) => {
    const { QueueUrl } = await client.send(
      new CreateQueueCommand({
        QueueName: name,
        ...(redrive && {
          Attributes: { RedrivePolicy: JSON.stringify({ deadLetterTargetArn: redrive, maxReceiveCount: 3 }) },
        }),
      }),
    );
    const { Attributes } = await client.send(new GetQueueAttributesCommand({ QueueUrl, AttributeNames: ['QueueArn'] }));
    arns.set(name, Attributes?.QueueArn ?? '');
  };
  for (const channel of CHANNELS) {
    await make(names.deadLetterQueue(channel));
    await make(names.queue(channel), arns.get(names.deadLetterQueue(channel)));
  }
  await make(names.handoffQueue);
  return arns;
}

const text = (AttributeName: string) => ({ AttributeName, AttributeType: 'S' as const });
const CAPACITY = { ReadCapacityUnits: 5, WriteCapacityUnits: 5 };

async function makeTables(stage: string) {
  const names = resourceNames(stage);
  const client = new DynamoDBClient();
  await client.send(new CreateTableCommand({
    TableName: names.companyTable,
    KeySchema: [{ AttributeName: 'company_id', KeyType: 'HASH' }, { AttributeName: 'project_id', KeyType: 'RANGE' }],
    AttributeDefinitions: [text('company_id'), text('project_id')],
    ProvisionedThroughput: CAPACITY,
  }));
  await client.send(new CreateTableCommand({
    TableName: names.conversationTable,
    KeySchema: [{ AttributeName: 'primary_channel', KeyType: 'HASH' },
      { AttributeName: 'conversation_id', KeyType: 'RANGE' }],
    AttributeDefinitions: [text('primary_channel'), text('conversation_id'), text('company_id')],
    GlobalSecondaryIndexes: [{
      IndexName: 'company-id-index',
      KeySchema: [{ AttributeName: 'company_id', KeyType: 'HASH' }],
      Projection: { ProjectionType: 'ALL' },
      ProvisionedThroughput: CAPACITY,
    }],
    ProvisionedThroughput: CAPACITY,
  }));
  for (const TableName of [names.companyTable, names.conversationTable]) {
    await waitUntilTableExists(
      { client, maxWaitTime: 60 }, { TableName });
  }
  const documents = DynamoDBDocumentClient.from(client);
  const companyItem = {
    company_id: 'harbour-and-pine', project_id: 'nurse-recruitment', company_name: 'Harbour and Pine',
    project_name: 'Nurses', project_status: 'active',
    allowed_channels: ['sms', 'email'],
  };
  const conversationItem = {
    primary_channel: '+447700900210',
    conversation_id: 'harbour-and-pine#nurse-recruitment#5b0e8d5c-6f0a-4f6e-9a55-0c3f6b7c1a01#447700900100',
    company_id: 'harbour-and-pine', conversation_status: 'initial_message_sent', created_at: '2026-10-01T10:00:00Z',
  };
  await documents.send(new PutCommand({ TableName: names.companyTable, Item: companyItem }));
  await documents.send(new PutCommand({ TableName: names.conversationTable, Item: conversationItem }));
  return { companyItem, conversationItem };
}

async function makeFunctions(stage: string, queueArns: ReadonlyMap<string, string>): Promise<void> {
  const names = resourceNames(stage);
  const roles = new IAMClient();
  const roleOf = async (name: string) =>
    (await roles.send(new CreateRoleCommand({ RoleName: name, AssumeRolePolicyDocument: TRUST }))).Role?.Arn ?? '';
  // As Lambda's console names one.
  const routerRole = await roleOf(`${names.router}-role-a1b2c3d4`);
  const processorRoleName = `ai-multi-comms-processor-role-${stage}`;
  const processorRole = await roleOf(processorRoleName);
  await roles.send(
    new PutRolePolicyCommand({ RoleName: processorRoleName, PolicyName: 'queues', PolicyDocument: MAY_QUEUE }));
  const { Policy } = await roles.send(
    new CreatePolicyCommand({ PolicyName: `ai-multi-comms-processor-policy-${stage}`, PolicyDocument: MAY_QUEUE }));
  for (const PolicyArn of [Policy?.Arn ?? '', 'arn:aws:iam::aws:policy/service-role/AWSLambdaBasicExecutionRole']) {
    await roles.send(new AttachRolePolicyCommand({ RoleName: processorRoleName, PolicyArn }));
  }
  await makeFunction(names.router, routerRole);
  const functions = new LambdaClient();
  for (const channel of CHANNELS) {
    await makeFunction(names.processor(channel), processorRole);
    await functions.send(new CreateEventSourceMappingCommand({
      // Switched off: what lies in the queues is to stay there.
      FunctionName: names.processor(channel), EventSourceArn: queueArns.get(names.queue(channel)), Enabled: false,
    }));
  }
}

async function makeFunction(name: string, role: string): Promise<void> {
  await new LambdaClient().send(new CreateFunctionCommand({
    FunctionName: name, Role: role, Runtime: 'python3.12', Handler: 'index.handler',
    Code: { ZipFile: Buffer.from(CODE, 'base64') },
  }));
  await new CloudWatchLogsClient().send(new CreateLogGroupCommand({ logGroupName: `/aws/lambda/${name}` }));
}

async function makeApi(stage: string) {
  const names = resourceNames(stage);
  const client = new APIGatewayClient();
  const { id: apiId = '' } = await client.send(new CreateRestApiCommand({ name: names.api }));
  const { items: [root] = [] } = await client.send(new GetResourcesCommand({ restApiId: apiId }));
  const place = { restApiId: apiId, resourceId: root?.id, httpMethod: 'POST' };
  await client.send(new PutMethodCommand({ ...place, authorizationType: 'NONE', apiKeyRequired: true }));
  await client.send(new PutIntegrationCommand({ ...place, type: 'MOCK' }));
  await client.send(new CreateDeploymentCommand({ restApiId: apiId, stageName: stage }));
  const { id: usagePlanId = '' } = await client.send(new CreateUsagePlanCommand({
    name: names.usagePlan, apiStages: [{ apiId, stage }], throttle: { rateLimit: 10, burstLimit: 20 },
  }));
  const keyIds: string[] = [];
  for (const name of ['harbour-and-pine', names.apiKey]) {
    const { id: keyId = '' } = await client.send(new CreateApiKeyCommand({ name, enabled: true }));
    await client.send(new CreateUsagePlanKeyCommand({ usagePlanId, keyId, keyType: 'API_KEY' }));
    keyIds.push(keyId);
  }
  return { apiId, usagePlanId, keyIds };
}

async function makeWatches(stage: string): Promise<void> {
  const names = resourceNames(stage);
  const topics = new SNSClient();
  const { TopicArn } = await topics.send(new CreateTopicCommand({ Name: names.alertsTopic }));
  await topics.send(new SubscribeCommand({ TopicArn, Protocol: 'email', Endpoint: 'operators@example.com' }));
  await new CloudWatchClient().send(new PutMetricAlarmCommand({
    AlarmName: `ai-multi-comms-sms-dlq-not-empty-${stage}`, Namespace: 'AWS/SQS',
    MetricName: 'ApproximateNumberOfMessagesVisible',
    Dimensions: [{ Name: 'QueueName', Value: names.deadLetterQueue('sms') }], Statistic: 'Maximum', Period: 60,
    EvaluationPeriods: 1, Threshold: 1,
    ComparisonOperator: 'GreaterThanOrEqualToThreshold',
  }));
}

async function makeNeighbours(stage: string): Promise<void> {
  const roles = new IAMClient();
  const { Role } = await roles.send(
    new CreateRoleCommand({ RoleName: `ai-multi-comms-report-worker-role-${stage}`, AssumeRolePolicyDocument: TRUST }));
  await makeFunction(`ai-multi-comms-report-worker-${stage}`, Role?.Arn ?? '');
  const queues = new SQSClient();
  await queues.send(new CreateQueueCommand({ QueueName: `ai-multi-comms-report-queue-${stage}` }));
  await queues.send(new CreateQueueCommand({ QueueName: resourceNames(`not-${stage}`).queue('sms') }));
  await new DynamoDBClient().send(new CreateTableCommand({
    TableName: resourceNames(`not-${stage}`).companyTable,
    KeySchema: [{ AttributeName: 'company_id', KeyType: 'HASH' }], AttributeDefinitions: [text('company_id')],
    BillingMode: 'PAY_PER_REQUEST',
  }));
}
