import { github } from 'projen';

const { JobPermission } = github.workflows;

/** A GitHub-hosted image that does not change under the pipeline's feet. */
const RUNNER = 'ubuntu-24.04';

export interface JobOptions {
  readonly needs?: readonly string[];
  readonly if?: string;
  readonly timeoutMinutes: number;
  /** Grants beyond reading the code. */
  readonly grants?: github.workflows.JobPermissions;
  /** With an environment, and only with one, the job may ask for an identity token. */
  readonly environment?: string;
  /**
   * With it alone a job without an environment may ask for an identity token: for GitHub's own signature of what was
   * built. No role of AWS trusts such a token.
   */
  readonly attests?: boolean;
  /** Jobs of the same group, of whichever workflow, run one after the other. */
  readonly exclusive?: string;
  /** Names of the outputs of the step with this id that become the job's. */
  readonly outputs?: { readonly of: string; readonly names: readonly string[] };
  readonly steps: readonly github.workflows.JobStep[];
}

/**
 * A job as every workflow here has it: least grants, a time limit, a token for AWS only where an environment guards it.
 */
export function job(options: JobOptions): github.workflows.Job {
  const { outputs } = options;
  return {
    runsOn: [RUNNER],
    ...(options.needs ? { needs: [...options.needs] } : {}),
    ...(options.if === undefined ? {} : { if: options.if }),
    permissions: {
      contents: JobPermission.READ,
      ...options.grants,
      ...(options.environment === undefined && !options.attests ? {} : { idToken: JobPermission.WRITE }),
      ...(options.attests ? { attestations: JobPermission.WRITE } : {}),
    },
    ...(options.environment === undefined ? {} : { environment: options.environment }),
    ...(options.exclusive === undefined
      ? {}
      : { concurrency: { 'group': options.exclusive, 'cancel-in-progress': false } }),
    ...(outputs
      ? { outputs: Object.fromEntries(outputs.names.map((name) => [name, { stepId: outputs.of, outputName: name }])) }
      : {}),
    timeoutMinutes: options.timeoutMinutes,
    steps: [...options.steps],
  };
}
