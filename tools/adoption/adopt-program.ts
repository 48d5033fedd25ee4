import { Command } from 'commander';
import { awsFailure } from '../../src/cli/command-error';
import { runProgram } from '../../src/cli/run-program';
import { adopt } from './adopt-stage';
import type { AdoptionFlags, AdoptionHost } from './adopt-stage';

const HELP = `
Without --apply nothing changes. Never touched: what a stack owns, secrets, clients' keys, other names.

Examples:
  npx projen adopt --stage dev
  npx projen adopt --stage dev --apply

Exit codes:
  0  done
  1  failed or refused; one sentence on standard error says why and what to do
  2  the command's words or flags were wrong; nothing was done`;

/** Runs one command line (without the program's name) and answers its exit code. */
export async function runAdopt(words: readonly string[], host: AdoptionHost): Promise<number> {
  return runProgram(program, words, host);
}

function program(host: AdoptionHost): Command {
  return new Command('adopt')
    .description('plans, and with --apply carries out, how a stage that was made by hand becomes the stack\'s')
    .requiredOption('--stage <stage>', 'the stage to adopt, as src/infra/stages.ts names it')
    .option('--apply', 'carries the plan out, after the stage\'s name was typed')
    .option('--confirm <stage>', 'the stage\'s name, for a shell without a terminal')
    .option('--discard-messages', 'deletes queues that still hold messages')
    .option('--json', 'the plan as JSON on standard output')
    .option('--app <folder>', 'an assembly that is synthesised already')
    .option('--no-wait', 'does not wait until the names of deleted queues can be used again')
    .addHelpText('after', HELP)
    .action(async (flags: AdoptionFlags) =>
      adopt(flags, host).catch((error: unknown) => { throw awsFailure('Adopting the stage', error); }));
}
