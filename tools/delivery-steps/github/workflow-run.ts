import { z } from 'zod';
import type { GitHubApi } from './api';

export const workflowRun = z.object({
  id: z.number(),
  path: z.string(),
  event: z.string(),
  status: z.string().nullable(),
  conclusion: z.string().nullable(),
  head_branch: z.string().nullable(),
  head_sha: z.string(),
  head_commit: z.object({ tree_id: z.string() }).nullable(),
  head_repository: z.object({ full_name: z.string() }).nullable(),
});

export type WorkflowRun = z.infer<typeof workflowRun>;

const list = z.object({ workflow_runs: z.array(workflowRun) });

/**
 * Runs of a workflow's file on a branch of this repository, the youngest first; none of a fork, and none of a workflow
 * that is only called so.
 */
export async function* runsOn(
  github: GitHubApi,
  workflow: string,
  branch: string,
  mostPages: number,
): AsyncGenerator<WorkflowRun> {
  for await (const page of github.pages(
    `/actions/workflows/${workflow}/runs?branch=${encodeURIComponent(branch)}`,
    list,
    mostPages,
  )) {
    yield* page.workflow_runs.filter((run) => isOurs(github, run, workflow, branch));
    if (page.workflow_runs.length < 100) return;
  }
}

/** Any person may give a fork's branch or a workflow any name: only these together say that the run was ours. */
export function isOurs(github: GitHubApi, run: WorkflowRun, workflow: string, branch: string): boolean {
  return run.head_repository?.full_name.toLowerCase() === github.repository.toLowerCase()
    && run.head_branch === branch
    && run.path.split('@')[0] === `.github/workflows/${workflow}`;
}
