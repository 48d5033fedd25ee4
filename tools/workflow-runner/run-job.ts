import { mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import { ActionFailure } from './actions/action-failure';
import type { NeededJob, StepState } from './contexts';
import { contextsOf } from './contexts';
import type { ExpressionLanguage, Scope, StatusSoFar } from './expression-language';
import type { StepResult } from './run-step';
import { minuteOf, runStep } from './run-step';
import type { RunnerOptions } from './runner-options';
import type { WorkflowJob, WorkflowStep } from './workflow-file';

export interface JobResult extends NeededJob {
  /** Each step's outcome by its id. */
  readonly steps: ReadonlyMap<string, StepState>;
  /** What the steps wrote for people. */
  readonly summary: string;
}

const SKIPPED: JobResult = { result: 'skipped', outputs: {}, steps: new Map(), summary: '' };

interface Before {
  readonly language: ExpressionLanguage;
  readonly needs: ReadonlyMap<string, NeededJob>;
}

/** Runs one job's steps in a workspace of its own. */
export async function runJob(
  name: string,
  job: WorkflowJob,
  options: RunnerOptions,
  before: Before & { readonly status: StatusSoFar },
): Promise<JobResult> {
  const running = new RunningJob(name, job, options, before);
  if (!before.language.isMeant(job.if, running.scope(before.status))) return SKIPPED;
  if (job.environment !== undefined && !(await options.approve(job.environment, name))) {
    options.print(`${name}: no reviewer approved it for the environment ${job.environment}.`);
    return { ...SKIPPED, result: 'failure' };
  }
  await mkdir(running.workspace, { recursive: true });
  for (const step of job.steps) await running.take(step);
  return running.result();
}

class RunningJob {
  readonly workspace: string;
  private readonly token: string;
  private readonly deadline: number;
  private readonly steps = new Map<string, StepState>();
  private readonly summaries: string[] = [];
  private exported: Readonly<Record<string, string>> = {};
  private status: StatusSoFar = 'success';

  constructor(
    private readonly name: string,
    private readonly job: WorkflowJob,
    private readonly options: RunnerOptions,
    private readonly before: Before,
  ) {
    this.workspace = join(options.workspaces, name);
    this.token = options.issueToken(job.permissions);
    this.deadline = performance.now() + job['timeout-minutes'] * minuteOf(options);
  }

  scope(status: StatusSoFar): Scope {
    const { run, variables, inputs } = this.options;
    const { token, before: { needs }, steps, exported: env } = this;
    return { status, contexts: contextsOf({ run, variables, inputs, token, needs, steps, env }) };
  }

  async take(step: WorkflowStep): Promise<void> {
    const scope = this.scope(this.status);
    if (!this.before.language.isMeant(step.if, scope)) {
      this.steps.set(step.id, { outcome: 'skipped', outputs: {} });
      this.options.stepEnded?.({ job: this.name, step: step.name, outcome: 'skipped', milliseconds: 0 });
      return;
    }
    const print = (line: string) => { this.options.print(`${this.name} | ${step.name}: ${line}`); };
    print('starts');
    const begun = performance.now();
    const result = await this.attempt(step, scope, print);
    this.options.stepEnded?.({
      job: this.name,
      step: step.name,
      outcome: result.outcome,
      milliseconds: performance.now() - begun,
    });
    this.steps.set(step.id, { outcome: result.outcome, outputs: result.outputs });
    this.exported = { ...this.exported, ...result.exported };
    if (result.summary !== '') this.summaries.push(result.summary);
    if (result.outcome !== 'success') print(step['continue-on-error'] ? 'failed, and the job goes on' : 'failed');
    if (result.outcome !== 'success' && !step['continue-on-error']) this.status = 'failure';
  }

  result(): JobResult {
    const scope = this.scope(this.status);
    const { language } = this.before;
    const outputs = Object.fromEntries(
      Object.entries(this.job.outputs).map(([name, value]) => [name, language.interpolate(value, scope)]),
    );
    return {
      result: this.status === 'success' ? 'success' : 'failure',
      outputs,
      steps: this.steps,
      summary: this.summaries.join('\n'),
    };
  }

  private async attempt(step: WorkflowStep, scope: Scope, print: (line: string) => void): Promise<StepResult> {
    const { options, workspace, exported, job } = this;
    const { environment } = job;
    try {
      return await runStep(step, {
        options,
        interpolate: (text) => this.before.language.interpolate(text, scope),
        workspace,
        exported,
        print,
        identity: job.permissions['id-token'] === 'write'
          ? { ...(environment !== undefined && { environment }) } : undefined,
        mayAttest: job.permissions.attestations === 'write',
        limit: Math.max(this.deadline - performance.now(), 0),
      });
    } catch (fault) {
      if (!(fault instanceof ActionFailure)) throw fault;
      print(fault.message);
      return { outcome: 'failure', outputs: {}, exported: {}, summary: '' };
    }
  }
}
