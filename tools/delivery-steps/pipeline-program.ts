import { Command, CommanderError } from 'commander';
import type { StepHost } from './step-host';
import { addAssemblySteps } from './steps/assembly-steps';
import { addCheckSteps } from './steps/check-steps';
import { addGitHubSteps } from './steps/github-steps';
import { addNightlySteps } from './steps/nightly-steps';

/** Runs the step that the first word names. Rejects with one sentence. */
export async function runPipelineStep(words: readonly string[], host: StepHost): Promise<void> {
  const program = new Command('npx projen pipeline')
    .description('The steps of the delivery workflows')
    .exitOverride()
    .configureOutput({ writeOut: (text) => { host.say(text.trimEnd()); }, writeErr: () => undefined });
  addCheckSteps(program, host);
  addAssemblySteps(program, host);
  addGitHubSteps(program, host);
  addNightlySteps(program, host);
  try {
    await program.parseAsync(withoutEmptyValues(words), { from: 'user' });
  } catch (cause) {
    if (!(cause instanceof CommanderError)) throw cause;
    if (cause.exitCode === 0) return;
    const known = program.commands.map((command) => command.name()).join(', ');
    const reason = cause.message.replace(/^error: /, '');
    throw new Error(
      `Running the pipeline step "${words[0] ?? ''}" failed: ${reason}. The steps are ${known}; each lists its flags `
        + 'with --help.', { cause });
  }
}

/** An unset variable of a workflow arrives as an empty value, which counts as not given. */
function withoutEmptyValues(words: readonly string[]): string[] {
  return words.filter((word, index) => word !== '' && !(word.startsWith('--') && words[index + 1] === ''));
}
