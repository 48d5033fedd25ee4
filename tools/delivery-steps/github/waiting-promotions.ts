import { z } from 'zod';
import type { GitHubApi } from './api';
import type { WorkflowRun } from './workflow-run';
import { runsOn } from './workflow-run';

const jobs = z.object({ jobs: z.array(z.object({ name: z.string(), status: z.string() })) });

/** The workflow that releases to gated stages, and what its deploying jobs are called. */
const PROMOTING = 'promote.yml';
const DEPLOYING = /^deploy-/;

/** Hundreds of runs; those that wait are among the newest. */
const MOST_PAGES = 1;

/**
 * Makes way for a rollback: cancels each promotion that has not begun to deploy, most of which wait for an approval.
 * Returns what it has cancelled. Refuses while one deploys: what CloudFormation is changing can be brought back only
 * once it has ended.
 */
export async function cancelWaitingPromotions(github: GitHubApi, branch: string): Promise<readonly number[]> {
  const unfinished: WorkflowRun[] = [];
  for await (const run of runsOn(github, PROMOTING, branch, MOST_PAGES)) {
    if (run.status !== 'completed') unfinished.push(run);
  }
  for (const { id } of unfinished) {
    const list = await github.get(`/actions/runs/${id}/jobs?filter=latest&per_page=100`, jobs);
    const deploying = list.jobs.find(({ name, status }) => DEPLOYING.test(name) && status === 'in_progress');
    if (deploying) {
      throw new Error(
        `Making way for the rollback failed: the job ${deploying.name} of the run ${id} is deploying now. `
          + 'Wait until it has ended, then start the rollback again.',
      );
    }
  }
  for (const { id } of unfinished) await github.send('POST', `/actions/runs/${id}/cancel`, {});
  return unfinished.map(({ id }) => id);
}
