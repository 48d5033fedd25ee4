import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { parse } from 'yaml';
import { z } from 'zod';

/** What the rehearsal needs to know of the generated pipeline; all of it is read from the generated files. */
export interface PipelineFacts {
  /** owner/name */
  readonly repository: string;
  /** A push to it is built and deployed. */
  readonly deliveryBranch: string;
  /** A push to it releases what was tested. */
  readonly promotionBranch: string;
  /** Deployed from the build, in this order. */
  readonly delivered: readonly DeployedStage[];
  /** Deployed from what was tested, in this order. */
  readonly promoted: readonly DeployedStage[];
  /** Repository variables that the workflows read; each holds an account's number. */
  readonly variables: readonly string[];
}

export interface DeployedStage {
  readonly name: string;
  readonly environment: string;
  readonly testEnvironment: string;
  readonly region: string;
}

const delivery = z.object({
  repository: z.object({ owner: z.string(), name: z.string() }),
  stages: z
    .array(z.object({ name: z.string(), environment: z.string(), testEnvironment: z.string(), region: z.string() }))
    .min(1),
});
const cdkJson = z.object({ context: z.object({ delivery }) });
const workflow = z.object({
  on: z.object({ push: z.object({ branches: z.tuple([z.string()], z.string()) }) }),
  jobs: z.record(z.string(), z.unknown()),
});

const WORKFLOWS = '.github/workflows';

export function workflowFile(name: string): string {
  return join(WORKFLOWS, `${name}.yml`);
}

/** Reads them, or says in one sentence which generated file is missing or otherwise than expected. */
export async function readPipelineFacts(projectFolder: string): Promise<PipelineFacts> {
  const { context } = await read(projectFolder, 'cdk.json', cdkJson, JSON.parse);
  const deliver = await read(projectFolder, workflowFile('deliver'), workflow, parse);
  const promote = await read(projectFolder, workflowFile('promote'), workflow, parse);
  const deployedBy = (jobs: Readonly<Record<string, unknown>>) =>
    context.delivery.stages.filter(({ name }) => `deploy-${name}` in jobs);
  return {
    repository: `${context.delivery.repository.owner}/${context.delivery.repository.name}`,
    deliveryBranch: deliver.on.push.branches[0],
    promotionBranch: promote.on.push.branches[0],
    delivered: deployedBy(deliver.jobs),
    promoted: deployedBy(promote.jobs),
    variables: await variables(projectFolder),
  };
}

async function variables(projectFolder: string): Promise<readonly string[]> {
  const folder = join(projectFolder, WORKFLOWS);
  const texts = await Promise.all((await readdir(folder)).map(async (file) => readFile(join(folder, file), 'utf8')));
  return [
    ...new Set(texts.flatMap((text) => [...text.matchAll(/\bvars\.([A-Z0-9_]+)/g)].map(([, name = '']) => name))),
  ];
}

async function read<Shape>(
  projectFolder: string,
  file: string,
  shape: z.ZodType<Shape>,
  parseText: (text: string) => unknown,
): Promise<Shape> {
  try {
    return shape.parse(parseText(await readFile(join(projectFolder, file), 'utf8')));
  } catch (cause) {
    const reason = cause instanceof z.ZodError ? z.prettifyError(cause).replaceAll('\n', ' ') : String(cause);
    throw new Error(`Reading the pipeline from ${file} failed: ${reason}. Run npx projen, then rehearse again.`, {
      cause,
    });
  }
}
