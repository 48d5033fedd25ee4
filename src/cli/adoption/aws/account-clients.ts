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

/** Control planes allow few calls a second (API Gateway ten, CloudFormation fewer): slow down and ask again instead of giving up. */
const PATIENCE = { maxAttempts: 10, retryMode: 'adaptive' };

export type AccountClients = ReturnType<typeof accountClients>;

/** The clients of one account and region, as the AWS SDK is set up in the shell. */
export function accountClients() {
  const clients = {
    functions: new LambdaClient(PATIENCE),
    roles: new IAMClient(PATIENCE),
    tables: new DynamoDBClient(PATIENCE),
    queues: new SQSClient(PATIENCE),
    gateway: new APIGatewayClient(PATIENCE),
    alarms: new CloudWatchClient(PATIENCE),
    topics: new SNSClient(PATIENCE),
    logs: new CloudWatchLogsClient(PATIENCE),
    secrets: new SecretsManagerClient(PATIENCE),
    stacks: new CloudFormationClient(PATIENCE),
    identity: new STSClient(PATIENCE),
  };
  return { ...clients, close: () => { for (const client of Object.values(clients)) client.destroy(); } };
}
