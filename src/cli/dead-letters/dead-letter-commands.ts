import { Command, Option } from 'commander';
import { CHANNELS } from '../../core/channel';
import type { Channel } from '../../core/channel';
import type { CommandHost } from '../command-host';
import { withStage } from '../command-host';
import { wholeNumberTo } from '../whole-number';
import { listDeadLetters, listedLines } from './list';
import { redriveAll, redriveOne } from './redrive';

const MOST_LISTED = 50;

/** `deadletter`: what the processors could not work, which is for bugs; every business outcome is on its record instead. */
export function deadLetterCommands(host: CommandHost): Command {
  return new Command('deadletter')
    .description('look at dead letters and send them through their processor again')
    .addCommand(listCommand(host))
    .addCommand(redriveCommand(host));
}

function channelOption(description: string): Option {
  return new Option('--channel <channel>', description).choices(CHANNELS);
}

function listCommand(host: CommandHost): Command {
  return new Command('list')
    .description('each channel\'s dead letters with their age, what their record says and what to do')
    .addOption(channelOption('only this channel'))
    .option('--limit <count>', 'letters shown a channel', wholeNumberTo(Infinity), MOST_LISTED)
    .addHelpText('after', '\nExamples:\n  engine deadletter list --stage prod\n  engine deadletter list --stage local --channel sms --json')
    .action(async (options: { readonly channel?: Channel; readonly limit: number }, command: Command) =>
      withStage(host, command, async (clients, output) => {
        const channels = options.channel ? [options.channel] : CHANNELS;
        const listed = await Promise.all(channels.map(async (channel) => listDeadLetters(clients, channel, options.limit, Date.now())));
        output.result(listed, listed.flatMap(listedLines));
      }));
}

function redriveCommand(host: CommandHost): Command {
  return new Command('redrive')
    .description('sends dead letters back to their queue; safe to repeat, since the processor takes up only what the record still asks for')
    .addOption(channelOption('the channel whose dead letters are meant').makeOptionMandatory())
    .addOption(new Option('--message <id>', 'only the message with this id (from deadletter list)').conflicts('all'))
    .option('--all', 'every dead letter of the channel, by SQS\'s own move task')
    .addHelpText('after', '\nExamples:\n  engine deadletter redrive --stage prod --channel sms --all\n  engine deadletter redrive --channel email --message 5fea7756-0ea4-451a-a703-a558b933e274')
    .action(async (options: { readonly channel: Channel; readonly message?: string; readonly all?: true }, command: Command) =>
      withStage(host, command, async (clients, output) => {
        const { channel, message, all } = options;
        if (message === undefined && !all) command.error('error: it was not said what to redrive: give --message <id> or --all');
        const redriven = message === undefined
          ? await redriveAll(clients, channel, (moved, toMove) => { output.progress(`${moved} of ${toMove} moved`); })
          : await redriveOne(clients, channel, message);
        output.result(redriven, [`${channel}: ${redriven.moved} dead letter${redriven.moved === 1 ? '' : 's'} sent back to the queue`]);
      }));
}
