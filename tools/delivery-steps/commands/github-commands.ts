import { readFile } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import type { Flags } from '../flags';
import { keepOneIssueEach } from '../github/check-issues';
import type { GateQuery } from '../github/environment-gate';
import { inspectGate } from '../github/environment-gate';
import { commentOnPullRequest } from '../github/pull-request-comment';
import { findLastReleased, findReleasedBy } from '../github/released-assembly';
import { outputsOf } from '../github/run-artifacts';
import { findTested } from '../github/tested-assembly';
import type { CheckReport } from '../nightly/check-report';
import { readReport } from '../nightly/check-report';
import type { PipelineCommand } from '../pipeline-command';
import type { StepHost } from '../step-host';
import { treeHash } from '../working-tree';

/** Steps that ask GitHub, or write there. */
export const GITHUB_COMMANDS: Readonly<Record<string, PipelineCommand>> = {
  'find-tested': {
    flags: { one: ['workflow', 'branch'] },
    run: async (flags, host) => {
      const found = await findTested(host.github(), { tree: await treeHash(host.folder), workflow: flags.one('workflow'), branch: flags.one('branch') });
      await host.putOut(outputsOf(found));
    },
  },
  'find-released': { flags: { one: ['stage', 'branch'], optional: ['run'] }, run: findReleased },
  'guard': {
    flags: { one: ['environment', 'test-environment', 'branch', 'gate'], optional: ['team', 'actor', 'event'], many: ['person'] },
    run: guard,
  },
  'comment': {
    flags: { one: ['report', 'pull-request'] },
    run: async (flags, host) => {
      await commentOnPullRequest(host.github(), flags.one('pull-request'), await readFile(resolve(host.folder, flags.one('report')), 'utf8'));
    },
  },
  'issues': {
    flags: { one: ['reports'], many: ['check'] },
    run: async (flags, host) => {
      const reports = new Map<string, CheckReport>();
      for (const check of flags.many('check')) {
        reports.set(check, await readReport(join(resolve(host.folder, flags.one('reports')), `${check}.json`)) ?? unfinished(check));
      }
      for (const line of await keepOneIssueEach(host.github(), reports)) host.say(line);
    },
  },
};

async function findReleased(flags: Flags, host: StepHost): Promise<void> {
  const query = { stage: flags.one('stage'), branch: flags.one('branch') };
  const run = flags.optional('run');
  const found = run === undefined ? await findLastReleased(host.github(), query) : await findReleasedBy(host.github(), run, query);
  if (found) await host.putOut(outputsOf(found));
  else host.say(`Nothing was released to ${query.stage} yet, or GitHub keeps it no longer: there is nothing to compare with or to go back to.`);
}

async function guard(flags: Flags, host: StepHost): Promise<void> {
  const environment = flags.one('environment');
  const { open, remarks } = await inspectGate(host.github(), {
    environment,
    testEnvironment: flags.one('test-environment'),
    branch: flags.one('branch'),
    gate: gateOf(flags),
  });
  if (open.length > 0) {
    await host.summarise([`## The gate of ${environment} is open`, ...open.map((fault) => `- ${fault}`)].join('\n'));
    throw new Error(`Releasing to ${environment} is refused, because its gate is open. ${open.join(' ')}`);
  }
  await host.summarise([`## The gate of ${environment} is closed`, ...remarks.map((remark) => `- ${remark}`)].join('\n'));
  host.say([`The gate of ${environment} is closed.`, ...remarks].join(' '));
}

function gateOf(flags: Flags): GateQuery['gate'] {
  const kind = flags.one('gate');
  if (kind === 'required-reviewers') return { kind };
  if (kind !== 'manual-dispatch') throw new Error(`Checking the gate failed: "${kind}" is no gate that can be checked. Run npx projen, so that the workflow names one.`);
  return { kind, team: flags.optional('team') ?? 'the team', people: flags.many('person'), actor: flags.optional('actor') ?? '', event: flags.optional('event') ?? '' };
}

function unfinished(check: string): CheckReport {
  return { title: `The nightly check ${check} did not finish`, state: 'found', body: 'It left no report: see the log of its job in the latest run of the workflow `nightly`.' };
}
