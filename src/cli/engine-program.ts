import { Command, CommanderError, Option } from 'commander';
import { CommandError } from './command-error';
import type { CommandHost } from './command-host';
import { companyCommands } from './companies/company-commands';
import { conversationCommands } from './conversations/conversation-commands';
import { workingStages } from './delivery-stages';
import { deadLetterCommands } from './dead-letters/dead-letter-commands';
import { EXIT_CODES } from './exit-codes';
import { doctorCommand } from './doctor/doctor-command';
import { handoffCommands } from './handoffs/handoff-commands';
import { keyCommands } from './keys/key-commands';
import { optOutCommands } from './opt-outs/opt-out-commands';
import { personCommands } from './people/person-commands';
import { dryRunCommand } from './requests/dry-run-command';
import { sendCommand } from './requests/send-command';
import { secretCommands } from './secrets/secret-commands';
import { templateCommands } from './templates/template-commands';

const HELP = `
Exit codes:
  0  done
  1  failed; one sentence on standard error says why and what to do
  2  the command's words or flags were wrong; nothing was done`;

/** Runs one command line (without the program's name) and answers its exit code. */
export async function runEngine(words: readonly string[], host: CommandHost): Promise<number> {
  try {
    // `npx projen engine -- list` hands its dashes on, after which commander would take no flag.
    const given = words[0] === '--' ? words.slice(1) : words;
    await engineProgram(host).parseAsync([...given], { from: 'user' });
    return EXIT_CODES.done;
  } catch (error) {
    // Commander has said what was wrong, or printed the help that was asked for.
    if (error instanceof CommanderError) return error.exitCode === 0 ? EXIT_CODES.done : EXIT_CODES.usage;
    if (!(error instanceof CommandError)) throw error;
    host.complain(error.message);
    return EXIT_CODES.failed;
  }
}

/** The program with all its commands. */
export function engineProgram(host: CommandHost): Command {
  const engine = new Command('engine')
    .description('operators\' commands of the AI Multi-Comms Engine')
    .addOption(stageOption(host))
    .option('--json', 'the result as JSON on standard output')
    .addHelpText('after', HELP)
    .addCommand(companyCommands(host))
    .addCommand(keyCommands(host))
    .addCommand(secretCommands(host))
    .addCommand(templateCommands(host))
    .addCommand(doctorCommand(host))
    .addCommand(optOutCommands(host))
    .addCommand(conversationCommands(host))
    .addCommand(deadLetterCommands(host))
    .addCommand(dryRunCommand(host))
    .addCommand(handoffCommands(host))
    .addCommand(personCommands(host))
    .addCommand(sendCommand(host));
  for (const command of withChildren(engine)) {
    command.exitOverride().configureOutput({
      writeOut: (text) => { host.print(text.trimEnd()); },
      writeErr: (text) => { host.complain(text.trimEnd()); },
    });
  }
  return engine;
}

function stageOption({ projectFolder }: CommandHost): Option {
  const option = new Option('--stage <stage>', 'where to work; local is what `npx projen local` runs').default('local');
  const stages = workingStages(projectFolder);
  return stages ? option.choices(stages) : option;
}

function withChildren(command: Command): readonly Command[] {
  return [command, ...command.commands.flatMap(withChildren)];
}
