import { Command } from 'commander';
import { runProgram } from '../../src/cli/run-program';
import type { StageFlags } from './deployment-commands';
import { bootstrap } from './bootstrap';
import { deployStage, destroyStage, showDifference } from './deployment-commands';
import type { DeploymentHost } from './deployment-host';

/** Runs one command line (without the program's name) and answers its exit code. */
export async function runDeployment(words: readonly string[], host: DeploymentHost): Promise<number> {
  // `npx projen deploy -- --stage dev` hands its dashes on after the command's name.
  return runProgram(program, words.filter((word) => word !== '--'), host);
}

function program(host: DeploymentHost): Command {
  const commands = new Command('deployment').description(
    'changes a stage\'s stack from this machine; the pipeline does it from the repository');
  const add = (name: string, description: string, run: (flags: StageFlags, host: DeploymentHost) => Promise<void>) => {
    commands.command(name).description(description)
      .option('--stage <stage>', 'the stage, as .projenrc.ts names it', 'dev')
      .option('--confirm <stage>', 'the stage\'s name, for a shell without a terminal')
      .action(async (flags: StageFlags) => run(flags, host));
  };
  add('deploy', 'checks the account, deploys the stage\'s stack and shows its outputs', deployStage);
  add('diff', 'shows what a deployment would change', showDifference);
  add('destroy', 'deletes the stage\'s stack', destroyStage);
  commands.command('bootstrap')
    .description('prepares an account for stages: CDK\'s stack, GitHub as identity provider, roles')
    .requiredOption('-c, --context <key=value...>', 'stages=dev,prod; githubProvider=exists if the account has it')
    .action(async ({ context }: { readonly context: readonly string[] }) => bootstrap(context, host));
  return commands;
}
