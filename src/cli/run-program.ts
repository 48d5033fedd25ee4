import type { Command } from 'commander';
import { CommanderError } from 'commander';
import { CommandError } from './command-error';
import type { CommandHost } from './command-host';
import { EXIT_CODES } from './exit-codes';

/** Where a program speaks: standard output and standard error, or what stands for them in tests. */
export type Voice = Pick<CommandHost, 'complain' | 'print'>;

export const SHELL_VOICE: Voice = {
  print: (line) => { process.stdout.write(`${line}\n`); },
  complain: (line) => { process.stderr.write(`${line}\n`); },
};

/** Runs one command line (without the program's name) and answers its exit code; whatever goes wrong is told in one sentence. */
export async function runProgram<Host extends Voice>(program: (host: Host) => Command, words: readonly string[], host: Host): Promise<number> {
  try {
    // `npx projen engine -- list` hands its dashes on, after which commander would take no flag.
    const given = words[0] === '--' ? words.slice(1) : words;
    await speaking(program(host), host).parseAsync(given, { from: 'user' });
    return EXIT_CODES.done;
  } catch (error) {
    // Commander has said what was wrong, or printed the help that was asked for.
    if (error instanceof CommanderError) return error.exitCode === 0 ? EXIT_CODES.done : EXIT_CODES.usage;
    host.complain(error instanceof CommandError ? error.message : `The command stopped on a fault of its own: ${error instanceof Error ? error.message : String(error)}`);
    return EXIT_CODES.failed;
  }
}

/** Lets commander, with all commands below, neither write past the host nor end the process. */
function speaking(command: Command, host: Voice): Command {
  for (const child of command.commands) speaking(child, host);
  return command.exitOverride().configureOutput({
    writeOut: (text) => { host.print(text.trimEnd()); },
    writeErr: (text) => { host.complain(text.trimEnd()); },
  });
}
