import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { awscdk, javascript, Testing } from 'projen';
import { parse } from 'yaml';
import { z } from 'zod';
import type { DeliveryPipelineOptions } from '../../../projenrc/delivery-pipeline/delivery-pipeline';
import { DeliveryPipeline } from '../../../projenrc/delivery-pipeline/delivery-pipeline';
import type { PipelineStage } from '../../../projenrc/delivery-pipeline/pipeline-stage';

export const DEV: PipelineStage = {
  name: 'dev', branch: 'develop', environment: 'dev', region: 'eu-west-2', accountVariable: 'AWS_ACCOUNT_DEV',
  gate: { kind: 'none' }, tests: { task: 'e2e', timeoutMinutes: 15, writesTestData: true },
};

export const STAGING: PipelineStage = {
  name: 'staging', branch: 'main', environment: 'staging', region: 'eu-west-1', accountVariable: 'AWS_ACCOUNT_STAGING',
  gate: { kind: 'none' }, tests: { task: 'e2e', timeoutMinutes: 20, writesTestData: true },
};

export const PROD: PipelineStage = {
  name: 'prod', branch: 'main', environment: 'prod', region: 'eu-west-2', accountVariable: 'AWS_ACCOUNT_PROD',
  gate: { kind: 'required-reviewers' }, tests: { task: 'smoke', timeoutMinutes: 10, writesTestData: false },
};

/** Where GitHub offers no required reviewers. */
export const PROD_BY_HAND: PipelineStage = {
  ...PROD, gate: { kind: 'manual-dispatch', team: "the release team's people", people: ['ada', 'grace'] },
};

const step = z.object({
  name: z.string(),
  id: z.string(),
  if: z.string().optional(),
  uses: z.string().optional(),
  with: z.record(z.string(), z.union([z.string(), z.number(), z.boolean()])).optional(),
  run: z.string().optional(),
  env: z.record(z.string(), z.string()).optional(),
});
const job = z.object({
  'runs-on': z.string(),
  'needs': z.union([z.string().transform((name) => [name]), z.array(z.string())]).default([]),
  'if': z.string().optional(),
  'permissions': z.record(z.string(), z.string()),
  'environment': z.string().optional(),
  'concurrency': z.object({ 'group': z.string(), 'cancel-in-progress': z.boolean() }).optional(),
  'outputs': z.record(z.string(), z.string()).optional(),
  'timeout-minutes': z.number(),
  'steps': z.array(step),
});
const workflow = z.object({
  name: z.string(),
  on: z.record(z.string(), z.unknown()),
  permissions: z.record(z.string(), z.string()),
  concurrency: z.object({ 'group': z.string(), 'cancel-in-progress': z.boolean() }),
  jobs: z.record(z.string(), job),
});

export type GeneratedWorkflow = z.infer<typeof workflow>;
export type GeneratedJob = z.infer<typeof job>;
export type GeneratedStep = z.infer<typeof step>;

/** What a project with the pipeline writes, by file. */
export function synthesise(
  stages: readonly PipelineStage[],
  repository: DeliveryPipelineOptions['repository'] = { owner: 'example-org', name: 'engine' },
): Readonly<Record<string, unknown>> {
  const outdir = mkdtempSync(join(tmpdir(), 'pipeline-'));
  try {
    const project = new awscdk.AwsCdkTypeScriptApp({
      name: 'engine',
      cdkVersion: '2.276.0',
      defaultReleaseBranch: 'main',
      outdir,
      packageManager: javascript.NodePackageManager.NPM,
      buildWorkflow: false,
      depsUpgrade: false,
      sampleCode: false,
      pullRequestTemplate: false,
      githubOptions: { mergify: false, pullRequestLint: false },
    });
    new DeliveryPipeline(project, { repository, stages });
    return Testing.synth(project);
  } finally {
    rmSync(outdir, { recursive: true, force: true });
  }
}

interface Generated {
  readonly texts: ReadonlyMap<string, string>;
  readonly parsed: ReadonlyMap<string, GeneratedWorkflow>;
}

const generated = new Map<string, Generated>();

/** The texts of the workflow files, by name. */
export function workflowTexts(stages: readonly PipelineStage[]): ReadonlyMap<string, string> {
  return generate(stages).texts;
}

export function workflows(stages: readonly PipelineStage[]): ReadonlyMap<string, GeneratedWorkflow> {
  return generate(stages).parsed;
}

/** The same stages give the same files, and a synthesis takes a second. */
function generate(stages: readonly PipelineStage[]): Generated {
  const key = JSON.stringify(stages);
  const before = generated.get(key);
  if (before) return before;
  const texts = new Map(Object.entries(synthesise(stages)).flatMap(([file, content]) => {
    const name = /^\.github\/workflows\/(\w+)\.yml$/.exec(file)?.[1];
    return name === undefined ? [] : [[name, z.string().parse(content)] as const];
  }));
  const made = { texts, parsed: new Map([...texts].map(([name, text]) => [name, workflow.parse(parse(text))])) };
  generated.set(key, made);
  return made;
}

export function workflowOf(stages: readonly PipelineStage[], name: string): GeneratedWorkflow {
  const found = workflows(stages).get(name);
  if (!found) throw new Error(`The pipeline has no workflow ${name}.`);
  return found;
}
