import { Command } from 'commander';
import { examineStage } from '../../operations/health/examine-stage';
import { awsFailure, CommandError } from '../command-error';
import type { CommandHost } from '../command-host';
import { withStage } from '../command-host';
import { countFaults, findingLines, plural } from '../findings';

const EXAMPLES = `
Examples:
  engine doctor --stage prod
  engine doctor --stage dev --json`;

/** `doctor`: whether a stage has all that it needs. */
export function doctorCommand(host: CommandHost): Command {
  return new Command('doctor')
    .description(
      "looks at credentials, stack, tables, queues, secrets, companies and the alarms' subscribers; exit code 1 for "
        + 'a fault',
    )
    .addHelpText('after', EXAMPLES)
    .action(async (_options: object, command: Command) =>
      withStage(host, command, 'Looking at the stage', async (stage, output) => {
        const found = await examineStage(stage, (attempted, error) => awsFailure(attempted, error).message);
        output.result(
          found,
          found.flatMap(({ company, project, channel, ...one }) =>
            findingLines(one, { company, project, channel }, output),
          ),
        );
        const faults = countFaults(found);
        if (faults > 0) {
          throw new CommandError(
            `${stage.names.stack} has ${plural(faults, 'fault')}: mend them, then run doctor again.`,
          );
        }
      }),
    );
}
