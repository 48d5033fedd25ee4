import { Command } from 'commander';
import { CommandError } from '../command-error';
import type { CommandHost } from '../command-host';
import { withStage } from '../command-host';
import { examine } from './examine';

/** `doctor`: whether a stage has all that it needs. */
export function doctorCommand(host: CommandHost): Command {
  return new Command('doctor')
    .description('looks at credentials, stack, tables, queues, secrets, companies and who hears the alarms; one line each with what to do. Exit code 1 if anything is at fault')
    .addHelpText('after', '\nExamples:\n  engine doctor --stage prod\n  engine doctor --stage dev --json')
    .action(async (_options: object, command: Command) => withStage(host, command, async (clients, output) => {
      const found = await examine(clients);
      output.result(found, found.map(({ subject, verdict, words }) => `${verdict.padEnd(7)}  ${subject}: ${words}`));
      const faults = found.filter(({ verdict }) => verdict === 'fault').length;
      if (faults > 0) throw new CommandError(`${clients.names.stack} has ${faults} fault${faults === 1 ? '' : 's'}: do what the line${faults === 1 ? ' says' : 's say'}, then run doctor again.`);
    }));
}
