import type { RoleCredentials, RoleRequest, RunFacts } from './actions/action-call';
import type { ArtifactStore } from './artifact-store';

/** A step that is over. */
export interface StepReport {
  readonly job: string;
  readonly step: string;
  readonly outcome: 'success' | 'failure' | 'skipped';
  readonly milliseconds: number;
}

/** What a workflow runs against in place of GitHub and AWS. */
export interface RunnerOptions {
  readonly run: RunFacts;
  /** The folder of the repository that stands for GitHub's copy; jobs fetch from it and never write to it. */
  readonly source: string;
  /** An empty folder for the jobs' workspaces. */
  readonly workspaces: string;
  readonly artifacts: ArtifactStore;
  /** The repository's variables. */
  readonly variables: Readonly<Record<string, string>>;
  /** What a person filled in, for a workflow that is started by hand. */
  readonly inputs: Readonly<Record<string, string>>;
  /**
   * Variables of every script, in place of those of the machine: PATH at least, and where GitHub's and AWS's stand-ins
   * listen.
   */
  readonly environment: Readonly<Record<string, string>>;
  /** Milliseconds that count as a minute of a time limit. */
  readonly minute?: number;
  /** Ends the running script and all that it started, and starts no other. */
  readonly signal?: AbortSignal;
  /** The token of a job, which may do no more than the job's grants. */
  issueToken(grants: Readonly<Record<string, string>>): string;
  assumeRole(request: RoleRequest): Promise<RoleCredentials>;
  /** Whether the reviewers of an environment let the job pass. */
  approve(environment: string, job: string): Promise<boolean>;
  /** Puts another script in the place of one that cannot run here; what it replaces belongs beside the result. */
  replaceScript?(script: string): string;
  /** Receives each step once it is over. */
  stepEnded?(report: StepReport): void;
  print(line: string): void;
}
