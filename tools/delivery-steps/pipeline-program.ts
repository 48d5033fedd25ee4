import { mkdir, readFile, writeFile } from 'node:fs/promises';
import { dirname, join, resolve } from 'node:path';
import { CloudFormationClient } from '@aws-sdk/client-cloudformation';
import { SQSClient } from '@aws-sdk/client-sqs';
import { Command, CommanderError } from 'commander';
import { resourceNames } from '../../src/core/names';
import { outputOf, runProgram } from '../run-program';
import { sealAssembly, verifyAssembly } from './assembly/seal';
import { compareAssemblies } from './difference/compare-assemblies';
import { describeDifference } from './difference/describe-difference';
import { keepOneIssueEach } from './github/check-issues';
import type { GateQuery } from './github/environment-gate';
import { inspectGate } from './github/environment-gate';
import { commentOnPullRequest } from './github/pull-request-comment';
import { findLastReleased, findReleasedBy } from './github/released-assembly';
import { outputsOf } from './github/run-artifacts';
import { findTested } from './github/tested-assembly';
import type { CheckReport } from './nightly/check-report';
import { readReport, writeReport } from './nightly/check-report';
import { checkDeadLetters } from './nightly/dead-letters';
import { checkDrift } from './nightly/drift';
import { reportUpgrades } from './nightly/upgrades';
import { checkSettings } from './settings';
import type { StepHost } from './step-host';
import { refuseChangedFiles, treeHash } from './working-tree';

/** Runs the step that the first word names. Rejects with one sentence. */
export async function runPipelineStep(words: readonly string[], host: StepHost): Promise<void> {
  const program = new Command('npx projen pipeline')
    .description('The steps of the delivery workflows')
    .exitOverride()
    .configureOutput({ writeOut: (text) => { host.say(text.trimEnd()); }, writeErr: () => undefined });
  addCheckSteps(program, host);
  addAssemblySteps(program, host);
  addGitHubSteps(program, host);
  addNightlySteps(program, host);
  try {
    await program.parseAsync(withoutEmptyValues(words), { from: 'user' });
  } catch (cause) {
    if (!(cause instanceof CommanderError)) throw cause;
    if (cause.exitCode === 0) return;
    const known = program.commands.map((command) => command.name()).join(', ');
    const reason = cause.message.replace(/^error: /, '');
    throw new Error(`Running the pipeline step "${words[0] ?? ''}" failed: ${reason}. The steps are ${known}; each lists its flags with --help.`, { cause });
  }
}

/** An unset variable of a workflow arrives as an empty value, which counts as not given. */
function withoutEmptyValues(words: readonly string[]): string[] {
  return words.filter((word, index) => word !== '' && !(word.startsWith('--') && words[index + 1] === ''));
}

function listed(value: string, before: readonly string[]): readonly string[] {
  return [...before, value];
}

function addCheckSteps(program: Command, host: StepHost): void {
  program.command('generated-files')
    .description('refuses a checkout in which the build changed a file')
    .action(async () => {
      await refuseChangedFiles(host.folder);
      host.say('The build changed no file of the commit.');
    });
  program.command('settings')
    .description('checks the account and the repository before AWS is called')
    .requiredOption('--stage <name>', 'of .projenrc.ts')
    .requiredOption('--account-variable <name>', 'repository variable that holds the account')
    .requiredOption('--repository <name>', 'owner/name that the stage trusts')
    .option('--account <number>', 'the value of the variable')
    .action((settings: { readonly stage: string; readonly accountVariable: string; readonly repository: string; readonly account?: string }) => {
      checkSettings({ ...settings, account: settings.account, runsIn: host.repository });
    });
}

function addAssemblySteps(program: Command, host: StepHost): void {
  program.command('seal')
    .description('packs an assembly into an archive and puts out its digest and tree')
    .requiredOption('--assembly <folder>', 'to pack')
    .requiredOption('--archive <file>', 'to write')
    .action(async ({ assembly, archive }: { readonly assembly: string; readonly archive: string }) => {
      const { digest, tree } = await sealAssembly({
        checkout: host.folder, assembly: resolve(host.folder, assembly), archive: resolve(host.folder, archive),
      });
      await host.putOut({ digest, tree });
    });
  program.command('verify')
    .description('opens a sealed assembly if its digest is the expected one')
    .requiredOption('--archive <file>', 'to open')
    .requiredOption('--digest <sha256>', 'that the archive must have')
    .requiredOption('--assembly <folder>', 'to open it into')
    .action(async ({ archive, digest, assembly }: { readonly archive: string; readonly digest: string; readonly assembly: string }) => {
      await verifyAssembly({
        checkout: host.folder, archive: resolve(host.folder, archive), digest, assembly: resolve(host.folder, assembly),
      });
      host.say(`${assembly} is the assembly with the SHA-256 ${digest}.`);
    });
  program.command('difference')
    .description('compares two assemblies and writes what would be lost')
    .requiredOption('--before <folder>', 'assembly; if it does not exist, everything is new')
    .requiredOption('--after <folder>', 'assembly')
    .requiredOption('--report <file>', 'to write')
    .option('--stage <name>', 'compares its stack alone')
    .action(async ({ before, after, report, stage }: DifferenceOptions) => {
      const only = stage === undefined ? undefined : resourceNames(stage).stack;
      const text = describeDifference(await compareAssemblies(resolve(host.folder, before), resolve(host.folder, after), only));
      const file = resolve(host.folder, report);
      await mkdir(dirname(file), { recursive: true });
      await writeFile(file, text);
      await host.summarise(text);
      host.say(text);
    });
}

interface DifferenceOptions {
  readonly before: string;
  readonly after: string;
  readonly report: string;
  readonly stage?: string;
}

interface GuardOptions {
  readonly environment: string;
  readonly testEnvironment: string;
  readonly branch: string;
  readonly gate: string;
  readonly team?: string;
  readonly actor?: string;
  readonly event?: string;
  readonly person: readonly string[];
}

function addGitHubSteps(program: Command, host: StepHost): void {
  program.command('find-tested')
    .description('finds the assembly that was tested for exactly this tree')
    .requiredOption('--workflow <file>', 'that builds and tests')
    .requiredOption('--branch <name>', 'whose pushes it tests')
    .action(async ({ workflow, branch }: { readonly workflow: string; readonly branch: string }) => {
      await host.putOut(outputsOf(await findTested(host.github(), { tree: await treeHash(host.folder), workflow, branch })));
    });
  program.command('find-released')
    .description('finds what a stage runs, or what one run released')
    .requiredOption('--stage <name>', 'of .projenrc.ts')
    .requiredOption('--branch <name>', 'that releases')
    .option('--run <number>', 'of promote or rollback')
    .action(async ({ run, ...query }: { readonly stage: string; readonly branch: string; readonly run?: string }) => {
      const found = run === undefined ? await findLastReleased(host.github(), query) : await findReleasedBy(host.github(), run, query);
      if (found) return host.putOut(outputsOf(found));
      return host.say(`Nothing was released to ${query.stage} yet, or GitHub no longer keeps it: there is nothing to compare with or to go back to.`);
    });
  program.command('guard')
    .description('refuses to release through an environment that is not protected')
    .requiredOption('--environment <name>', 'of the deployment')
    .requiredOption('--test-environment <name>', 'of the tests')
    .requiredOption('--branch <name>', 'that may deploy')
    .requiredOption('--gate <kind>', 'required-reviewers or manual-dispatch')
    .option('--team <name>', 'that may start the workflow')
    .option('--actor <login>', 'who started it')
    .option('--event <name>', 'that started it')
    .option('--person <login>', 'member of the team; repeatable', listed, [])
    .action(async (options: GuardOptions) => guard(options, host));
  program.command('comment')
    .description('keeps one comment on a pull request')
    .requiredOption('--report <file>', 'its text')
    .requiredOption('--pull-request <number>', 'to comment on')
    .action(async ({ report, pullRequest }: { readonly report: string; readonly pullRequest: string }) => {
      await commentOnPullRequest(host.github(), pullRequest, await readFile(resolve(host.folder, report), 'utf8'));
    });
  program.command('issues')
    .description('keeps one open issue per nightly check that finds something')
    .requiredOption('--reports <folder>', 'of the checks')
    .option('--check <name>', 'whose report to read; repeatable', listed, [])
    .action(async ({ reports, check }: { readonly reports: string; readonly check: readonly string[] }) => {
      const read = async (name: string) => await readReport(join(resolve(host.folder, reports), `${name}.json`)) ?? unfinished(name);
      const found = new Map(await Promise.all(check.map(async (name) => [name, await read(name)] as const)));
      for (const line of await keepOneIssueEach(host.github(), found)) host.say(line);
    });
}

async function guard(options: GuardOptions, host: StepHost): Promise<void> {
  const { environment, testEnvironment, branch } = options;
  const { open, remarks } = await inspectGate(host.github(), { environment, testEnvironment, branch, gate: gateOf(options) });
  if (open.length > 0) {
    await host.summarise([`## The gate of ${environment} is open`, ...open.map((fault) => `- ${fault}`)].join('\n'));
    throw new Error(`Releasing to ${environment} is refused, because its gate is open. ${open.join(' ')}`);
  }
  await host.summarise([`## The gate of ${environment} is closed`, ...remarks.map((remark) => `- ${remark}`)].join('\n'));
  host.say([`The gate of ${environment} is closed.`, ...remarks].join(' '));
}

function gateOf({ gate: kind, team = 'the team', person: people, actor = '', event = '' }: GuardOptions): GateQuery['gate'] {
  if (kind === 'required-reviewers') return { kind };
  if (kind === 'manual-dispatch') return { kind, team, people, actor, event };
  throw new Error(`Checking the gate failed: "${kind}" is not a gate that can be checked. Run npx projen, so that the workflow names one.`);
}

function unfinished(check: string): CheckReport {
  return {
    title: `The nightly check ${check} did not finish`,
    state: 'found',
    body: 'It left no report: see the log of its job in the latest run of the workflow `nightly`.',
  };
}

/** Nightly checks leave a report, and none fails for what it finds. */
function addNightlySteps(program: Command, host: StepHost): void {
  const keep = async (file: string, report: CheckReport) => {
    await writeReport(resolve(host.folder, file), report);
    await host.summarise(`## ${report.title}: ${report.state}\n\n${report.body}`);
    host.say(`${report.title}: ${report.state}`);
  };
  const ofStage = (name: string, description: string, check: (stage: string, region: string) => Promise<CheckReport>) => program.command(name)
    .description(description)
    .requiredOption('--stage <name>', 'of .projenrc.ts')
    .requiredOption('--region <name>', 'of the stage')
    .requiredOption('--report <file>', 'to write')
    .action(async ({ stage, region, report }: { readonly stage: string; readonly region: string; readonly report: string }) =>
      keep(report, await check(stage, region)));
  ofStage('drift', 'compares a stage with its stack', async (stage, region) =>
    checkDrift(new CloudFormationClient({ region }), stage, resourceNames(stage).stack));
  ofStage('dead-letters', 'counts the messages in dead-letter queues', async (stage, region) =>
    checkDeadLetters(new SQSClient({ region }), stage));
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
