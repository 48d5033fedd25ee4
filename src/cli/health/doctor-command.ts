import { Command } from 'commander';
import { examineStage } from '../../operations/health/examine-stage';
import { awsFailure, CommandError } from '../command-error';
import type { CommandHost } from '../command-host';
import { withStage } from '../command-host';
import { countFaults, findingLines, plural } from '../findings';

const HELP = `
Exit code 1 if anything is at fault.

Examples:
  engine doctor --stage prod
  engine doctor --stage dev --no-verify --json`;

/** `doctor`: whether a stage has all that it needs. */
export function doctorCommand(host: CommandHost): Command {
  return new Command('doctor')
    .description(
      'looks at credentials, stack, tables, queues, secrets, companies and the alarms\' subscribers, '
        + 'and asks the companies\' vendors; sends nothing',
    )
    .option('--no-verify', 'do not ask the vendors; see company verify')
    .addHelpText('after', HELP)
    .action(async ({ verify }: { readonly verify: boolean }, command: Command) =>
      withStage(host, command, 'Looking at the stage', async (stage, output) => {
        const describe = (attempted: string, error: unknown) => awsFailure(attempted, error).message;
        const found = await examineStage(stage, { describe, asksVendors: verify });
        const lines = found.flatMap(({ company, project, channel, ...one }) =>
          findingLines(one, { company, project, channel }, output, host.columns),
        );
        output.result(found, lines);
        const faults = countFaults(found);
        if (faults === 0) return;
        const again = 'mend them, then run doctor again';
        throw new CommandError(`${stage.names.stack} has ${plural(faults, 'fault')}: ${again}.`);
      }));
}
