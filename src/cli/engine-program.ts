import { Command, Option } from 'commander';
import { ENGINE_VERSION } from '../core/version';
import { cardCommands } from './cards/card-commands';
import type { CommandHost } from './command-host';
import { companyCommands } from './companies/company-commands';
import { conversationCommands } from './conversations/conversation-commands';
import { workingStages } from './delivery-stages';
import { deadLetterCommands } from './dead-letters/dead-letter-commands';
import { completionCommand } from './completion/completion-command';
import { retryCommand } from './conversations/retry-command';
import { doctorCommand } from './health/doctor-command';
import { endpointCommands } from './endpoints/endpoint-commands';
import { statusCommand } from './health/status-command';
import { handoffCommands } from './handoffs/handoff-commands';
import { keyCommands } from './keys/key-commands';
import { optOutCommands } from './opt-outs/opt-out-commands';
import { personCommands } from './people/person-commands';
import { replyCommands } from './replies/reply-commands';
import { threadCommands } from './replies/thread-commands';
import { dryRunCommand } from './requests/dry-run-command';
import { sendCommand } from './requests/send-command';
import { runProgram } from './run-program';
import { secretCommands } from './secrets/secret-commands';
import { templateCommands } from './templates/template-commands';

const HELP = `
Exit codes:
  0  done
  1  failed; one sentence on standard error says why and what to do
  2  the command's words or flags were wrong; nothing was done`;

/** Runs one command line (without the program's name) and answers its exit code. */
export async function runEngine(words: readonly string[], host: CommandHost): Promise<number> {
  return runProgram(engineProgram, words, host);
}

/** The program with all its commands. */
export function engineProgram(host: CommandHost): Command {
  return new Command('engine')
    .description('operators\' commands of the AI Multi-Comms Engine')
    .addOption(stageOption(host))
    .option('--json', 'the result as JSON on standard output')
    .version(ENGINE_VERSION, '--version', 'the version of the engine')
    .addHelpText('after', HELP)
    .addCommand(statusCommand(host))
    .addCommand(retryCommand(host))
    .addCommand(companyCommands(host))
    .addCommand(keyCommands(host))
    .addCommand(endpointCommands(host))
    .addCommand(secretCommands(host))
    .addCommand(templateCommands(host))
    .addCommand(cardCommands(host))
    .addCommand(doctorCommand(host))
    .addCommand(optOutCommands(host))
    .addCommand(conversationCommands(host))
    .addCommand(deadLetterCommands(host))
    .addCommand(dryRunCommand(host))
    .addCommand(handoffCommands(host))
    .addCommand(replyCommands(host))
    .addCommand(threadCommands(host))
    .addCommand(personCommands(host))
    .addCommand(sendCommand(host))
    .addCommand(completionCommand(host));
}

function stageOption({ projectFolder }: CommandHost): Option {
  const option = new Option('--stage <stage>', 'where to work; local is what `npx projen local` runs').default('local');
  const stages = workingStages(projectFolder);
  return stages ? option.choices(stages) : option;
}
