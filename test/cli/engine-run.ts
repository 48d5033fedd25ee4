import type { CommandHost } from '../../src/cli/command-host';
import { runEngine } from '../../src/cli/engine-program';

/** What a command line printed, and its exit code. */
export interface EngineRun {
  readonly code: number;
  readonly output: string;
  readonly complaints: string;
}

/** Runs a command line of the engine in a project folder, as a shell would. */
export async function engine(projectFolder: string, ...words: readonly string[]): Promise<EngineRun> {
  return engineWith({}, projectFolder, ...words);
}

/** The same with something on standard input, or somebody at the terminal. */
export async function engineWith(
  more: Partial<Pick<CommandHost, 'askHidden' | 'confirm' | 'operator' | 'readInput'>>, projectFolder: string, ...words: readonly string[]
): Promise<EngineRun> {
  const output: string[] = [];
  const complaints: string[] = [];
  const host = { projectFolder, print: (line: string) => { output.push(line); }, complain: (line: string) => { complaints.push(line); }, ...more };
  const code = await runEngine(words, host);
  return { code, output: output.join('\n'), complaints: complaints.join('\n') };
}
