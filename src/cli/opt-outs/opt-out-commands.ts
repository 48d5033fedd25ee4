import { Command, Option } from 'commander';
import type { Channel } from '../../core/channel';
import { CHANNELS } from '../../core/channel';
import { maskAddress } from '../../operations/masking';
import type { SenderReference } from '../../operations/opt-outs/opt-outs';
import { findSender, liftOptOut, listOptOuts, recordOptOut } from '../../operations/opt-outs/opt-outs';
import { ANY_COMPANY, audited } from '../audited';
import { CommandError } from '../command-error';
import type { CommandHost, CommandOutput } from '../command-host';
import { withStage } from '../command-host';
import { confirmed } from '../decisions';
import { moment } from '../moments';
import type { Stage } from '../stage';

/** `optout`: who wants no more messages from which sender. Router and processor apply it with the next message. */
export function optOutCommands(host: CommandHost): Command {
  return new Command('optout')
    .description('look at, record and lift opt-outs of a recipient from a company\'s sender')
    .addCommand(listCommand(host))
    .addCommand(addCommand(host))
    .addCommand(removeCommand(host));
}

interface SenderOptions {
  readonly sender?: string;
  readonly company?: string;
  readonly project?: string;
  readonly channel?: Channel;
}

const ADDRESS = 'the recipient\'s phone number (E.164) or e-mail address';

function withSender(command: Command): Command {
  return command
    .argument('<address>', ADDRESS)
    .option('--sender <address>', 'the company\'s number or address')
    .option('--company <id>', 'instead of --sender: whose')
    .option('--project <id>', 'with --company')
    .addOption(new Option('--channel <channel>', 'with --company').choices(CHANNELS));
}

function listCommand(host: CommandHost): Command {
  return new Command('list')
    .description('what a recipient has opted out of')
    .argument('<address>', ADDRESS)
    .addHelpText('after', '\nExamples:\n  engine optout list +447700900210 --stage prod')
    .action(async (address: string, _options: object, command: Command) =>
      withStage(host, command, 'Reading the opt-outs', async (stage, output) => {
        const found = await listOptOuts(stage, recipient(address));
        const now = stage.clock.now();
        const lines = found.map(({ sender, at, source }) => `from ${sender}  since ${moment(at, now)}  (${source})`);
        output.result(found, lines.length === 0 ? [`${maskAddress(address)} has opted out of nothing`] : lines);
      }));
}

const ADD_EXAMPLES = `
Examples:
  engine optout add +447700900210 --company acme --project nurses --channel sms
  engine optout add amara@example.com --sender careers@example.com`;

function addCommand(host: CommandHost): Command {
  return withSender(
    new Command('add').description(
      'records that a recipient wants no more messages from a sender; the first word counts',
    ),
  )
    .addHelpText('after', ADD_EXAMPLES)
    .action(async (address: string, options: SenderOptions, command: Command) =>
      withStage(host, command, 'Recording the opt-out', async (stage, output) => {
        const sender = await requireSender(stage, options, command, output);
        await recordOptOut(stage, recipient(address), sender);
        await audited(stage, host, { action: 'opt_out', company: options.company ?? ANY_COMPANY, fields: [sender] });
        output.result({ sender, outcome: 'opted out' }, [
          `${maskAddress(address)} gets no more messages from ${sender}`,
        ]);
      }),
    );
}

const REMOVE_EXAMPLES = `
Examples:
  engine optout remove +447700900210 --company acme --project hr --channel sms`;

function removeCommand(host: CommandHost): Command {
  return withSender(
    new Command('remove').description('lifts an opt-out, for a person who has asked for messages again'),
  )
    .option('--yes', 'do not ask')
    .addHelpText('after', REMOVE_EXAMPLES)
    .action(async (address: string, { yes, ...options }: SenderOptions & { readonly yes?: true }, command: Command) =>
      withStage(host, command, 'Lifting the opt-out', async (stage, output) => {
        const sender = await requireSender(stage, options, command, output);
        const found = await listOptOuts(stage, recipient(address));
        if (!found.some((one) => one.sender === sender)) {
          const list = output.command('optout', 'list', address);
          throw new CommandError(
            `Lifting the opt-out failed: ${maskAddress(address)} has none from ${sender}; see ${list}`,
          );
        }
        await confirmed(host, `Has ${maskAddress(address)} asked for messages from ${sender} again?`, yes);
        await liftOptOut(stage, recipient(address), sender);
        await audited(stage, host, { action: 'lift_opt_out', company: options.company ?? ANY_COMPANY, fields: [sender] });
        output.result({ sender, outcome: 'lifted' }, [`${maskAddress(address)} may get messages from ${sender} again`]);
      }),
    );
}

function recipient(address: string): string {
  if (/^\+[1-9]\d{6,14}$/.test(address) || /^[^\s@]+@[^\s@]+$/.test(address)) return address;
  throw new CommandError(
    'Reading the recipient failed: give a phone number in E.164 form (+447700900210) or an e-mail address.',
  );
}

async function requireSender(
  stage: Stage,
  options: SenderOptions,
  command: Command,
  output: CommandOutput,
): Promise<string> {
  const reference =
    referenceOf(options) ??
    command.error('error: it is not said from whom; give --sender <address>, or --company, --project and --channel');
  const found = await findSender(stage, reference);
  switch (found.outcome) {
    case 'found':
      return found.sender;
    case 'company_not_found': {
      const list = output.command('company', 'list');
      throw new CommandError(`Finding the sender failed: the stage has no such project of such a company; see ${list}`);
    }
    case 'no_sender':
      throw new CommandError('Finding the sender failed: the project has no sender for the channel; give --sender.');
  }
}

function referenceOf({ sender, company, project, channel }: SenderOptions): SenderReference | undefined {
  if (sender !== undefined) return { by: 'address', address: recipient(sender) };
  if (company === undefined || project === undefined || channel === undefined) return undefined;
  return { by: 'project', company, project, channel };
}
