import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { APIGatewayClient } from '@aws-sdk/client-api-gateway';
import { CloudFormationClient, DescribeStacksCommand } from '@aws-sdk/client-cloudformation';
import { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { SecretsManagerClient } from '@aws-sdk/client-secrets-manager';
import { SNSClient } from '@aws-sdk/client-sns';
import { SQSClient } from '@aws-sdk/client-sqs';
import { STSClient } from '@aws-sdk/client-sts';
import { z } from 'zod';
import { LOCAL_ACCESS_FILE } from '../core/local-access';
import type { LocalAccess } from '../core/local-access';
import type { ResourceNames } from '../core/names';
import { API_URL_OUTPUT, resourceNames } from '../core/names';
import { ofEach } from '../core/of-each';
import type { VendorUrls } from '../core/vendor-urls';
import { VENDOR_NAMES, VENDOR_URLS } from '../providers/vendors';
import { TableClient } from '../records/table-client';
import { awsFailure, CommandError } from './command-error';
import { regionOf } from './delivery-stages';

/** `local`, or a stage of the pipeline. */
export type CliStage = string;

/** The one place where commands get their AWS clients. */
export interface StageClients {
  readonly stage: CliStage;
  readonly names: ResourceNames;
  readonly queues: SQSClient;
  readonly tables: TableClient;
  readonly secrets: SecretsManagerClient;
  readonly gateway: APIGatewayClient;
  readonly stacks: CloudFormationClient;
  readonly topics: SNSClient;
  readonly identity: STSClient;
  readonly vendors: VendorUrls;
  /** Public base URL of the engine, without a slash at the end. */
  apiUrl(): Promise<string>;
  close(): void;
}

const accessShape = z.object({
  stage: z.string(),
  endpoint: z.url(),
  region: z.string(),
  accessKeyId: z.string(),
  secretAccessKey: z.string(),
  processId: z.number(),
  apiUrl: z.url(),
  vendors: z.object({ ...ofEach(VENDOR_NAMES, () => z.url()), openai: z.url() }),
});

/** A deployed stage is reached as the AWS SDK is set up in the shell; `local` by what the running local stage left in the project's folder. */
export function stageClients(stage: CliStage, projectFolder: string): StageClients {
  const access = stage === 'local' ? readLocalAccess(projectFolder) : undefined;
  const region = regionOf(projectFolder, stage);
  const connection = access ? connectionOf(access) : { ...(region && { region }) };
  const database = new DynamoDBClient(connection);
  const names = resourceNames(access?.stage ?? stage);
  const opened = {
    queues: new SQSClient(connection),
    secrets: new SecretsManagerClient(connection),
    gateway: new APIGatewayClient(connection),
    stacks: new CloudFormationClient(connection),
    topics: new SNSClient(connection),
    identity: new STSClient(connection),
  };
  return {
    ...opened,
    stage,
    names,
    tables: new TableClient(database),
    vendors: access?.vendors ?? VENDOR_URLS,
    apiUrl: async () => access?.apiUrl ?? deployedUrl(opened.stacks, names.stack),
    close: () => { for (const client of [database, ...Object.values(opened)]) client.destroy(); },
  };
}

async function deployedUrl(stacks: CloudFormationClient, stackName: string): Promise<string> {
  const described = await stacks.send(new DescribeStacksCommand({ StackName: stackName }))
    .catch((error: unknown) => { throw awsFailure(`Reading the outputs of the stack ${stackName}`, error); });
  const url = described.Stacks?.[0]?.Outputs?.find(({ OutputKey: key }) => key === API_URL_OUTPUT)?.OutputValue;
  if (!url) throw new CommandError(`Finding the engine's address failed: the stack ${stackName} has no output ${API_URL_OUTPUT}; deploy it again.`);
  return url.replace(/\/$/, '');
}

function connectionOf({ endpoint, region, accessKeyId, secretAccessKey }: LocalAccess) {
  return { endpoint, region, credentials: { accessKeyId, secretAccessKey } };
}

function readLocalAccess(projectFolder: string): LocalAccess {
  const access = readAccess(join(projectFolder, LOCAL_ACCESS_FILE));
  if (!access || !isRunning(access.processId)) {
    throw new CommandError('Reaching the local stage failed: none is running in this folder; start one with `npx projen local`.');
  }
  return access;
}

function readAccess(file: string): LocalAccess | undefined {
  try {
    return accessShape.parse(JSON.parse(readFileSync(file, 'utf8')));
  } catch {
    return undefined;
  }
}

/** A stage that was killed leaves its file behind. */
function isRunning(processId: number): boolean {
  try {
    return process.kill(processId, 0);
  } catch {
    return false;
  }
}
