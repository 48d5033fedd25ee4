import type { CommandHost } from '../../src/cli/command-host';
import { runEngine } from '../../src/cli/engine-program';
import type { Stage } from '../../src/cli/stage';
import { openStage } from '../../src/cli/stage';

type Setting = Partial<Pick<CommandHost, 'confirm' | 'operator'>>;

/** Runs a command line of the engine on a stage of which these parts are in memory; the rest is never called. */
export async function onStage(parts: Partial<Stage>, words: readonly string[], more: Setting = {}) {
  const output: string[] = [];
  const errors: string[] = [];
  const nowhere = '/nowhere';
  const unloaded = async () => Promise.reject(new Error('This test arranged no such part of the stage.'));
  const code = await runEngine(words, {
    projectFolder: nowhere,
    columns: 1000,
    print: (line) => { output.push(line); },
    printError: (line) => { errors.push(line); },
    // The local stage would have to run.
    openStage: (name) => ({ ...openStage('dev', nowhere, unloaded), name, ...parts }),
    ...more,
  });
  return { code, output: output.join('\n'), errors: errors.join('\n') };
}
