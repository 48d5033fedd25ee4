import { text } from 'node:stream/consumers';
import { confirm, password } from '@inquirer/prompts';
import type { CommandHost } from './command-host';
import { runEngine } from './engine-program';

const { USER: operator } = process.env;

/** On standard error, so that what is asked gets into no pipe. */
const ask = async (message: string) => confirm({ message, default: false }, { output: process.stderr });

const askHidden = async (message: string) => password({ message, mask: true }, { output: process.stderr });

const host: CommandHost = {
  projectFolder: process.cwd(),
  print: (line: string) => { process.stdout.write(`${line}\n`); },
  complain: (line: string) => { process.stderr.write(`${line}\n`); },
  ...(process.stdin.isTTY && process.stderr.isTTY ? { confirm: ask, askHidden } : {}),
  ...(process.stdin.isTTY ? {} : { readInput: async () => text(process.stdin) }),
  ...(operator ? { operator } : {}),
};

runEngine(process.argv.slice(2), host).then(
  (code) => { process.exitCode = code; },
  (error: unknown) => {
    process.stderr.write(`The command stopped on a fault of its own: ${error instanceof Error ? error.message : String(error)}\n`);
    process.exitCode = 1;
  },
);
