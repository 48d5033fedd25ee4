import { Command, Option } from 'commander';
import type { Channel } from '../../core/channel';
import { CHANNELS } from '../../core/channel';
import type { ChannelFinding, VerifyResult } from '../../operations/companies/verify-company';
import { verifyAnswers } from '../../operations/companies/verify-answers';
import { verifyAndKeep } from '../../operations/companies/verify-and-keep';
import type { Finding } from '../../core/ports/vendor-accounts';
import { CommandError } from '../command-error';
import type { CommandHost } from '../command-host';
import { withStage } from '../command-host';
import { countFaults, findingLines, plural } from '../findings';
import { requireRecord } from './require-record';

interface VerifyOptions {
  readonly channel?: Channel;
  readonly dryRun: boolean;
}

const HELP = `
Exit code 1 if anything is at fault.

Examples:
  engine company verify harbour-and-pine nurses --stage prod
  engine company verify harbour-and-pine nurses --channel whatsapp --json`;

/** `company verify`: what only the vendors can say, before the first message shows it. */
export function verifyCommand(host: CommandHost): Command {
  const attempted = 'Verifying';
  return new Command('verify')
    .description(
      'asks the vendors: credentials, sender, template and its approval, the webhook, and a dry run that sends nothing; '
        + 'judges the answer cards as of today; the console shows what was found',
    )
    .argument('<company>')
    .argument('<project>')
    .addOption(new Option('--channel <channel>', 'only this channel').choices(CHANNELS))
    .option('--no-dry-run', 'do not ask the model, whose answer costs a fraction of a cent')
    .addHelpText('after', HELP)
    .action(async (company: string, project: string, { channel, dryRun }: VerifyOptions, command: Command) =>
      withStage(host, command, attempted, async (stage, output) => {
        const record = await requireRecord(stage, { company, project, attempted }, output);
        const onChannel = (one: Channel) => {
          output.progress(`${one} …`);
        };
        const { operator: by = 'an operator' } = host;
        const result = await verifyAndKeep(stage, { record, channel, withDryRun: dryRun, onChannel, by });
        const ofChannels = verifiedOrRefused(`${company} ${project}`, channel, result);
        const answers: ReadonlyArray<Finding & Partial<ChannelFinding>> =
          channel === undefined ? verifyAnswers(stage, record) : [];
        const found = [...ofChannels, ...answers];
        output.result(
          found,
          found.flatMap((one) =>
            findingLines(
              one.channel === undefined ? one : { ...one, subject: `${one.channel}, ${one.subject}` },
              { company, project, channel: one.channel },
              output,
              host.columns,
            ),
          ),
        );
        const faults = countFaults(found);
        if (faults === 0) return;
        throw new CommandError(
          `${company} ${project} is not ready: it has ${plural(faults, 'fault')}; mend them, then verify again.`,
        );
      }),
    );
}

function verifiedOrRefused(
  whose: string,
  channel: Channel | undefined,
  result: VerifyResult,
): readonly ChannelFinding[] {
  switch (result.outcome) {
    case 'verified':
      return result.findings;
    case 'record_incomplete': {
      const faults = result.faults.map(({ path, message }) => `${path} ${message}`).join('; ');
      throw new CommandError(`Verifying failed: the record has faults (${faults}); mend them with company apply.`);
    }
    case 'channel_not_allowed':
      throw new CommandError(
        `Verifying failed: ${whose} does not allow ${channel ?? 'any channel'}; add it to allowed_channels.`,
      );
  }
}
