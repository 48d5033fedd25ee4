import { text } from 'node:stream/consumers';
import { confirm, password } from '@inquirer/prompts';
import type { CommandHost } from './command-host';
import { runEngine } from './engine-program';
import { SHELL_VOICE } from './run-program';

const { USER: operator } = process.env;

/** On standard error, so that what is asked gets into no pipe. */
const ask = async (message: string) => confirm({ message, default: false }, { output: process.stderr });

const askHidden = async (message: string) => password({ message, mask: true }, { output: process.stderr });

const host: CommandHost = {
  projectFolder: process.cwd(),
  ...SHELL_VOICE,
  ...(process.stdin.isTTY && process.stderr.isTTY ? { confirm: ask, askHidden } : {}),
  ...(process.stdin.isTTY ? {} : { readInput: async () => text(process.stdin) }),
  ...(operator ? { operator } : {}),
};

void runEngine(process.argv.slice(2), host).then((code) => { process.exitCode = code; });
