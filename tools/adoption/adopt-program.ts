import { Command, InvalidArgumentError } from 'commander';
import { awsFailure } from '../../src/cli/command-error';
import { runProgram } from '../../src/cli/run-program';
import { adopt } from './adopt-stage';
import type { AdoptionFlags, AdoptionHost } from './adoption-host';

const HELP = `
Without --apply nothing changes. Never touched: what a stack owns, secrets, clients' keys, other names.

Examples:
  npx projen adopt --stage dev
  npx projen adopt --stage dev --apply
  npx projen adopt --stage prod --from-stack ai-multi-comms-prod

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
    .option('--from-stack <stack>', 'the stack that owns the old environment, which is taken over in place')
    .option('--old-name <kind=name>', 'another name of the old environment; may be repeated', collect, [])
    .option('--apply', 'carries the plan out, after the stage\'s name was typed')
    .option('--confirm <stage>', 'the stage\'s name, for a shell without a terminal')
    .option('--discard-messages', 'deletes queues that still hold messages')
    .option('--undo', 'goes back by one step of a takeover')
    .option('--archive-messages', 'keeps messages that no old function will process in the takeover\'s archive')
    .option('--finish-after-days <days>', 'deletes the old API once it had no call for so many days', wholeNumber)
    .option('--drain-minutes <minutes>', 'how long to wait for the old functions', wholeNumber, 60)
    .option('--poll-seconds <seconds>', 'seconds between two looks at the queues', wholeNumber, 60)
    .option('--json', 'the plan as JSON on standard output')
    .option('--app <folder>', 'an assembly that is synthesised already')
    .option('--no-wait', 'does not wait until the names of deleted queues can be used again')
    .addHelpText('after', HELP)
    .action(async (flags: AdoptionFlags) =>
      adopt(flags, host).catch((error: unknown) => { throw awsFailure('Adopting the stage', error); }));
}

function collect(word: string, before: readonly string[]): readonly string[] {
  return [...before, word];
}

function wholeNumber(word: string): number {
  if (/^\d{1,6}$/.test(word)) return Number(word);
  throw new InvalidArgumentError('It is not a whole number.');
}
