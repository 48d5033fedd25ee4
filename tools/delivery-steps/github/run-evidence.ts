import { z } from 'zod';
import type { GitHubApi } from './api';
import type { WorkflowRun } from './workflow-run';

const reference = z.object({ object: z.object({ sha: z.string() }) });
const comparison = z.object({ status: z.string() });
const deployments = z.array(z.object({ id: z.number() }));
const statuses = z.array(z.object({
  state: z.string(), log_url: z.string().nullish(), target_url: z.string().nullish(),
}));
const jobs = z.object({ jobs: z.array(z.object({ name: z.string(), conclusion: z.string().nullable() })) });

export interface RunClaim {
  /** That the run was of. */
  readonly branch: string;
  /** Environments that it deployed to. */
  readonly environments: readonly string[];
}

/**
 * Why a run is not what its artifact says it is; undefined if GitHub's own records bear it out. A name alone proves
 * nothing: whoever may push a tag can call it as the branch, and change there what the workflow uploads.
 */
export async function doubtOf(
  github: GitHubApi, run: WorkflowRun, { branch, environments }: RunClaim): Promise<string | undefined> {
  if (!await isOfBranch(github, run.head_sha, branch)) {
    return `the commit ${run.head_sha.slice(0, 7)} of the run ${run.id} is not part of ${branch}`;
  }
  for (const environment of environments) {
    if (!await hasDeployed(github, run, environment)) {
      return `GitHub knows no successful deployment to the environment ${environment} by the run ${run.id}`;
    }
  }
  return undefined;
}

/** A run that failed may have a job that did all of its work: the one whose name is given. */
export async function hasSucceeded(github: GitHubApi, run: WorkflowRun, job: string): Promise<boolean> {
  if (run.conclusion === 'success') return true;
  const list = await github.get(`/actions/runs/${run.id}/jobs?filter=latest&per_page=100`, jobs);
  return list.jobs.some(({ name, conclusion }) => name === job && conclusion === 'success');
}

/** True for the branch's last commit and each that it came from; a tag of the branch's name does not count. */
async function isOfBranch(github: GitHubApi, commit: string, branch: string): Promise<boolean> {
  const tip = await github.find(`/git/ref/heads/${branch.split('/').map(encodeURIComponent).join('/')}`, reference);
  if (!tip) return false;
  if (tip.object.sha === commit) return true;
  const compared = await github.find(`/compare/${commit}...${tip.object.sha}?per_page=1`, comparison);
  return compared?.status === 'ahead' || compared?.status === 'identical';
}

async function hasDeployed(github: GitHubApi, run: WorkflowRun, environment: string): Promise<boolean> {
  const query = new URLSearchParams({ environment, sha: run.head_sha, per_page: '100' });
  const ofRun = new RegExp(`/actions/runs/${run.id}(?:/|$)`);
  for (const { id } of await github.get(`/deployments?${query.toString()}`, deployments)) {
    const told = await github.get(`/deployments/${id}/statuses?per_page=100`, statuses);
    if (told.some(({ state, log_url: log, target_url: target }) =>
      state === 'success' && ofRun.test(log ?? target ?? ''))) return true;
  }
  return false;
}
