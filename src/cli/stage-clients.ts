import { APIGatewayClient } from '@aws-sdk/client-api-gateway';
import { CloudFormationClient, DescribeStacksCommand } from '@aws-sdk/client-cloudformation';
import { CognitoIdentityProviderClient } from '@aws-sdk/client-cognito-identity-provider';
import { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { SecretsManagerClient } from '@aws-sdk/client-secrets-manager';
import { SNSClient } from '@aws-sdk/client-sns';
import { SQSClient } from '@aws-sdk/client-sqs';
import { STSClient } from '@aws-sdk/client-sts';
import type { ResourceNames } from '../core/names';
import { API_URL_OUTPUT } from '../core/names';
import type { VendorUrls } from '../core/vendor-urls';
import { TableClient } from '../records/table-client';
import { awsFailure, CommandError } from './command-error';
import type { CliStage, StageAccess } from './stage-access';
import { stageAccess } from './stage-access';

/** AWS's clients for one stage. */
export interface StageClients {
  readonly names: ResourceNames;
  readonly queues: SQSClient;
  readonly tables: TableClient;
  readonly secrets: SecretsManagerClient;
  readonly gateway: APIGatewayClient;
  readonly stacks: CloudFormationClient;
  readonly topics: SNSClient;
  readonly identity: STSClient;
  readonly people: CognitoIdentityProviderClient;
  readonly vendors: VendorUrls;
  /** Public base URL of the engine, without a slash at the end. */
  apiUrl(): Promise<string>;
  close(): void;
}

export function stageClients(stage: CliStage, projectFolder: string): StageClients {
  return clientsOf(stageAccess(stage, projectFolder));
}

export function clientsOf({ names, vendors, connection, apiUrl }: StageAccess): StageClients {
  const database = new DynamoDBClient(connection);
  const opened = {
    queues: new SQSClient(connection),
    secrets: new SecretsManagerClient(connection),
    gateway: new APIGatewayClient(connection),
    stacks: new CloudFormationClient(connection),
    topics: new SNSClient(connection),
    identity: new STSClient(connection),
    people: new CognitoIdentityProviderClient(connection),
  };
  return {
    ...opened,
    names,
    vendors,
    tables: new TableClient(database),
    apiUrl: async () => apiUrl ?? deployedUrl(opened.stacks, names.stack),
    close: () => { for (const client of [database, ...Object.values(opened)]) client.destroy(); },
  };
}

async function deployedUrl(stacks: CloudFormationClient, stackName: string): Promise<string> {
  const described = await stacks.send(new DescribeStacksCommand({ StackName: stackName }))
    .catch((error: unknown) => { throw awsFailure(`Reading the outputs of the stack ${stackName}`, error); });
  const url = described.Stacks?.[0]?.Outputs?.find(({ OutputKey: key }) => key === API_URL_OUTPUT)?.OutputValue;
  if (!url) {
    const what = `the stack ${stackName} has no output ${API_URL_OUTPUT}; deploy it again`;
    throw new CommandError(`Finding the engine's address failed: ${what}.`);
  }
  return url.replace(/\/$/, '');
}
