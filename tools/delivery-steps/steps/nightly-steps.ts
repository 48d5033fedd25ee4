import { readFile } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import { CloudFormationClient } from '@aws-sdk/client-cloudformation';
import { SQSClient } from '@aws-sdk/client-sqs';
import type { Command } from 'commander';
import { resourceNames } from '../../../src/core/names';
import { outputOf, runProgram } from '../../run-program';
import { bundledFunctions } from '../assembly/bundled-functions';
import { reportAdvisories } from '../nightly/advisories';
import type { CheckReport } from '../nightly/check-report';
import { writeReport } from '../nightly/check-report';
import { checkDeadLetters } from '../nightly/dead-letters';
import { checkDrift } from '../nightly/drift';
import { reportSuite } from '../nightly/suite';
import { reportUpgrades } from '../nightly/upgrades';
import type { StepHost } from '../step-host';

interface StageCheckOptions {
  readonly stage: string;
  readonly region: string;
  readonly report: string;
}

interface SuiteOptions {
  readonly node: string;
  readonly outcome: string;
  readonly report: string;
}

/** Nightly checks leave a report, and none fails for what it finds. */
export function addNightlySteps(program: Command, host: StepHost): void {
  const keep = async (file: string, report: CheckReport) => {
    await writeReport(resolve(host.folder, file), report);
    await host.summarise(`## ${report.title}: ${report.state}\n\n${report.body}`);
    host.say(`${report.title}: ${report.state}`);
  };
  type Check = (stage: string, region: string) => Promise<CheckReport>;
  const ofStage = (name: string, description: string, check: Check) => program.command(name)
    .description(description)
    .requiredOption('--stage <name>', 'of .projenrc.ts')
    .requiredOption('--region <name>', 'of the stage')
    .requiredOption('--report <file>', 'to write')
    .action(async ({ stage, region, report }: StageCheckOptions) => keep(report, await check(stage, region)));
  ofStage('drift', 'compares a stage with its stack', async (stage, region) =>
    checkDrift(new CloudFormationClient({ region }), stage, resourceNames(stage).stack));
  ofStage('dead-letters', 'counts the messages in dead-letter queues', async (stage, region) =>
    checkDeadLetters(new SQSClient({ region }), stage));
  program.command('advisories')
    .description('reports packages with known weaknesses, those in functions first')
    .requiredOption('--report <file>', 'to write')
    .action(async ({ report }: { readonly report: string }) => {
      const shipped = new Set((await bundledFunctions(host.folder)).flatMap(({ packages }) => packages));
      // npm ends with exit code 1 if it finds something, and if the registry does not answer.
      const { stdout } = await runProgram('npm', ['audit', '--json'], { folder: host.folder });
      await keep(report, reportAdvisories(stdout, shipped));
    });
  program.command('suite')
    .description('reports how the build went on a version of Node.js')
    .requiredOption('--node <version>', 'that it ran on')
    .requiredOption('--outcome <word>', 'of the build')
    .requiredOption('--report <file>', 'to write')
    .action(async ({ node, outcome, report }: SuiteOptions) => {
      await keep(report, reportSuite(node, outcome));
    });
  program.command('upgrades')
    .description('reports packages that can be upgraded')
    .requiredOption('--outcome <word>', 'of the build with the new versions')
    .requiredOption('--report <file>', 'to write')
    .action(async ({ outcome, report }: { readonly outcome: string; readonly report: string }) => {
      const lockBefore = await outputOf('git', ['show', 'HEAD:package-lock.json'], { folder: host.folder });
      const text = async (file: string) => readFile(join(host.folder, file), 'utf8');
      await keep(report, reportUpgrades({
        lockBefore, lockAfter: await text('package-lock.json'), manifest: await text('package.json'), outdated: await outdatedPackages(host.folder), outcome,
      }));
    });
}

/** npm ends with exit code 1 if something is outdated, its answer on standard output all the same. */
async function outdatedPackages(folder: string): Promise<string> {
  const { code, stdout, output } = await runProgram('npm', ['outdated', '--json'], { folder });
  if (code === 0 || stdout.trim().startsWith('{')) return stdout;
  throw new Error(`Listing outdated packages failed: npm outdated ended with exit code ${code}: ${output.trim().slice(0, 500)}`);
}
