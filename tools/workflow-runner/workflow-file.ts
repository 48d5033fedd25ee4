import { readFile } from 'node:fs/promises';
import { parse } from 'yaml';
import { z } from 'zod';

const texts = z.record(z.string(), z.union([z.string(), z.number(), z.boolean()]).transform(String));
const permissions = z.record(z.string(), z.enum(['read', 'write', 'none']));

const step = z.strictObject({
  'name': z.string(),
  'id': z.string(),
  'if': z.string().optional(),
  'uses': z.string().optional(),
  'with': texts.default({}),
  'run': z.string().optional(),
  'env': texts.default({}),
  'continue-on-error': z.boolean().default(false),
  'timeout-minutes': z.number().optional(),
});

const job = z.strictObject({
  'needs': z.union([z.string().transform((name) => [name]), z.array(z.string())]).default([]),
  'if': z.string().optional(),
  'runs-on': z.string(),
  permissions,
  'environment': z.string().optional(),
  // One job after the other anyway: groups need no stand-in.
  'concurrency': z.unknown().optional(),
  'outputs': z.record(z.string(), z.string()).default({}),
  'timeout-minutes': z.number(),
  'steps': z.array(step).min(1),
});

const workflow = z.strictObject({
  name: z.string(),
  on: z.unknown(),
  concurrency: z.unknown().optional(),
  permissions,
  jobs: z.record(z.string(), job),
});

export type WorkflowStep = z.infer<typeof step>;
export type WorkflowJob = z.infer<typeof job>;
export type Workflow = z.infer<typeof workflow>;

/** Reads a workflow whose every key the local runner honours: one that it does not know is an error that names it. */
export async function readWorkflow(file: string): Promise<Workflow> {
  const parsed = workflow.safeParse(parse(await readFile(file, 'utf8')));
  if (parsed.success) return parsed.data;
  throw new Error(
    `Reading the workflow ${file} failed: ${z.prettifyError(parsed.error)}. Use what the local runner knows, or add `
      + 'it in tools/workflow-runner.',
  );
}
