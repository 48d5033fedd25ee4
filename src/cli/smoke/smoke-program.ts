import { Command, CommanderError } from 'commander';
import { resourceNames } from '../../core/names';
import type { CommandHost } from '../command-host';
import { CommandError } from '../command-error';
import { deliveryStage } from '../delivery-stages';
import { EXIT_CODES } from '../exit-codes';
import type { DeployedStage } from './deployed-stage';
import type { SmokeCheck } from './smoke-checks';
import { smokeChecks } from './smoke-checks';

export interface SmokeHost extends CommandHost {
  readonly fetch: typeof fetch;
  readonly sleep: (milliseconds: number) => Promise<void>;
  openStage(region: string): DeployedStage;
}

/** How often what is tried again is tried, and the pause between, in milliseconds. */
const TRIES = 10;
const PAUSE = 3_000;

/** Runs one command line (without the program's name) and answers its exit code. */
export async function runSmoke(words: readonly string[], host: SmokeHost): Promise<number> {
  const command = new Command('smoke').description('looks whether a deployed stage works, without a key, a company or a message')
    .requiredOption('--stage <stage>', 'the stage, as .projenrc.ts names it')
    .exitOverride()
    .configureOutput({ writeOut: (text) => { host.print(text.trimEnd()); }, writeErr: (text) => { host.complain(text.trimEnd()); } });
  try {
    command.parse(words.filter((word) => word !== '--'), { from: 'user' });
    const failed = await testStage(command.opts<{ readonly stage: string }>().stage, host);
    return failed === 0 ? EXIT_CODES.done : EXIT_CODES.failed;
  } catch (error) {
    if (error instanceof CommanderError) return error.exitCode === 0 ? EXIT_CODES.done : EXIT_CODES.usage;
    if (!(error instanceof CommandError)) throw error;
    host.complain(error.message);
    return EXIT_CODES.failed;
  }
}

/** Answers how many checks failed. */
async function testStage(name: string, host: SmokeHost): Promise<number> {
  const { region } = deliveryStage(host.projectFolder, name);
  const stage = host.openStage(region);
  try {
    const names = resourceNames(name);
    const stack = await stage.stack(names.stack);
    if (!stack) throw new CommandError(`Testing ${name} failed: there is no stack ${names.stack} in this account and ${region}; deploy it, or take the credentials of its account.`);
    if (!isAtRest(stack.status)) throw new CommandError(`Testing ${name} failed: the stack ${names.stack} is in the state ${stack.status}; read its events, then deploy again.`);
    const checks = smokeChecks({ stage, names, url: stack.url, fetch: host.fetch });
    let failed = 0;
    for (const check of checks) if (!await passes(check, host)) failed += 1;
    host.print(failed === 0 ? `${name} works: ${checks.length} checks.` : `${name} does not work: ${failed} of ${checks.length} checks failed.`);
    return failed;
  } finally {
    stage.close();
  }
}

/** As CloudFormation leaves a stack that is whole, be it after an update that it has taken back. */
function isAtRest(status: string): boolean {
  return ['CREATE_COMPLETE', 'IMPORT_COMPLETE'].includes(status) || /^(UPDATE|IMPORT)(_ROLLBACK)?_COMPLETE(_CLEANUP_IN_PROGRESS)?$/.test(status);
}

async function passes({ title, run, isTriedAgain }: SmokeCheck, host: SmokeHost): Promise<boolean> {
  for (let left = isTriedAgain ? TRIES : 1; ; left -= 1) {
    try {
      await run();
      host.print(`✓ ${title}`);
      return true;
    } catch (error) {
      if (!(error instanceof CommandError)) throw error;
      if (left <= 1) {
        host.print(`✗ ${title}\n  ${error.message}`);
        return false;
      }
      await host.sleep(PAUSE);
    }
  }
}
