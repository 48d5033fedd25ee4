import type { ArtifactStore } from '../artifact-store';

/** An AWS identity that a role's stand-in hands out. */
export interface RoleCredentials {
  readonly accessKeyId: string;
  readonly secretAccessKey: string;
  readonly sessionToken: string;
}

/** What a workflow asks AWS for by its identity token. */
export interface RoleRequest {
  readonly roleArn: string;
  readonly audience: string;
  /** As GitHub writes it: `repo:<owner>/<name>:environment:<environment>`. */
  readonly subject: string;
}

/** What a run is about, the same for all its jobs. */
export interface RunFacts {
  readonly id: string;
  /** owner/name */
  readonly repository: string;
  readonly sha: string;
  /** refs/heads/… or refs/pull/… */
  readonly ref: string;
  readonly eventName: string;
  readonly event: Readonly<Record<string, unknown>>;
  readonly actor: string;
  /** The pull request's target branch. */
  readonly baseRef: string;
}

/** All that a stand-in for an action works with. */
export interface ActionCall {
  /** The step's `with`, interpolated. */
  readonly inputs: Readonly<Record<string, string>>;
  readonly workspace: string;
  readonly run: RunFacts;
  /** The repository's folder that stands for GitHub's copy. */
  readonly source: string;
  readonly artifacts: ArtifactStore;
  /** Who the job is to others, if it may ask for an identity token; without an environment, its branch. */
  readonly identity: { readonly environment?: string } | undefined;
  /** Whether the job may store attestations. */
  readonly mayAttest: boolean;
  assumeRole(request: RoleRequest): Promise<RoleCredentials>;
  print(line: string): void;
}

/** What an action leaves behind: variables for all later steps of the job. */
export interface ActionResult {
  readonly exported?: Readonly<Record<string, string>>;
}

export interface ActionStandIn {
  /** Inputs that it honours; any other one is an error. */
  readonly inputs: readonly string[];
  run(call: ActionCall): Promise<ActionResult>;
}
