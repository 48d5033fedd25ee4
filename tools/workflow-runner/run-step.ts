import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { runProgram } from '../run-program';
import { runAction } from './actions/stand-ins';
import { CommandFiles } from './command-files';
import type { StepState } from './contexts';
import type { RunnerOptions } from './runner-options';
import type { WorkflowStep } from './workflow-file';

export interface StepSurroundings {
  readonly options: RunnerOptions;
  readonly workspace: string;
  /** Variables of the job that earlier steps added. */
  readonly exported: Readonly<Record<string, string>>;
  readonly identity: { readonly environment?: string } | undefined;
  readonly mayAttest: boolean;
  /** Milliseconds that the job has left. */
  readonly limit: number;
  print(line: string): void;
  /** Replaces the expressions in a text by their values. */
  interpolate(text: string): string;
}

export interface StepResult extends StepState {
  readonly exported: Readonly<Record<string, string>>;
  readonly summary: string;
}

/**
 * Runs one step: an action by its stand-in, a script in bash. A fault of the step is its outcome; a fault of the
 * workflow is thrown.
 */
export async function runStep(step: WorkflowStep, surroundings: StepSurroundings): Promise<StepResult> {
  if (step.uses !== undefined) return useAction(step.uses, step, surroundings);
  if (step.run === undefined) {
    throw new Error(`Running the step "${step.name}" failed: it has neither run nor uses. Give it one.`);
  }
  return runShell(step.run, step, surroundings);
}

async function useAction(uses: string, step: WorkflowStep, surroundings: StepSurroundings): Promise<StepResult> {
  const { options, workspace, identity, mayAttest, print } = surroundings;
  const inputs = interpolateAll(step.with, surroundings);
  const { run, source, artifacts } = options;
  const result = await runAction(uses, {
    inputs, workspace, run, source, artifacts, identity, mayAttest, print,
    assumeRole: async (request) => options.assumeRole(request),
  });
  return { outcome: 'success', outputs: {}, exported: result.exported ?? {}, summary: '' };
}

async function runShell(script: string, step: WorkflowStep, surroundings: StepSurroundings): Promise<StepResult> {
  const { options, workspace, exported, limit, print } = surroundings;
  options.signal?.throwIfAborted();
  const folder = await mkdtemp(join(tmpdir(), 'workflow-step-'));
  try {
    const files = await CommandFiles.in(folder);
    const text = surroundings.interpolate(script);
    // As GitHub's runners do: bash that ends at the first failing command.
    const { code, isTimedOut } = await runProgram('bash', ['-e', '-c', options.replaceScript?.(text) ?? text], {
      folder: workspace,
      environment: {
        ...options.environment,
        ...runVariables(options, workspace),
        ...exported,
        ...interpolateAll(step.env, surroundings),
        ...files.environment,
      },
      limit: Math.min(limit, (step['timeout-minutes'] ?? Infinity) * minuteOf(options)),
      signal: options.signal,
      onLine: print,
    });
    if (isTimedOut) print('The step was stopped: its time, or the job\'s, was over.');
    return {
      outcome: code === 0 && !isTimedOut ? 'success' : 'failure',
      outputs: await files.outputs(),
      exported: await files.exported(),
      summary: await files.summary(),
    };
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

function interpolateAll(
  values: Readonly<Record<string, string>>,
  { interpolate }: StepSurroundings,
): Readonly<Record<string, string>> {
  return Object.fromEntries(Object.entries(values).map(([name, value]) => [name, interpolate(value)]));
}

/** Milliseconds that count as a minute. */
export function minuteOf(options: RunnerOptions): number {
  return options.minute ?? 60_000;
}

function runVariables({ run }: RunnerOptions, workspace: string): Readonly<Record<string, string>> {
  return {
    CI: 'true',
    GITHUB_ACTIONS: 'true',
    GITHUB_WORKSPACE: workspace,
    GITHUB_REPOSITORY: run.repository,
    GITHUB_RUN_ID: run.id,
    GITHUB_SHA: run.sha,
    GITHUB_REF: run.ref,
    GITHUB_EVENT_NAME: run.eventName,
  };
}
