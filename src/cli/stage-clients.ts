import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { SQSClient } from '@aws-sdk/client-sqs';
import { DynamoDBDocumentClient } from '@aws-sdk/lib-dynamodb';
import { z } from 'zod';
import { LOCAL_ACCESS_FILE } from '../core/local-access';
import type { LocalAccess } from '../core/local-access';
import type { ResourceNames } from '../core/names';
import { resourceNames } from '../core/names';
import { CommandError } from './command-error';

export const CLI_STAGES = ['dev', 'prod', 'local'] as const;
export type CliStage = (typeof CLI_STAGES)[number];

/** The one place where commands get their AWS clients. */
export interface StageClients {
  readonly names: ResourceNames;
  readonly queues: SQSClient;
  readonly tables: DynamoDBDocumentClient;
  close(): void;
}

const accessShape = z.object({
  stage: z.string(), endpoint: z.url(), region: z.string(), accessKeyId: z.string(), secretAccessKey: z.string(), processId: z.number(),
});

/** A deployed stage is reached as the AWS SDK is set up in the shell; `local` by what the running local stage left in the project's folder. */
export function stageClients(stage: CliStage, projectFolder: string): StageClients {
  const access = stage === 'local' ? readLocalAccess(projectFolder) : undefined;
  const connection = access ? connectionOf(access) : {};
  const queues = new SQSClient(connection);
  const client = new DynamoDBClient(connection);
  return {
    names: resourceNames(access?.stage ?? stage),
    queues,
    tables: DynamoDBDocumentClient.from(client),
    close: () => {
      queues.destroy();
      client.destroy();
    },
  };
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
