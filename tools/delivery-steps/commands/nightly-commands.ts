import { readFile } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import { CloudFormationClient } from '@aws-sdk/client-cloudformation';
import { SQSClient } from '@aws-sdk/client-sqs';
import { resourceNames } from '../../../src/core/names';
import { runCommand } from '../external-command';
import type { Flags } from '../flags';
import type { CheckReport } from '../nightly/check-report';
import { writeReport } from '../nightly/check-report';
import { checkDeadLetters } from '../nightly/dead-letters';
import { checkDrift } from '../nightly/drift';
import { reportUpgrades } from '../nightly/upgrades';
import type { PipelineCommand } from '../pipeline-command';
import type { StepHost } from '../step-host';

/** Steps of the nightly checks: each leaves a report, and none fails for what it finds. */
export const NIGHTLY_COMMANDS: Readonly<Record<string, PipelineCommand>> = {
  'drift': {
    flags: { one: ['stage', 'region', 'report'] },
    run: async (flags, host) => {
      const client = new CloudFormationClient({ region: flags.one('region') });
      await keep(flags, host, await checkDrift(client, flags.one('stage'), resourceNames(flags.one('stage')).stack));
    },
  },
  'dead-letters': {
    flags: { one: ['stage', 'region', 'report'] },
    run: async (flags, host) => {
      await keep(flags, host, await checkDeadLetters(new SQSClient({ region: flags.one('region') }), flags.one('stage')));
    },
  },
  'upgrades': {
    flags: { one: ['outcome', 'report'] },
    run: async (flags, host) => {
      await keep(flags, host, reportUpgrades({
        lockBefore: await runCommand(host.folder, 'git', ['show', 'HEAD:package-lock.json']),
        lockAfter: await readFile(join(host.folder, 'package-lock.json'), 'utf8'),
        manifest: await readFile(join(host.folder, 'package.json'), 'utf8'),
        outdated: await outdatedPackages(host.folder),
        outcome: flags.one('outcome'),
      }));
    },
  },
};

async function keep(flags: Flags, host: StepHost, report: CheckReport): Promise<void> {
  await writeReport(resolve(host.folder, flags.one('report')), report);
  await host.summarise(`## ${report.title}: ${report.state}\n\n${report.body}`);
  host.say(`${report.title}: ${report.state}`);
}

/** npm ends with exit code 1 when something is outdated, its answer on standard output all the same. */
async function outdatedPackages(folder: string): Promise<string> {
  try {
    return await runCommand(folder, 'npm', ['outdated', '--json']);
  } catch (cause) {
    if (cause instanceof Error && 'stdout' in cause && typeof cause.stdout === 'string' && cause.stdout.trim().startsWith('{')) return cause.stdout;
    throw cause;
  }
}
