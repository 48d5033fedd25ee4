import { Command, Option } from 'commander';
import { viewOf } from '../../operations/conversations/conversation-view';
import type { WatchEnd, WatchEvent } from '../../operations/conversations/watch-conversation';
import { WATCH_ENDS, watchConversation } from '../../operations/conversations/watch-conversation';
import { CommandError } from '../command-error';
import type { CommandHost } from '../command-host';
import { withStage } from '../command-host';
import { duration, instant } from '../moments';
import { wholeNumberTo } from '../whole-number';
import { cancelCommand } from './cancel-command';
import { nextLines, stateOf, stepLine } from './conversation-page';
import { listCommand, withNextStep } from './list-command';
import { CONVERSATION_ARGUMENT, requireConversation } from './require-conversation';
import { resolveCommand } from './resolve-command';
import { showCommand } from './show-command';

/** `conversation`: what became of a message, and what to do about it. */
export function conversationCommands(host: CommandHost): Command {
  return new Command('conversation')
    .description('see what became of messages, cancel what is not sent, and resolve what no vendor confirmed')
    .addCommand(listCommand(host))
    .addCommand(showCommand(host))
    .addCommand(watchCommand(host))
    .addCommand(cancelCommand(host))
    .addCommand(resolveCommand(host));
}

interface WatchOptions {
  readonly until: WatchEnd;
  readonly timeout: number;
}

const WATCH_EXAMPLES = `
Examples:
  engine conversation watch 5b0e8d5c --until delivered`;

function watchCommand(host: CommandHost): Command {
  const attempted = 'Watching the conversation';
  return new Command('watch')
    .description('follows a message until it has ended, or waits for a person')
    .argument('<conversation>', CONVERSATION_ARGUMENT)
    .addOption(
      new Option('--until <end>', 'delivered: what was sent has also arrived, or will not')
        .choices(WATCH_ENDS)
        .default('rest'),
    )
    .option('--timeout <seconds>', 'stop watching after so long, with exit code 1', wholeNumberTo(86_400), 300)
    .addHelpText('after', WATCH_EXAMPLES)
    .action(async (id: string, { until, timeout }: WatchOptions, command: Command) =>
      withStage(host, command, attempted, async (stage, output) => {
        const first = await requireConversation(stage, id, { attempted }, output);
        const result = await watchConversation(async () => stage.conversations.find(first), {
          until,
          timeoutMilliseconds: timeout * 1000,
          clock: stage.clock,
          report: (event) => {
            output.progress(eventLine(event));
          },
        });
        const { conversation_id: watched } = first;
        if (result.outcome === 'gone') {
          throw new CommandError(
            `Watching ${watched} failed: its record is gone; it was erased, or its retention time is over.`,
          );
        }
        const now = stage.clock.now();
        const view = viewOf(result.conversation, { reveal: false, text: false }, now);
        if (result.outcome === 'timed_out') {
          const after = `Watching ${watched} stopped after ${duration(timeout * 1000)}`;
          throw new CommandError(`${after}: it is still ${stateOf(view)}; watch it again with a longer --timeout.`);
        }
        output.result(withNextStep(view, output, now), [
          stateOf(view),
          ...nextLines(view, { command: output.command, now, columns: host.columns }),
        ]);
      }),
    );
}

function eventLine(event: WatchEvent): string {
  return event.event === 'step'
    ? stepLine(event.entry, event.before)
    : `  ${instant(event.at)}  delivery: ${event.delivery}`;
}
