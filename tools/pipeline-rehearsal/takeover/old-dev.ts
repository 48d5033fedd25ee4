import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import {
  APIGatewayClient, CreateApiKeyCommand, CreateDeploymentCommand, CreateResourceCommand, CreateRestApiCommand,
  CreateUsagePlanCommand, CreateUsagePlanKeyCommand, GetResourcesCommand, PutIntegrationCommand, PutMethodCommand,
} from '@aws-sdk/client-api-gateway';
import { CreateTableCommand, DynamoDBClient, PutItemCommand, waitUntilTableExists } from '@aws-sdk/client-dynamodb';
import { CreateRoleCommand, IAMClient, PutRolePolicyCommand } from '@aws-sdk/client-iam';
import {
  AddPermissionCommand, CreateEventSourceMappingCommand, CreateFunctionCommand,
  LambdaClient,
} from '@aws-sdk/client-lambda';
import { CreateTopicCommand, SNSClient } from '@aws-sdk/client-sns';
import { CreateQueueCommand, SQSClient } from '@aws-sdk/client-sqs';
import { CHANNELS } from '../../../src/core/channel';
import { resourceNames } from '../../../src/core/names';
import { zipOf } from './zip-archive';

export interface OldDevOptions {
  readonly account: string;
  readonly region: string;
  /** Where the old processor reports what it has sent. */
  readonly sink: string;
}

const STAGE = 'dev';
const TRUST = JSON.stringify({
  Version: '2012-10-17',
  Statement: [{ Effect: 'Allow', Principal: { Service: 'lambda.amazonaws.com' }, Action: 'sts:AssumeRole' }],
});
const MAY_QUEUE = JSON.stringify(
  { Version: '2012-10-17', Statement: [{ Effect: 'Allow', Action: 'sqs:*', Resource: '*' }] });
const text = (AttributeName: string) => ({ AttributeName, AttributeType: 'S' as const });

/** How clients reach it. */
export interface OldDev {
  readonly apiId: string;
  readonly keyValue: string;
}

/** The previous engine's hand-made environment: only queues and secrets have the new engine's names. */
export async function makeOldDev(options: OldDevOptions): Promise<OldDev> {
  await makeQueues();
  await makeTables();
  await new SNSClient().send(new CreateTopicCommand({ Name: `ai-comms-critical-alerts-${STAGE}` }));
  await makeFunctions(options);
  return makeApi(options);
}

async function makeQueues(): Promise<void> {
  const [client, names] = [new SQSClient(), resourceNames(STAGE)];
  for (const channel of CHANNELS) {
    for (const QueueName of [names.deadLetterQueue(channel), names.queue(channel)]) {
      await client.send(new CreateQueueCommand({ QueueName, Attributes: { VisibilityTimeout: '120' } }));
    }
  }
}

async function makeTables(): Promise<void> {
  const client = new DynamoDBClient();
  const tables = [
    { TableName: `company-data-${STAGE}`, keys: ['company_id', 'project_id'] },
    { TableName: `conversations-${STAGE}`, keys: ['primary_channel', 'conversation_id'] },
  ];
  for (const { TableName, keys } of tables) {
    await client.send(new CreateTableCommand({
      TableName, BillingMode: 'PAY_PER_REQUEST', AttributeDefinitions: keys.map(text),
      KeySchema: keys.map((AttributeName, position) => ({ AttributeName, KeyType: position === 0 ? 'HASH' : 'RANGE' })),
    }));
    await waitUntilTableExists({ client, maxWaitTime: 60 }, { TableName });
    for (let item = 0; item < 25; item += 1) {
      await client.send(new PutItemCommand({
        TableName,
        Item: Object.fromEntries([
          ...keys.map((key) => [key, { S: `${key} ${item}` }]), ['tags', { SS: ['b', 'a'] }], ['count', { N: '1.50' }],
        ]),
      }));
    }
  }
}

async function makeFunctions({ account, region, sink }: OldDevOptions): Promise<void> {
  const [roles, functions] = [new IAMClient(), new LambdaClient()];
  const queue = resourceNames(STAGE).queue('whatsapp');
  const scripts: ReadonlyArray<{ name: string; script: string; variables: Record<string, string> }> = [
    {
      name: `channel-router-${STAGE}`, script: 'router.py',
      variables: { QUEUE_URL: `https://sqs.${region}.amazonaws.com/${account}/${queue}` },
    },
    { name: `whatsapp-channel-processor-${STAGE}`, script: 'processor.py', variables: { SINK: sink } },
  ];
  for (const { name, script, variables } of scripts) {
    const RoleName = `ai-multi-comms-${name}-role`;
    const { Role: role } = await roles.send(new CreateRoleCommand({ RoleName, AssumeRolePolicyDocument: TRUST }));
    await roles.send(new PutRolePolicyCommand({ RoleName, PolicyName: 'queues', PolicyDocument: MAY_QUEUE }));
    await functions.send(new CreateFunctionCommand({
      FunctionName: name, Role: role?.Arn, Runtime: 'python3.11', Handler: 'index.handler', Timeout: 60,
      Environment: { Variables: variables },
      Code: { ZipFile: zipOf('index.py', readFileSync(join(__dirname, script))) },
    }));
  }
  await functions.send(new CreateEventSourceMappingCommand({
    FunctionName: `whatsapp-channel-processor-${STAGE}`, BatchSize: 1,
    EventSourceArn: `arn:aws:sqs:${region}:${account}:${queue}`,
  }));
}

async function makeApi({ account, region }: OldDevOptions) {
  const client = new APIGatewayClient();
  const { id: apiId = '' } = await client.send(new CreateRestApiCommand({ name: `ai-multi-comms-${STAGE}-api` }));
  const { items: [root] = [] } = await client.send(new GetResourcesCommand({ restApiId: apiId }));
  const { id: resourceId } = await client.send(new CreateResourceCommand({
    restApiId: apiId, parentId: root?.id, pathPart: 'initiate-conversation',
  }));
  const place = { restApiId: apiId, resourceId, httpMethod: 'POST' };
  const router = `arn:aws:lambda:${region}:${account}:function:channel-router-${STAGE}`;
  await client.send(new PutMethodCommand({ ...place, authorizationType: 'NONE', apiKeyRequired: true }));
  await client.send(new PutIntegrationCommand({
    ...place, type: 'AWS_PROXY', integrationHttpMethod: 'POST',
    uri: `arn:aws:apigateway:${region}:lambda:path/2015-03-31/functions/${router}/invocations`,
  }));
  await new LambdaClient().send(new AddPermissionCommand({
    FunctionName: `channel-router-${STAGE}`, StatementId: 'api', Action: 'lambda:InvokeFunction',
    Principal: 'apigateway.amazonaws.com', SourceArn: `arn:aws:execute-api:${region}:${account}:${apiId}/*/POST/*`,
  }));
  await client.send(new CreateDeploymentCommand({ restApiId: apiId, stageName: STAGE }));
  const { id: usagePlanId = '' } = await client.send(new CreateUsagePlanCommand({
    name: 'standard', apiStages: [{ apiId, stage: STAGE }], throttle: { rateLimit: 10, burstLimit: 20 },
  }));
  const { id: keyId, value: keyValue = '' } = await client.send(
    new CreateApiKeyCommand({ name: 'harbour-and-pine', enabled: true }));
  await client.send(new CreateUsagePlanKeyCommand({ usagePlanId, keyId, keyType: 'API_KEY' }));
  return { apiId, keyValue };
}
