import type { CommandHost } from '../../src/cli/command-host';
import { runEngine } from '../../src/cli/engine-program';
import type { Stage } from '../../src/cli/stage';
import { openStage } from '../../src/cli/stage';
import type { AuditItem } from '../../src/core/ports/audit';

type Setting = Partial<Pick<CommandHost, 'confirm' | 'operator'>>;

/** Runs a command line of the engine on a stage of which these parts are in memory; the rest is never called. */
export async function onStage(parts: Partial<Stage>, words: readonly string[], more: Setting = {}) {
  const output: string[] = [];
  const errors: string[] = [];
  const audited: AuditItem[] = [];
  const remembered: Partial<Stage> = {
    audit: {
      add: async (item) => Promise.resolve(void audited.push(item)),
      list: async () => Promise.resolve({ items: audited }),
    },
  };
  const nowhere = '/nowhere';
  const unloaded = async () => Promise.reject(new Error('This test arranged no such part of the stage.'));
  const code = await runEngine(words, {
    projectFolder: nowhere,
    columns: 1000,
    print: (line) => { output.push(line); },
    printError: (line) => { errors.push(line); },
    // The local stage would have to run.
    openStage: (name) => {
      const stage = openStage('dev', nowhere, unloaded);
      return { ...stage, probe: { ...stage.probe, kind: 'local' }, ...remembered, name, ...parts };
    },
    ...more,
  });
  const audit = audited.length > 0 ? { audited } : {};
  return { code, output: output.join('\n'), errors: errors.join('\n'), ...audit };
}
