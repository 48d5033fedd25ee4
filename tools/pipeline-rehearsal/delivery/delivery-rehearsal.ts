import { mkdir, readdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { ArtifactStore } from '../../workflow-runner/artifact-store';
import { startGitHubServer } from '../../workflow-runner/hosting/github-server';
import type { HostedRun } from '../../workflow-runner/hosting/hosting-state';
import { HostingState } from '../../workflow-runner/hosting/hosting-state';
import { runWorkflow } from '../../workflow-runner/run-workflow';
import type { StepReport } from '../../workflow-runner/runner-options';
import { readWorkflow } from '../../workflow-runner/workflow-file';
import { assumeRole } from './identity-token';
import type { PipelineFacts } from './pipeline-facts';
import { workflowFile } from './pipeline-facts';
import type { RehearsedRepository } from './rehearsed-repository';
import type { BuildMode } from './script-replacements';
import { replace, replacements } from './script-replacements';

export interface DeliveryOptions {
  readonly projectFolder: string;
  /** Removed by its maker. */
  readonly scratch: string;
  readonly facts: PipelineFacts;
  readonly repository: RehearsedRepository;
  readonly account: string;
  /** Variables of every script, without any key of AWS. */
  readonly environment: Readonly<Record<string, string>>;
  readonly signal: AbortSignal;
  /** Where each run's words are kept. */
  readonly logFolder: string;
  /** Variables for the scripts of jobs of one environment, made before the job begins. */
  prepareJob(environment: string): Promise<Readonly<Record<string, string>>>;
  print(line: string): void;
}

export type WorkflowName = 'deliver' | 'promote' | 'rollback';

export interface RunRequest {
  readonly build?: BuildMode;
  /** What an operator fills in to start a rollback. */
  readonly inputs?: Readonly<Record<string, string>>;
}

export interface JobRow {
  readonly job: string;
  readonly result: 'success' | 'failure' | 'skipped';
  readonly seconds: number;
  /** The step that failed. */
  readonly failed?: string;
}

export interface DeliveryRun {
  readonly id: string;
  readonly workflow: string;
  readonly jobs: readonly JobRow[];
  readonly log: string;
  readonly logFile: string;
  /** Environments whose reviewers were asked, once a job. */
  readonly asked: readonly string[];
}

/**
 * Milliseconds for a minute of a workflow's limits: they are meant for GitHub's runners, and this machine may be busy
 * with other work.
 */
const REHEARSED_MINUTE = 5 * 60_000;

/**
 * The generated workflows, executed step by step in clones of a repository, with GitHub's side played by this process
 * and AWS's by the emulator.
 */
export class DeliveryRehearsal {
  static async start(options: DeliveryOptions): Promise<DeliveryRehearsal> {
    const state = new HostingState(
      options.facts.repository, new ArtifactStore(join(options.scratch, 'artifacts')), options.repository.commits);
    const server = await startGitHubServer(state);
    await mkdir(options.logFolder, { recursive: true });
    return new DeliveryRehearsal(options, state, server.url, server.stop);
  }

  /** Scripts that ran in another form, with what ran instead. */
  readonly replaced = new Map<string, string>();
  /** Scripts that ran exactly as the workflow has them. */
  readonly executed = new Set<string>();
  private runs = 0;

  private constructor(
    private readonly options: DeliveryOptions,
    readonly state: HostingState,
    private readonly gitHubUrl: string,
    readonly stop: () => Promise<void>,
  ) {
    this.guard();
  }

  /** GitHub's settings as docs/deploying.md asks for them. */
  guard(): void {
    const { delivered, promoted, deliveryBranch, promotionBranch } = this.options.facts;
    const branches = [deliveryBranch, promotionBranch];
    for (const { environment, testEnvironment } of [...delivered, ...promoted]) {
      for (const name of [environment, testEnvironment]) {
        this.state.environments.set(name, { reviewers: [], branches: [deliveryBranch] });
      }
    }
    // Nightly checks run on the default branch.
    for (const { environment, testEnvironment } of promoted) {
      this.state.environments.set(testEnvironment, { reviewers: [], branches });
      this.state.environments.set(environment, { reviewers: ['ada'], branches: [promotionBranch] });
    }
    for (const branch of branches) this.state.protectedBranches.add(branch);
    this.state.mergeMethods.set(promotionBranch, ['merge']);
  }

  async run(name: WorkflowName, request: RunRequest = {}): Promise<DeliveryRun> {
    const { options, state } = this;
    const { facts, repository } = options;
    this.runs += 1;
    const id = String(this.runs);
    const branch = name === 'deliver' ? facts.deliveryBranch : facts.promotionBranch;
    const event = request.inputs ? 'workflow_dispatch' : 'push';
    const tree = await repository.tree(branch);
    const sha = await repository.head(branch);
    const hosted: HostedRun = {
      id: this.runs, path: workflowFile(name), event, branch, tree, sha, conclusion: null,
    };
    state.runs.push(hosted);
    const log: string[] = [];
    const asked: string[] = [];
    const steps: StepReport[] = [];
    const variables: Record<string, string> = { ...options.environment, GITHUB_API_URL: this.gitHubUrl };
    const workflow = await readWorkflow(join(options.projectFolder, workflowFile(name)));
    const result = await runWorkflow(workflow, {
      run: {
        id, repository: facts.repository, sha, ref: `refs/heads/${branch}`,
        eventName: event, event: {}, actor: 'ada', baseRef: '',
      },
      source: repository.folder,
      workspaces: join(options.scratch, `run-${id}`),
      artifacts: state.artifacts,
      variables: Object.fromEntries(facts.variables.map((variable) => [variable, options.account])),
      inputs: request.inputs ?? {},
      environment: variables,
      issueToken: (grants) => state.issueToken(grants),
      assumeRole: async (asking) => assumeRole(asking, Date.now()),
      approve: async (environment) => {
        if ((state.environments.get(environment)?.reviewers.length ?? 0) > 0) asked.push(environment);
        Object.assign(variables, await options.prepareJob(environment));
        return true;
      },
      replaceScript: (script) => this.replace(script, request.build ?? 'none'),
      stepEnded: (step) => {
        steps.push(step);
        if (step.milliseconds >= 1000) {
          options.print(
            `    ${name} ${id} · ${step.job} · ${step.step}: ${step.outcome}, `
              + `${(step.milliseconds / 1000).toFixed(1)} s`,
          );
        }
      },
      minute: REHEARSED_MINUTE,
      signal: options.signal,
      print: (line) => log.push(line),
    });
    hosted.conclusion = result.conclusion;
    keepOutcome(state, hosted, [...result.jobs].map(([job, { result: conclusion }]) =>
      ({ name: job, conclusion, environment: workflow.jobs[job]?.environment })));
    const logFile = join(options.logFolder, `${id}-${name}.log`);
    await writeFile(logFile, log.join('\n'));
    const jobs = [...result.jobs].map(([job, { result: word }]) => jobRow(job, word, steps));
    return { id, workflow: name, jobs, log: log.join('\n'), logFile, asked };
  }

  /** Changes one byte of a sealed assembly that a run keeps; answers how to change it back. */
  async tamper(run: string, prefix: string): Promise<() => Promise<void>> {
    const folder = join(this.state.artifacts.folder, run);
    const name = (await readdir(folder)).find((candidate) => candidate.startsWith(prefix));
    if (name === undefined) {
      throw new Error(`Tampering with the assembly ${prefix} of run ${run} failed: the run keeps none.`);
    }
    const archive = join(folder, name, 'assembly.tar.gz');
    const whole = await readFile(archive);
    const changed = Buffer.from(whole);
    changed.writeUInt8(255 - changed.readUInt8(changed.length - 1), changed.length - 1);
    await writeFile(archive, changed);
    return async () => writeFile(archive, whole);
  }

  private replace(script: string, build: BuildMode): string {
    const other = replace(script, replacements({ projectFolder: this.options.projectFolder, build }));
    if (other) this.replaced.set(`${script.split('\n')[0] ?? ''}\u0000${other.instead}`, other.instead);
    else this.executed.add(script);
    return other?.script ?? script;
  }
}

interface EndedJob {
  readonly name: string;
  readonly conclusion: 'success' | 'failure' | 'skipped';
  readonly environment: string | undefined;
}

/** What GitHub keeps of a run: how its jobs ended, and what those with an environment deployed. */
function keepOutcome(state: HostingState, run: HostedRun, jobs: readonly EndedJob[]): void {
  run.jobs = jobs.map(({ name, conclusion }) => ({ name, status: 'completed', conclusion }));
  for (const { environment, conclusion } of jobs) {
    if (environment === undefined || conclusion === 'skipped') continue;
    state.deployments.push({ run: run.id, environment, sha: run.sha, state: conclusion });
  }
}

function jobRow(job: string, result: JobRow['result'], steps: readonly StepReport[]): JobRow {
  const own = steps.filter((step) => step.job === job);
  const failed = own.find(({ outcome }) => outcome === 'failure')?.step;
  return {
    job,
    result,
    seconds: own.reduce((sum, { milliseconds }) => sum + milliseconds, 0) / 1000,
    ...(failed === undefined ? {} : { failed }),
  };
}
