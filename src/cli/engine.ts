import { userInfo } from 'node:os';
import { text } from 'node:stream/consumers';
import type { CommandHost } from './command-host';
import { runEngine } from './engine-program';
import { shellOutput } from './shell-output';

const { env: environment, stdin, stderr } = process;

/** On standard error, so that what is asked gets into no pipe. Loaded when something is asked. */
async function ask(message: string): Promise<boolean> {
  const { confirm } = await import('@inquirer/prompts');
  return confirm({ message, default: false }, { output: stderr });
}

async function askHidden(message: string): Promise<string> {
  const { password } = await import('@inquirer/prompts');
  return password({ message, mask: true }, { output: stderr });
}

/** The shell's user; containers and services have none in their environment. */
function userName(): string | undefined {
  if (environment.USER) return environment.USER;
  try {
    return userInfo().username;
  } catch {
    return process.getuid ? `uid ${process.getuid()}` : undefined;
  }
}

/** What the shell's user would type to call the engine in the same way. */
function calledAs(): string | undefined {
  if (environment.npm_lifecycle_event === 'engine') return 'npm run engine --';
  if (environment.ENGINE_CALLED_AS) return environment.ENGINE_CALLED_AS;
  return environment.npm_command === 'exec' ? 'npx engine' : 'engine';
}

const isTerminal = stdin.isTTY && stderr.isTTY;

const projectFolder = process.cwd();

const host: CommandHost = {
  projectFolder,
  ...shellOutput(environment),
  ...(isTerminal ? { confirm: ask, askHidden } : {}),
  readInput: stdin.isTTY ? undefined : async () => text(stdin),
  operator: userName(),
  calledAs: calledAs(),
  openStage: async (name) => {
    const { openStage } = await import('./stage.js');
    return openStage(name, projectFolder, async () => import('./stage-cloud.js'));
  },
};

void runEngine(process.argv.slice(2), host).then((code) => { process.exitCode = code; });
