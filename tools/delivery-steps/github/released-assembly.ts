import type { GitHubApi } from './api';
import type { KeptAssembly } from './run-artifacts';
import { keptAssemblies, youngestFirst } from './run-artifacts';
import { doubtOf, hasSucceeded } from './run-evidence';
import type { WorkflowRun } from './workflow-run';
import { isOurs, runsOn, workflowRun } from './workflow-run';

/** The workflows that release, and the only ones whose word about a release counts; each with the job that does it. */
const RELEASING: Readonly<Record<string, (stage: string) => string>> = {
  'promote.yml': (stage) => `deploy-${stage}`,
  'rollback.yml': (stage) => `rollback-${stage}`,
};
const EVENTS = ['push', 'workflow_dispatch'];

/** How far back a release is looked for, in hundreds of runs. */
const MOST_PAGES = 2;

export interface ReleasedQuery {
  readonly stage: string;
  readonly branch: string;
  /** The environment of the deployment. */
  readonly environment: string;
}

/** What the stage runs now, as far as the pipeline put it there; undefined before its first release. */
export async function findLastReleased(github: GitHubApi, query: ReleasedQuery): Promise<KeptAssembly | undefined> {
  const found = await Promise.all(Object.keys(RELEASING).map(async (workflow) => lastOf(github, workflow, query)));
  const [last] = found.filter((kept) => kept !== undefined).sort(youngestFirst);
  return last;
}

/** What one run released to the stage: the number comes from a person, so everything about it is checked. */
export async function findReleasedBy(github: GitHubApi, run: string, query: ReleasedQuery): Promise<KeptAssembly> {
  if (!/^\d{1,20}$/.test(run)) {
    throw refusal(run, 'that is not the number of a run. Take the digits behind /runs/ in the address of the run');
  }
  const found = await github.find(`/actions/runs/${run}`, workflowRun);
  if (!found) throw refusal(run, 'no such run exists. Take the digits behind /runs/ in the address of the run');
  const workflow = Object.keys(RELEASING).find((file) => isOurs(github, found, file, query.branch));
  if (!EVENTS.includes(found.event) || workflow === undefined) {
    throw refusal(run, `it is not a run of promote or rollback on ${query.branch}. Choose one that is`);
  }
  const [kept] = await keptAssemblies(github, found.id, prefix(query));
  if (!kept) {
    throw refusal(
      run,
      `it released nothing to ${query.stage} that GitHub still keeps. Choose another run, or revert the change on `
        + 'its branch',
    );
  }
  const doubt = await doubtAbout(github, found, workflow, query);
  if (doubt !== undefined) throw refusal(run, `${doubt}. Choose another run`);
  return kept;
}

/** Why what a run keeps was not released by it. */
async function doubtAbout(
  github: GitHubApi, run: WorkflowRun, workflow: string, query: ReleasedQuery): Promise<string | undefined> {
  const { stage, branch, environment } = query;
  const job = RELEASING[workflow]?.(stage) ?? '';
  if (!await hasSucceeded(github, run, job)) return `its job ${job} did not succeed`;
  return doubtOf(github, run, { branch, environments: [environment] });
}

async function lastOf(github: GitHubApi, workflow: string, query: ReleasedQuery): Promise<KeptAssembly | undefined> {
  for await (const run of runsOn(github, workflow, query.branch, MOST_PAGES)) {
    if (!EVENTS.includes(run.event)) continue;
    const [kept] = await keptAssemblies(github, run.id, prefix(query));
    if (kept && await doubtAbout(github, run, workflow, query) === undefined) return kept;
  }
  return undefined;
}

function prefix({ stage }: ReleasedQuery): string {
  // The name goes into a pattern.
  if (!/^[a-z][a-z0-9-]*$/.test(stage)) {
    throw new Error(`Finding a release failed: "${stage}" is not the name of a stage. Take one from .projenrc.ts.`);
  }
  return `released-${stage}`;
}

function refusal(run: string, why: string): Error {
  return new Error(
    `Going back to the run ${JSON.stringify(run.slice(0, 40))} failed: ${why}, then start the rollback again.`,
  );
}
