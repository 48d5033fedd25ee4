import type { GitHubApi } from './api';
import type { KeptAssembly } from './run-artifacts';
import { doubtOf } from './run-evidence';
import { joinHistories, squashedCommits } from './squashed-release';
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
  /** The environments in which it tests. */
  readonly environments: readonly string[];
  /** What is to be released, and the branch that it is on. */
  readonly commit: string;
  readonly release: string;
}

/**
 * The assembly that was deployed and tested for exactly this tree. Nothing else can be released, so its absence is a
 * failure.
 */
export async function findTested(github: GitHubApi, query: TestedQuery): Promise<KeptAssembly> {
  const seen: WorkflowRun[] = [];
  const doubts: string[] = [];
  for await (const run of runsOn(github, query.workflow, query.branch, MOST_PAGES)) {
    if (run.event !== 'push' || run.head_commit?.tree_id !== query.tree) continue;
    seen.push(run);
    if (run.conclusion !== 'success') continue;
    const kept = (await keptAssemblies(github, run.id, 'tested')).find(({ tree }) => tree === query.tree);
    if (!kept) continue;
    const doubt = await doubtOf(github, run, query);
    if (doubt === undefined) return kept;
    doubts.push(doubt);
  }
  const why = doubts.length > 0
    ? `${doubts.join(', and ')}, so that what it keeps is not taken for tested. Push the change to ${query.branch} and `
      + 'let it be tested there.'
    : reason(seen, query) ?? await neverTested(github, query);
  throw new Error(`Finding a tested assembly for the tree ${query.tree} failed: ${why}`);
}

/** Undefined if no run has seen the tree. */
function reason(runs: readonly WorkflowRun[], { workflow, branch }: TestedQuery): string | undefined {
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
  return undefined;
}

async function neverTested(github: GitHubApi, query: TestedQuery): Promise<string> {
  const { workflow, branch: delivery, release, commit } = query;
  const squashed = await squashedCommits(github, { delivery, release, commit });
  if (squashed.length === 0) {
    return `${workflow} never ran for it on ${delivery}. Push it to ${delivery}, and let it be tested there.`;
  }
  return `${workflow} never ran for it on ${delivery}, because ${release} has commits that ${delivery} has not (${
    squashed.slice(0, 5).join(', ')}), as a squash, a rebase or a direct change leaves them. Run ${
    joinHistories({ delivery, release }).map((line) => `\`${line}\``).join(', ')}, merge join-${release} into ${
    delivery} and then ${delivery} into ${release}, both by pull requests and with a merge commit.`;
}
