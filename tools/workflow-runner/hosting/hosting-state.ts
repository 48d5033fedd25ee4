import type { ArtifactStore } from '../artifact-store';

export interface HostedRun {
  readonly id: number;
  /** The workflow's file, as `.github/workflows/<file>`. */
  readonly path: string;
  readonly event: string;
  readonly branch: string;
  /** Hash of the commit's tree. */
  readonly tree: string;
  readonly sha: string;
  /** What the jobs that are over ended as, and what those that are not are doing. */
  jobs?: readonly HostedJob[];
  conclusion: 'success' | 'failure' | 'cancelled' | null;
  /** Of a run that is not over. */
  status?: 'queued' | 'waiting' | 'in_progress';
}

export interface HostedJob {
  readonly name: string;
  readonly status: 'completed' | 'in_progress' | 'queued' | 'waiting';
  readonly conclusion: 'success' | 'failure' | 'skipped' | null;
}

/** What GitHub keeps of a job with an environment. */
export interface HostedDeployment {
  readonly run: number;
  readonly environment: string;
  readonly sha: string;
  readonly state: 'success' | 'failure' | 'in_progress';
}

/** The repository's commits, as far as the pipeline asks. */
export interface HostedCommits {
  /** Undefined if there is no such branch. */
  head(branch: string): Promise<string | undefined>;
  isAncestor(commit: string, of: string): Promise<boolean>;
  /** Commits that `head` has and `base` has not, the oldest first, each with how many parents it has. */
  beyond(base: string, head: string): Promise<ReadonlyArray<{ readonly sha: string; readonly parents: number }>>;
}

export interface HostedEnvironment {
  readonly reviewers: readonly string[];
  /** Branches that may deploy; `any` where nothing restricts them. */
  readonly branches: readonly string[] | 'any';
}

export interface HostedIssue {
  readonly number: number;
  title: string;
  body: string;
  state: 'open' | 'closed';
}

export interface HostedComment {
  readonly id: number;
  readonly issue: number;
  body: string;
}

/**
 * What GitHub knows about the repository, as far as the pipeline asks. Tests and rehearsals set it up and look at it.
 */
export class HostingState {
  readonly runs: HostedRun[] = [];
  readonly environments = new Map<string, HostedEnvironment>();
  /** Branches that take changes through pull requests only. */
  readonly protectedBranches = new Set<string>();
  readonly issues: HostedIssue[] = [];
  readonly comments: HostedComment[] = [];
  readonly deployments: HostedDeployment[] = [];
  /** How a branch takes pull requests; every way where nothing is said. */
  readonly mergeMethods = new Map<string, readonly string[]>();
  private readonly tokens = new Map<string, Readonly<Record<string, string>>>();

  constructor(
    readonly repository: string,
    readonly artifacts: ArtifactStore,
    readonly commits: HostedCommits,
  ) {}

  issueToken(grants: Readonly<Record<string, string>>): string {
    const token = `local-token-${this.tokens.size + 1}`;
    this.tokens.set(token, grants);
    return token;
  }

  grantsOf(token: string): Readonly<Record<string, string>> | undefined {
    return this.tokens.get(token);
  }
}
