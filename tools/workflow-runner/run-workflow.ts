import type { NeededJob } from './contexts';
import type { StatusSoFar } from './expression-language';
import { ExpressionLanguage } from './expression-language';
import type { JobResult } from './run-job';
import { runJob } from './run-job';
import type { RunnerOptions } from './runner-options';
import type { Workflow } from './workflow-file';

export interface WorkflowResult {
  readonly conclusion: 'success' | 'failure';
  readonly jobs: ReadonlyMap<string, JobResult>;
}

/** Executes the jobs of a generated workflow on this machine, one after the other, in the order of their needs. */
export async function runWorkflow(workflow: Workflow, options: RunnerOptions): Promise<WorkflowResult> {
  const jobs = new Map<string, JobResult>();
  const language = await ExpressionLanguage.load();
  for (const name of jobOrder(workflow.jobs)) {
    const job = workflow.jobs[name];
    if (!job) continue;
    const needs = new Map(job.needs.flatMap((needed) => entry(jobs, needed)));
    const before = ancestors(workflow, name).flatMap((ancestor) => entry(jobs, ancestor));
    const result = await runJob(name, job, options, { language, needs, status: statusOf(before, needs) });
    options.print(`${name}: ${result.result}`);
    jobs.set(name, result);
  }
  return { conclusion: [...jobs.values()].some(({ result }) => result === 'failure') ? 'failure' : 'success', jobs };
}

function entry(jobs: ReadonlyMap<string, JobResult>, name: string): ReadonlyArray<readonly [string, NeededJob]> {
  const result = jobs.get(name);
  return result ? [[name, result]] : [];
}

/** A failure counts however far back it lies; a needed job that was skipped stops what waits for it. */
function statusOf(
  before: ReadonlyArray<readonly [string, NeededJob]>,
  needs: ReadonlyMap<string, NeededJob>,
): StatusSoFar {
  if (before.some(([, { result }]) => result === 'failure')) return 'failure';
  return [...needs.values()].every(({ result }) => result === 'success') ? 'success' : 'skipped';
}

function ancestors(workflow: Workflow, name: string): readonly string[] {
  const needs = workflow.jobs[name]?.needs ?? [];
  return [...new Set([...needs, ...needs.flatMap((needed) => ancestors(workflow, needed))])];
}

/** The jobs' names, each after all that it needs, otherwise as the file has them. */
function jobOrder(jobs: Workflow['jobs']): readonly string[] {
  const ordered: string[] = [];
  const visit = (name: string, path: readonly string[]): void => {
    if (path.includes(name)) {
      const circle = [...path, name].join(' needs ');
      throw new Error(`Ordering the jobs failed: ${circle}, which is a circle. Take one of these needs away.`);
    }
    const job = jobs[name];
    if (!job) {
      const where = path.at(-1) ?? 'the workflow';
      throw new Error(
        `Ordering the jobs failed: ${where} needs "${name}", which is not a job of it. Correct the name.`,
      );
    }
    if (ordered.includes(name)) return;
    for (const needed of job.needs) visit(needed, [...path, name]);
    ordered.push(name);
  };
  for (const name of Object.keys(jobs)) visit(name, []);
  return ordered;
}
