import { existsSync } from 'node:fs';
import { readdir } from 'node:fs/promises';
import { join } from 'node:path';
import { CloudWatchClient, DeleteDashboardsCommand } from '@aws-sdk/client-cloudwatch';
import { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { DynamoDBDocumentClient, ScanCommand } from '@aws-sdk/lib-dynamodb';
import { resourceNames } from '../../src/core/names';
import { toolkitWords } from '../deployment/bootstrap';
import type { RunProgram } from '../run-program';
import { lastWords } from '../run-program';
import type { ScenarioOutcome } from './scenarios';
import type { DeployedStage } from './delivery/pipeline-facts';

/** An account of its own: the one that the pipeline delivers to holds a stage that a stack owns. */
export const MANUAL_ACCOUNT = '333333333333';

export interface AdoptionOptions {
  readonly projectFolder: string;
  /** A job's checkout with packages and the emulator's copy of an assembly. */
  readonly workspace: string;
  /** That copy, below the checkout. */
  readonly assembly: string;
  readonly stage: DeployedStage;
  /** As the administrator of the account above. */
  readonly environment: Readonly<Record<string, string>>;
  readonly run: RunProgram;
}

/**
 * A stage that was made by hand becomes the stack's: planned, carried out, deployed over, and nothing of its data is
 * lost.
 */
export async function adoptManualStage(options: AdoptionOptions): Promise<ScenarioOutcome> {
  const { projectFolder, stage, assembly } = options;
  await command(options, 'npx', [
    'cdk',
    ...toolkitWords(stage.name, MANUAL_ACCOUNT, stage.region),
    '--app',
    assembly,
    '--build',
    '',
  ]);
  await command(options, 'npx', [
    'tsx',
    join(projectFolder, 'test/tools/pipeline-rehearsal/make-by-hand.ts'),
    stage.name,
  ]);
  const before = await items(options);
  const adopt = async (...words: string[]) =>
    command(options, 'npx', ['tsx', 'tools/adoption/adopt.ts', '--stage', stage.name, '--app', assembly, ...words]);

  const planned = await adopt();
  const counts = ['DELETE', 'BACK UP AND IMPORT'].map((heading) => count(planned, heading));
  if (counts.some((amount) => amount === 0)) {
    throw new Error(`the plan names nothing to delete or nothing to import: ${planned.trim().split('\n')[0] ?? ''}`);
  }
  await adopt('--apply', '--confirm', stage.name, '--no-wait');
  await command(options, 'npx', [
    'cdk',
    'deploy',
    '--app',
    assembly,
    '--build',
    '',
    '--exclusively',
    resourceNames(stage.name).stack,
    '--require-approval',
    'never',
  ]);
  await deleteDashboard(options);
  await adopt('--apply', '--confirm', stage.name, '--no-wait');
  const left = await adopt();
  if (count(left, 'DELETE') + count(left, 'BACK UP AND IMPORT') + count(left, 'NEEDS YOU FIRST') > 0) {
    throw new Error(`after adoption and deployment something is left to do: ${lastWords(left)}`);
  }
  const after = await items(options);
  if (before.length === 0 || before.some((item) => !after.includes(item))) {
    throw new Error('an item of the tables that were made by hand is gone or changed');
  }
  return {
    seen: `planned ${counts.join(' to delete, ')} to import; carried out, deployed over, the keys carried over (its `
      + `dashboard had to be deleted first), nothing left; ${before.length} items kept`,
  };
}

/**
 * MiniStack lists a dashboard that CloudFormation made without its size, which the SDK cannot read; looking for
 * dashboards would fail.
 */
async function deleteDashboard({ environment, stage }: AdoptionOptions): Promise<void> {
  const client = new CloudWatchClient(connection(environment, stage));
  try {
    await client.send(new DeleteDashboardsCommand({ DashboardNames: [resourceNames(stage.name).dashboard] }));
  } finally {
    client.destroy();
  }
}

function connection(environment: Readonly<Record<string, string>>, { region }: DeployedStage) {
  const {
    AWS_ENDPOINT_URL: endpoint = '',
    AWS_ACCESS_KEY_ID: accessKeyId = '',
    AWS_SECRET_ACCESS_KEY: secretAccessKey = '',
  } = environment;
  return { endpoint, region, credentials: { accessKeyId, secretAccessKey } };
}

function count(page: string, heading: string): number {
  return Number(new RegExp(`^${heading}[^\\n]*\\((\\d+)\\)$`, 'm').exec(page)?.[1] ?? 0);
}

async function command(
  { workspace, environment, run }: AdoptionOptions,
  program: string,
  words: readonly string[],
): Promise<string> {
  const { code, output } = await run(program, words, { folder: workspace, environment });
  if (code !== 0) {
    throw new Error(`${words.slice(0, 3).join(' ')} … ended with exit code ${code}: ${lastWords(output)}`);
  }
  return output;
}

/** All items of the stage's two tables, as text. */
async function items({ environment, stage }: AdoptionOptions): Promise<readonly string[]> {
  const client = new DynamoDBClient(connection(environment, stage));
  const tables = DynamoDBDocumentClient.from(client);
  const names = resourceNames(stage.name);
  try {
    const scan = async (TableName: string) => tables.send(new ScanCommand({ TableName }));
    const pages = await Promise.all([names.companyTable, names.conversationTable].map(scan));
    return pages.flatMap(({ Items: found = [] }) => found.map((item) => JSON.stringify(Object.entries(item).sort())));
  } finally {
    client.destroy();
  }
}

/** A job's workspace of a run that holds the emulator's copy of its assembly. */
export async function workspaceWithAssembly(
  scratch: string,
  assembly: string,
  job: string,
): Promise<string | undefined> {
  const runs = (await readdir(scratch)).filter((name) => name.startsWith('run-')).sort();
  for (const run of runs) {
    const folder = join(scratch, run, job);
    if (existsSync(join(folder, assembly, 'manifest.json'))) return folder;
  }
  return undefined;
}
