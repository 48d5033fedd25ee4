import { Command, Option } from 'commander';
import { timestamp } from '../../core/ports/clock';
import type { ConversationView } from '../../operations/conversations/conversation-view';
import { viewOf } from '../../operations/conversations/conversation-view';
import type { Selection } from '../../operations/conversations/list-conversations';
import { LISTED_STATES, readPage } from '../../operations/conversations/list-conversations';
import type { WatchEnd, WatchEvent } from '../../operations/conversations/watch-conversation';
import { WATCH_ENDS, watchConversation } from '../../operations/conversations/watch-conversation';
import { CommandError } from '../command-error';
import type { CommandHost, CommandOutput } from '../command-host';
import { withStage } from '../command-host';
import { duration, instant } from '../moments';
import { wholeNumberTo } from '../whole-number';
import { listedLines, nextLines, shownLines, stateOf, stepLine } from './conversation-page';
import { nextWords } from './next-words';
import { CONVERSATION_ARGUMENT, requireConversation } from './require-conversation';
import { resolveCommand } from './resolve-command';

const MOST_LISTED = 100;

/** `conversation`: what became of a message, and what to do about it. */
export function conversationCommands(host: CommandHost): Command {
  return new Command('conversation')
    .description('see what became of messages, and resolve what no vendor confirmed')
    .addCommand(listCommand(host))
    .addCommand(showCommand(host))
    .addCommand(watchCommand(host))
    .addCommand(resolveCommand(host));
}

interface ListOptions {
  readonly recipient?: string;
  readonly company?: string;
  readonly project?: string;
  readonly state?: (typeof LISTED_STATES)[number];
  readonly limit: number;
  readonly after?: string;
  readonly reveal?: true;
}

const LIST_EXAMPLES = `
Examples:
  engine conversation list --company acme --project hiring
  engine conversation list --state stuck --stage prod
  engine conversation list --recipient +447700900210 --json`;

function listCommand(host: CommandHost): Command {
  return new Command('list')
    .description(
      "conversations of a recipient, of a company's project, or in a state, newest first; addresses are masked",
    )
    .option('--recipient <address>', 'a phone number (E.164) or an e-mail address')
    .option('--company <company_id>', 'with --project')
    .option('--project <project_id>', 'with --company')
    .addOption(
      new Option(
        '--state <state>',
        'stuck: not terminal, and due for a check; waiting: for a decision; replied: for an answer',
      ).choices(LISTED_STATES),
    )
    .option('--limit <count>', 'conversations a page', wholeNumberTo(MOST_LISTED), 20)
    .option('--after <page>', 'go on where a page before ended')
    .option('--reveal', 'show addresses and names')
    .addHelpText('after', LIST_EXAMPLES)
    .action(async (options: ListOptions, command: Command) =>
      withStage(host, command, 'Listing conversations', async (stage, output) => {
        const selection =
          selectionOf(options) ??
          command.error('error: it is not said whose; give one of --recipient, --company with --project, --state');
        const now = stage.clock.now();
        const page = await readPage(stage.index, selection, {
          limit: options.limit,
          now: timestamp(now),
          after: options.after,
        });
        if (page.outcome === 'unknown_page') {
          throw new CommandError(
            'Listing conversations failed: --after is not what a page ended with; copy it whole, or begin without it.',
          );
        }
        const records = await Promise.all(page.found.map(async ({ key }) => stage.conversations.find(key)));
        const disclosure = { reveal: options.reveal ?? false, text: false };
        const views = records.flatMap((record) => (record ? [viewOf(record, disclosure, now)] : []));
        output.result({ conversations: views.map((view) => withNextStep(view, output, now)), next: page.next }, [
          ...(views.length === 0 ? ['no conversations'] : views.flatMap(listedLines)),
          ...(page.next === undefined ? [] : [`more: --after ${page.next}`]),
        ]);
      }),
    );
}

/** Undefined unless exactly one way to select was taken. */
function selectionOf({ recipient, company, project, state }: ListOptions): Selection | undefined {
  const ways: readonly Selection[] = [
    ...(recipient === undefined ? [] : [{ by: 'recipient', recipient } as const]),
    ...(company === undefined || project === undefined ? [] : [{ by: 'project', company, project } as const]),
    ...(state === undefined ? [] : [{ by: 'state', state } as const]),
  ];
  const isHalf = (company === undefined) !== (project === undefined);
  return ways.length === 1 && !isHalf ? ways[0] : undefined;
}

/** A view as JSON has it: the next step in words, with the commands that take it. */
function withNextStep({ step, ...view }: ConversationView, output: CommandOutput, now: number) {
  const { words, commands } = nextWords({ step, ...view }, output, now);
  return { ...view, next: words, nextCommands: commands };
}

const SHOW_EXAMPLES = `
Examples:
  engine conversation show 'acme#hiring#5b0e8d5c-6f0a-4f6e-9a55-0c3f6b7c1a01'
  engine conversation show 'acme#hiring#5b0e8d5c-6f0a-4f6e-9a55-0c3f6b7c1a01' --text --reveal`;

function showCommand(host: CommandHost): Command {
  return new Command('show')
    .description('the way of a message through its states, why it is where it is, and what to do next')
    .argument('<conversation>', CONVERSATION_ARGUMENT)
    .option('--reveal', 'show the recipient\'s name and address and the request\'s facts')
    .option('--text', 'show what was written to and by the recipient')
    .addHelpText('after', SHOW_EXAMPLES)
    .action(async (id: string, options: { readonly reveal?: true; readonly text?: true }, command: Command) =>
      withStage(host, command, 'Showing the conversation', async (stage, output) => {
        const conversation = await requireConversation(stage, id, 'Showing the conversation', output);
        const now = stage.clock.now();
        const view = viewOf(conversation, { reveal: options.reveal ?? false, text: options.text ?? false }, now);
        output.result(
          withNextStep(view, output, now),
          shownLines(view, { command: output.command, now, columns: host.columns }),
        );
      }));
}

interface WatchOptions {
  readonly until: WatchEnd;
  readonly timeout: number;
}

const WATCH_EXAMPLES = `
Examples:
  engine conversation watch 'acme#hiring#5b0e8d5c-6f0a-4f6e-9a55-0c3f6b7c1a01' --until delivered`;

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
        const first = await requireConversation(stage, id, attempted, output);
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
