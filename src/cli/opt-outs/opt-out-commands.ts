import { Command, Option } from 'commander';
import type { Channel } from '../../core/channel';
import { CHANNELS } from '../../core/channel';
import { channelAccess } from '../../core/company/channel-access';
import { timestamp } from '../../core/ports/clock';
import { senderIdentity } from '../../core/lifecycle/conversation-id';
import { DynamoDbOptOuts } from '../../records/dynamodb-opt-outs';
import { awsFailure, CommandError } from '../command-error';
import type { CommandHost } from '../command-host';
import { withStage } from '../command-host';
import { requireRecord } from '../companies/company-stores';
import { maskAddress } from '../masking';
import { confirmed } from '../operator';
import type { StageClients } from '../stage-clients';

/** `optout`: who wants to hear no more from whom. Router and processor heed it with the next message. */
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

function withSender(command: Command): Command {
  return command
    .argument('<address>', 'the recipient\'s phone number (E.164) or e-mail address')
    .option('--sender <address>', 'the company\'s number or address')
    .option('--company <id>', 'instead of --sender: whose')
    .option('--project <id>', 'with --company')
    .addOption(new Option('--channel <channel>', 'with --company').choices(CHANNELS));
}

function listCommand(host: CommandHost): Command {
  return new Command('list')
    .description('what a recipient has opted out of')
    .argument('<address>', 'the recipient\'s phone number (E.164) or e-mail address')
    .addHelpText('after', '\nExamples:\n  engine optout list +447700900210 --stage prod')
    .action(async (address: string, _options: object, command: Command) => withStage(host, command, async (clients, output) => {
      const found = await optOuts(clients).list(recipient(address)).catch((error: unknown) => { throw awsFailure('Reading the opt-outs', error); });
      const lines = found.map(({ sender, at, source }) => `from ${sender}  since ${at}  (${source})`);
      output.result(found, lines.length === 0 ? [`${maskAddress(address)} has opted out of nothing`] : lines);
    }));
}

function addCommand(host: CommandHost): Command {
  return withSender(new Command('add').description('records that a recipient wants no more messages from a sender; the first word counts'))
    .addHelpText('after', '\nExamples:\n  engine optout add +447700900210 --company harbour-and-pine --project nurses --channel sms\n  engine optout add amara@example.com --sender careers@example.com')
    .action(async (address: string, options: SenderOptions, command: Command) => withStage(host, command, async (clients, output) => {
      const sender = await senderOf(clients, options, command);
      const word = { recipient: recipient(address), sender, at: timestamp(Date.now()), source: 'operator' };
      await optOuts(clients).add(word).catch((error: unknown) => { throw awsFailure('Recording the opt-out', error); });
      output.result({ sender, outcome: 'opted out' }, [`${maskAddress(address)} gets no more messages from ${sender}`]);
    }));
}

function removeCommand(host: CommandHost): Command {
  return withSender(new Command('remove').description('lifts an opt-out, for somebody who has asked for messages again'))
    .option('--yes', 'do not ask')
    .addHelpText('after', '\nExamples:\n  engine optout remove +447700900210 --company harbour-and-pine --project nurses --channel sms')
    .action(async (address: string, { yes, ...options }: SenderOptions & { readonly yes?: true }, command: Command) =>
      withStage(host, command, async (clients, output) => {
        const sender = await senderOf(clients, options, command);
        const found = await optOuts(clients).list(recipient(address)).catch((error: unknown) => { throw awsFailure('Reading the opt-outs', error); });
        if (!found.some((told) => told.sender === sender)) {
          throw new CommandError(`Lifting the opt-out failed: ${maskAddress(address)} has none from ${sender}; see optout list.`);
        }
        await confirmed(host, `Has ${maskAddress(address)} asked for messages from ${sender} again?`, yes);
        await optOuts(clients).remove({ recipient: recipient(address), sender, at: timestamp(Date.now()) })
          .catch((error: unknown) => { throw awsFailure('Lifting the opt-out', error); });
        output.result({ sender, outcome: 'lifted' }, [`${maskAddress(address)} may get messages from ${sender} again`]);
      }));
}

function optOuts({ tables, names }: StageClients): DynamoDbOptOuts {
  return new DynamoDbOptOuts(tables, names.conversationTable);
}

function recipient(address: string): string {
  if (/^\+[1-9]\d{6,14}$/.test(address) || /^[^\s@]+@[^\s@]+$/.test(address)) return address;
  throw new CommandError('Reading the recipient failed: give a phone number in E.164 form (+447700900210) or an e-mail address.');
}

/** As the sender stands in conversation identifiers. */
async function senderOf(clients: StageClients, { sender, company, project, channel }: SenderOptions, command: Command): Promise<string> {
  if (sender !== undefined) return senderIdentity(recipient(sender));
  if (company === undefined || project === undefined || channel === undefined) {
    return command.error('error: say from whom: --sender <address>, or --company, --project and --channel');
  }
  const access = channelAccess(await requireRecord(clients, 'Finding the sender', company, project), channel);
  if (!access) throw new CommandError(`Finding the sender failed: ${company} ${project} has no sender for ${channel}; give --sender.`);
  return senderIdentity(access.sender);
}
