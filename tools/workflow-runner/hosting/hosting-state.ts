import type { ArtifactStore } from '../artifact-store';

export interface HostedRun {
  readonly id: number;
  /** The workflow's file, as `.github/workflows/<file>`. */
  readonly path: string;
  readonly event: string;
  readonly branch: string;
  /** Hash of the commit's tree. */
  readonly tree: string;
  conclusion: 'success' | 'failure' | null;
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
  private readonly tokens = new Map<string, Readonly<Record<string, string>>>();

  constructor(readonly repository: string, readonly artifacts: ArtifactStore) {}

  issueToken(grants: Readonly<Record<string, string>>): string {
    const token = `local-token-${this.tokens.size + 1}`;
    this.tokens.set(token, grants);
    return token;
  }

  grantsOf(token: string): Readonly<Record<string, string>> | undefined {
    return this.tokens.get(token);
  }
}
