import type { Command } from 'commander';
import { CommanderError } from 'commander';
import { CommandError } from './command-error';
import { EXIT_CODES } from './exit-codes';
import type { Output } from './output';
import { DEFAULT_COLUMNS, safely } from './output';

/** Runs one command line (without the program's name) and answers its exit code; every failure is one sentence. */
export async function runProgram<Host extends Output>(
  program: (host: Host) => Command, words: readonly string[], host: Host,
): Promise<number> {
  const output = { ...host, ...safely(host) };
  try {
    // `npx projen engine -- list` hands its dashes on, after which commander would take no flag.
    const given = words[0] === '--' ? words.slice(1) : words;
    await writingTo(program(output), output).parseAsync(given, { from: 'user' });
    return EXIT_CODES.done;
  } catch (error) {
    // Commander has written what was wrong, or the help that was asked for.
    if (error instanceof CommanderError) return error.exitCode === 0 ? EXIT_CODES.done : EXIT_CODES.usage;
    output.printError(error instanceof CommandError ? error.message : faultOf(error));
    return EXIT_CODES.failed;
  }
}

function faultOf(error: unknown): string {
  return `The command stopped on a fault of its own: ${error instanceof Error ? error.message : String(error)}`;
}

/** Descriptions are folded beside long names too; a command of a list is its name, and its own help says the rest. */
const HELP = { minWidthToWrap: 20, subcommandTerm: (command: Command) => command.name() };

/** Lets commander, with all commands below, neither write past the output nor end the process. */
function writingTo(command: Command, output: Output): Command {
  for (const child of command.commands) writingTo(child, output);
  const width = () => output.columns ?? DEFAULT_COLUMNS;
  return command.exitOverride().configureHelp(HELP).configureOutput({
    writeOut: (text) => { output.print(text.trimEnd()); },
    writeErr: (text) => { output.printError(text.trimEnd()); },
    getOutHelpWidth: width,
    getErrHelpWidth: width,
  });
}
