import { Argument, Command } from 'commander';
import type { CommandHost } from '../command-host';
import type { Shell } from './completion-script';
import { completionScript, SHELLS } from './completion-script';

const HELP = `
Examples:
  engine completion bash > ~/.local/share/bash-completion/completions/engine
  engine completion zsh >> ~/.zshrc`;

/** `completion`: what a shell needs to complete commands and options. */
export function completionCommand(host: CommandHost): Command {
  return new Command('completion')
    .description('prints a script by which a shell completes commands, options and their words')
    .addArgument(new Argument('<shell>', 'which').choices(SHELLS))
    .addHelpText('after', HELP)
    .action((shell: Shell, _options: object, command: Command) => {
      if (command.parent) host.print(completionScript(command.parent, shell));
    });
}
