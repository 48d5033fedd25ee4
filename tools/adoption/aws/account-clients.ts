import { APIGatewayClient } from '@aws-sdk/client-api-gateway';
import { CloudFormationClient } from '@aws-sdk/client-cloudformation';
import { CloudWatchClient } from '@aws-sdk/client-cloudwatch';
import { CloudWatchLogsClient } from '@aws-sdk/client-cloudwatch-logs';
import { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { IAMClient } from '@aws-sdk/client-iam';
import { LambdaClient } from '@aws-sdk/client-lambda';
import { SecretsManagerClient } from '@aws-sdk/client-secrets-manager';
import { SNSClient } from '@aws-sdk/client-sns';
import { SQSClient } from '@aws-sdk/client-sqs';
import { STSClient } from '@aws-sdk/client-sts';

/**
 * Control planes allow few calls a second (API Gateway ten, CloudFormation fewer): slow down and ask again instead of
 * giving up.
 */
const RETRIES = { maxAttempts: 10, retryMode: 'adaptive' };

export type AccountClients = ReturnType<typeof accountClients>;

/** The clients of one account and region: the shell's, unless a region is given. */
export function accountClients(region?: string) {
  const settings = { ...RETRIES, ...(region !== undefined && { region }) };
  const clients = {
    functions: new LambdaClient(settings),
    roles: new IAMClient(settings),
    tables: new DynamoDBClient(settings),
    queues: new SQSClient(settings),
    gateway: new APIGatewayClient(settings),
    alarms: new CloudWatchClient(settings),
    topics: new SNSClient(settings),
    logs: new CloudWatchLogsClient(settings),
    secrets: new SecretsManagerClient(settings),
    stacks: new CloudFormationClient(settings),
    identity: new STSClient(settings),
  };
  return { ...clients, close: () => { for (const client of Object.values(clients)) client.destroy(); } };
}
