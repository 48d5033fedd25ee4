import { ASSEMBLY_COMMANDS } from './commands/assembly-commands';
import { CHECK_COMMANDS } from './commands/check-commands';
import { GITHUB_COMMANDS } from './commands/github-commands';
import { NIGHTLY_COMMANDS } from './commands/nightly-commands';
import { readFlags } from './flags';
import type { PipelineCommand } from './pipeline-command';
import type { StepHost } from './step-host';

const COMMANDS: Readonly<Record<string, PipelineCommand | undefined>> = {
  ...CHECK_COMMANDS,
  ...ASSEMBLY_COMMANDS,
  ...GITHUB_COMMANDS,
  ...NIGHTLY_COMMANDS,
};

/** Runs the step that the first word names. */
export async function runPipelineStep(words: readonly string[], host: StepHost): Promise<void> {
  const [name = '', ...rest] = words;
  const command = Object.hasOwn(COMMANDS, name) ? COMMANDS[name] : undefined;
  if (!command) throw new Error(`Running the pipeline step "${name}" failed: there is no such step. Take one of ${Object.keys(COMMANDS).join(', ')}.`);
  await command.run(readFlags(name, rest, command.flags), host);
}
