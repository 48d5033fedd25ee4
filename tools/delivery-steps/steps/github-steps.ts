import { readFile } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import type { Command } from 'commander';
import { keepOneIssueEach } from '../github/check-issues';
import type { GateQuery } from '../github/environment-gate';
import { inspectGate } from '../github/environment-gate';
import { commentOnPullRequest } from '../github/pull-request-comment';
import { findLastReleased, findReleasedBy } from '../github/released-assembly';
import { outputsOf } from '../github/run-artifacts';
import { findTested } from '../github/tested-assembly';
import { cancelWaitingPromotions } from '../github/waiting-promotions';
import type { CheckReport } from '../nightly/check-report';
import { readReport } from '../nightly/check-report';
import type { StepHost } from '../step-host';
import { headCommit, treeHash } from '../working-tree';
import { listed } from './flags';

interface FindOptions {
  readonly branch: string;
  readonly environment: readonly string[];
}

interface GuardOptions {
  readonly environment: string;
  readonly testEnvironment: string;
  readonly testBranch: readonly string[];
  readonly branch: string;
  readonly mergeCommits?: boolean;
  readonly gate: string;
  readonly team?: string;
  readonly actor?: string;
  readonly event?: string;
  readonly person: readonly string[];
}

/** Steps that ask GitHub, or write there. */
export function addGitHubSteps(program: Command, host: StepHost): void {
  addSearches(program, host);
  program.command('guard')
    .description('refuses to release through an environment that is not protected')
    .requiredOption('--environment <name>', 'of the deployment')
    .requiredOption('--test-environment <name>', 'of the tests')
    .option('--test-branch <name>', 'whose jobs may test; repeatable', listed, [])
    .requiredOption('--branch <name>', 'that may deploy')
    .option('--merge-commits', 'releases are merged into that branch')
    .requiredOption('--gate <kind>', 'none, required-reviewers or manual-dispatch')
    .option('--team <name>', 'that may start the workflow')
    .option('--actor <login>', 'who started it')
    .option('--event <name>', 'that started it')
    .option('--person <login>', 'member of the team; repeatable', listed, [])
    .action(async (options: GuardOptions) => guard(options, host));
  program.command('make-way')
    .description('cancels promotions that wait, so that a rollback need not wait for them')
    .requiredOption('--branch <name>', 'that releases')
    .action(async ({ branch }: { readonly branch: string }) => {
      const cancelled = await cancelWaitingPromotions(host.github(), branch);
      host.say(cancelled.length === 0 ? 'No promotion waits.' : `Cancelled the promotions that waited: ${cancelled.join(', ')}.`);
    });
  program.command('comment')
    .description('keeps one comment on a pull request')
    .requiredOption('--report <file>', 'its text')
    .requiredOption('--pull-request <number>', 'to comment on')
    .action(async ({ report, pullRequest }: { readonly report: string; readonly pullRequest: string }) => {
      await commentOnPullRequest(host.github(), pullRequest, await readFile(resolve(host.folder, report), 'utf8'));
    });
  program.command('issues')
    .description('keeps one open issue per nightly check that finds something')
    .requiredOption('--reports <folder>', 'of the checks, with one folder per artifact')
    .option('--check <artifact/name>', 'whose report to read; repeatable', listed, [])
    .action(async ({ reports, check }: { readonly reports: string; readonly check: readonly string[] }) => {
      const found = new Map<string, CheckReport>();
      for (const path of check) {
        // Only from its own job's artifact: no other job can speak for it.
        const name = path.slice(path.lastIndexOf('/') + 1);
        found.set(name, await readReport(join(resolve(host.folder, reports), `${path}.json`)) ?? unfinished(name));
      }
      for (const line of await keepOneIssueEach(host.github(), found)) host.say(line);
    });
}

function addSearches(program: Command, host: StepHost): void {
  program.command('find-tested')
    .description('finds the assembly that was tested for exactly this tree')
    .requiredOption('--workflow <file>', 'that builds and tests')
    .requiredOption('--branch <name>', 'whose pushes it tests')
    .requiredOption('--release <name>', 'branch that is released')
    .option('--environment <name>', 'in which it tests; repeatable', listed, [])
    .action(async (options: FindOptions & { readonly workflow: string; readonly release: string }) => {
      const { environment: environments, ...query } = options;
      const [tree, commit] = [await treeHash(host.folder), await headCommit(host.folder)];
      await host.putOut(outputsOf(await findTested(host.github(), { ...query, environments, tree, commit })));
    });
  program.command('find-released')
    .description('finds what a stage runs, or what one run released')
    .requiredOption('--stage <name>', 'of .projenrc.ts')
    .requiredOption('--branch <name>', 'that releases')
    .requiredOption('--environment <stage=name>', 'of each stage\'s deployment; repeatable', listed, [])
    .option('--run <number>', 'of promote or rollback')
    .action(async ({ run, environment, ...query }: FindOptions & { readonly stage: string; readonly run?: string }) => {
      const released = { ...query, environment: environmentOf(query.stage, environment) };
      const github = host.github();
      const found = run === undefined
        ? await findLastReleased(github, released) : await findReleasedBy(github, run, released);
      if (found) return host.putOut(outputsOf(found));
      return host.say(
        `Nothing was released to ${query.stage} yet, or GitHub no longer keeps it: there is nothing to compare with or `
          + 'to go back to.');
    });
}

function environmentOf(stage: string, pairs: readonly string[]): string {
  const pair = pairs.find((candidate) => candidate.startsWith(`${stage}=`));
  if (pair !== undefined) return pair.slice(stage.length + 1);
  throw new Error(`Finding a release failed: no environment is given for the stage ${JSON.stringify(stage)}. Take a stage of .projenrc.ts.`);
}

async function guard(options: GuardOptions, host: StepHost): Promise<void> {
  const { environment, testEnvironment, testBranch: testBranches, branch, mergeCommits = false } = options;
  const { open, remarks } = await inspectGate(host.github(), {
    environment, testEnvironment, testBranches, branch, needsMergeCommits: mergeCommits, gate: gateOf(options),
  });
  if (open.length > 0) {
    await host.summarise([`## The gate of ${environment} is open`, ...open.map((fault) => `- ${fault}`)].join('\n'));
    throw new Error(`Releasing to ${environment} is refused, because its gate is open. ${open.join(' ')}`);
  }
  await host.summarise([`## The gate of ${environment} is closed`, ...remarks.map((remark) => `- ${remark}`)].join('\n'));
  host.say([`The gate of ${environment} is closed.`, ...remarks].join(' '));
}

function gateOf(options: GuardOptions): GateQuery['gate'] {
  const { gate: kind, team = 'the team', person: people, actor = '', event = '' } = options;
  if (kind === 'required-reviewers' || kind === 'none') return { kind };
  if (kind === 'manual-dispatch') return { kind, team, people, actor, event };
  throw new Error(
    `Checking the gate failed: "${kind}" is not a gate that can be checked. Run npx projen, so that the workflow names `
      + 'one.');
}

function unfinished(check: string): CheckReport {
  return {
    title: `The nightly check ${check} did not finish`,
    state: 'found',
    body: 'It left no report: see the log of its job in the latest run of the workflow.',
  };
}
