import { Command, Option } from 'commander';
import type { Channel } from '../../core/channel';
import { CHANNELS } from '../../core/channel';
import type { RedriveResult } from '../../core/ports/dead-letters';
import type { ListedChannel } from '../../operations/dead-letters/list-dead-letters';
import { listDeadLetters } from '../../operations/dead-letters/list-dead-letters';
import { CommandError } from '../command-error';
import type { CommandHost } from '../command-host';
import { withStage } from '../command-host';
import { field } from '../layout';
import { duration } from '../moments';
import { wholeNumberTo } from '../whole-number';

const MOST_LISTED = 50;

/**
 * `deadletter`: what the processors could not work, which is for bugs; every business outcome is on its record instead.
 */
export function deadLetterCommands(host: CommandHost): Command {
  return new Command('deadletter')
    .description('look at dead letters and send them through their processor again')
    .addCommand(listCommand(host))
    .addCommand(redriveCommand(host));
}

function channelOption(description: string): Option {
  return new Option('--channel <channel>', description).choices(CHANNELS);
}

const LIST_EXAMPLES = `
Examples:
  engine deadletter list --stage prod
  engine deadletter list --stage local --channel sms --json`;

function listCommand(host: CommandHost): Command {
  return new Command('list')
    .description('each channel\'s dead letters with their age, what their record says and what to do')
    .addOption(channelOption('only this channel'))
    .option('--limit <count>', 'letters shown a channel', wholeNumberTo(Infinity), MOST_LISTED)
    .addHelpText('after', LIST_EXAMPLES)
    .action(async (options: { readonly channel?: Channel; readonly limit: number }, command: Command) =>
      withStage(host, command, 'Listing the dead letters', async (stage, output) => {
        const channels = options.channel ? [options.channel] : CHANNELS;
        const listed = await Promise.all(
          channels.map(async (channel) => listDeadLetters(stage, channel, options.limit)),
        );
        output.result(listed, listed.flatMap((one) => listedLines(one, host.columns)));
      }));
}

/** One channel's letters as lines. */
export function listedLines({ channel, count, letters }: ListedChannel, columns?: number): readonly string[] {
  if (count === 0) return [`${channel}: no dead letters`];
  return [
    `${channel}: ${count} dead `
      + `letter${count === 1 ? '' : 's'}${letters.length < count ? `, ${letters.length} shown` : ''}`,
    ...letters.flatMap((letter) => {
      const { messageId, ageSeconds, conversationId, status, reason, words, action } = letter;
      return [
        `  ${messageId}  ${duration(ageSeconds * 1000)} old`,
        `  ${conversationId}`,
        ...field('  State', `${status ?? 'no record'}${reason ? ` (${reason}): ${words ?? ''}` : ''}`, columns),
        ...field('  Next', action, columns),
      ];
    }),
  ];
}

interface RedriveOptions {
  readonly channel: Channel;
  readonly message?: string;
  readonly all?: true;
}

const REDRIVE_EXAMPLES = `
Examples:
  engine deadletter redrive --stage prod --channel sms --all
  engine deadletter redrive --channel email \\
    --message 5fea7756-0ea4-451a-a703-a558b933e274`;

function redriveCommand(host: CommandHost): Command {
  return new Command('redrive')
    .description(
      'sends dead letters back to their queue; safe to repeat, since each is worked only as far as its record asks',
    )
    .addOption(channelOption('the channel whose dead letters are meant').makeOptionMandatory())
    .addOption(new Option('--message <id>', 'only the message with this id (from deadletter list)').conflicts('all'))
    .option('--all', "every dead letter of the channel, by SQS's own move task")
    .addHelpText('after', REDRIVE_EXAMPLES)
    .action(async ({ channel, message, all }: RedriveOptions, command: Command) =>
      withStage(host, command, `Redriving the dead letters of ${channel}`, async ({ deadLetters }, output) => {
        if (message === undefined && !all) {
          command.error('error: it is not said what to redrive; give --message <id> or --all');
        }
        const result =
          message === undefined
            ? await deadLetters.redriveAll(channel, (moved, toMove) => {
              output.progress(`${moved} of ${toMove} moved`);
            })
            : await deadLetters.redriveOne(channel, message);
        const moved = movedOrRefused(channel, message ?? '', result);
        output.result({ channel, moved }, [
          `${channel}: ${moved} dead letter${moved === 1 ? '' : 's'} sent back to the queue`,
        ]);
      }),
    );
}

function movedOrRefused(channel: Channel, message: string, result: RedriveResult): number {
  switch (result.outcome) {
    case 'moved':
      return result.moved;
    case 'stopped':
      throw new CommandError(
        `Redriving stopped after ${result.moved} messages: ${result.why}; run the command again for the rest.`,
      );
    case 'not_there': {
      const why = `${channel} has no such dead letter now; it was redriven before, or is being read: see deadletter `
        + 'list';
      throw new CommandError(`Redriving the message ${message} failed: ${why}.`);
    }
  }
}
