import { Command, CommanderError } from 'commander';
import { CommandError } from '../command-error';
import { EXIT_CODES } from '../exit-codes';
import type { StageFlags } from './deployment-commands';
import { deployStage, destroyStage, showDifference } from './deployment-commands';
import type { DeploymentHost } from './deployment-host';

/** Runs one command line (without the program's name) and answers its exit code. */
export async function runDeployment(words: readonly string[], host: DeploymentHost): Promise<number> {
  try {
    // `npx projen deploy -- --stage dev` hands its dashes on.
    await program(host).parseAsync(words.filter((word) => word !== '--'), { from: 'user' });
    return EXIT_CODES.done;
  } catch (error) {
    if (error instanceof CommanderError) return error.exitCode === 0 ? EXIT_CODES.done : EXIT_CODES.usage;
    if (!(error instanceof CommandError)) throw error;
    host.complain(error.message);
    return EXIT_CODES.failed;
  }
}

function program(host: DeploymentHost): Command {
  const commands = new Command('deployment').description('changes a stage\'s stack from this machine; the pipeline does it from the repository');
  const add = (name: string, description: string, run: (flags: StageFlags, host: DeploymentHost) => Promise<void>) => {
    const command = commands.command(name).description(description)
      .option('--stage <stage>', 'the stage, as .projenrc.ts names it', 'dev')
      .option('--confirm <stage>', 'the stage\'s name, where nobody is there to type it')
      .action(async (flags: StageFlags) => run(flags, host));
    silence(command, host);
  };
  add('deploy', 'checks the account, deploys the stage\'s stack and shows its outputs', deployStage);
  add('diff', 'shows what a deployment would change', showDifference);
  add('destroy', 'deletes the stage\'s stack', destroyStage);
  silence(commands, host);
  return commands;
}

function silence(command: Command, host: DeploymentHost): void {
  command.exitOverride().configureOutput({
    writeOut: (text) => { host.print(text.trimEnd()); },
    writeErr: (text) => { host.complain(text.trimEnd()); },
  });
}
