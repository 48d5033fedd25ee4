import type { GitHubApi } from './api';
import type { KeptAssembly } from './run-artifacts';
import { keptAssemblies } from './run-artifacts';
import type { WorkflowRun } from './workflow-run';
import { runsOn } from './workflow-run';

/** GitHub lists a thousand runs at most. */
const MOST_PAGES = 10;

export interface TestedQuery {
  readonly tree: string;
  /** The file of the workflow that builds and tests. */
  readonly workflow: string;
  /** The branch whose pushes it tests. */
  readonly branch: string;
}

/**
 * The assembly that was deployed and tested for exactly this tree. Nothing else can be released, so its absence is a
 * failure.
 */
export async function findTested(github: GitHubApi, query: TestedQuery): Promise<KeptAssembly> {
  const seen: WorkflowRun[] = [];
  for await (const run of runsOn(github, query.workflow, query.branch, MOST_PAGES)) {
    if (run.event !== 'push' || run.head_commit?.tree_id !== query.tree) continue;
    seen.push(run);
    if (run.conclusion !== 'success') continue;
    const kept = (await keptAssemblies(github, run.id, 'tested')).find(({ tree }) => tree === query.tree);
    if (kept) return kept;
  }
  throw new Error(`Finding a tested assembly for the tree ${query.tree} failed: ${reason(seen, query)}`);
}

function reason(runs: readonly WorkflowRun[], { workflow, branch }: TestedQuery): string {
  const running = runs.find((run) => run.status !== 'completed');
  if (running) return `the run ${running.id} of ${workflow} still tests it. Run this job again when that one is done.`;
  const succeeded = runs.find((run) => run.conclusion === 'success');
  if (succeeded) {
    return `the run ${succeeded.id} of ${workflow} tested it, but GitHub keeps its artifact no longer. Run that run `
      + 'again, then this job.';
  }
  const [failed] = runs;
  if (failed) {
    return `the run ${failed.id} of ${workflow} ended as ${failed.conclusion ?? 'unknown'}. Correct it on ${branch} `
      + 'first.';
  }
  return `${workflow} never ran for it on ${branch}, because this branch holds something that ${branch} does not. `
    + `Merge this branch into ${branch}, let it be tested there, then merge ${branch} here.`;
}
