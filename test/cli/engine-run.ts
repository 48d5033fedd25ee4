import type { CommandHost } from '../../src/cli/command-host';
import { runEngine } from '../../src/cli/engine-program';
import { openStage } from '../../src/cli/stage';
import * as cloud from '../../src/cli/stage-cloud';

/** What a command line printed, and its exit code. */
export interface EngineRun {
  readonly code: number;
  readonly output: string;
  readonly errors: string;
}

type Setting = Partial<Pick<CommandHost, 'askHidden' | 'calledAs' | 'columns' | 'confirm' | 'operator' | 'readInput'>>;

/** Runs a command line of the engine in a project folder, as a shell would. */
export async function engine(projectFolder: string, ...words: readonly string[]): Promise<EngineRun> {
  return engineWith({}, projectFolder, ...words);
}

/** The same with something on standard input, or an operator at the terminal. */
export async function engineWith(
  more: Setting,
  projectFolder: string,
  ...words: readonly string[]
): Promise<EngineRun> {
  const output: string[] = [];
  const errors: string[] = [];
  const host: CommandHost = {
    projectFolder,
    // Wide enough that no sentence of a test is folded.
    columns: 1000,
    print: (line) => {
      output.push(line);
    },
    printError: (line) => {
      errors.push(line);
    },
    openStage: (name) => openStage(name, projectFolder, () => Promise.resolve(cloud)),
    ...more,
  };
  const code = await runEngine(words, host);
  return { code, output: output.join('\n'), errors: errors.join('\n') };
}
