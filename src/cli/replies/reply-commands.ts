import { Command } from 'commander';
import type { AcknowledgeResult, Acknowledgement } from '../../operations/replies/acknowledge-replies';
import { acknowledgeReplies } from '../../operations/replies/acknowledge-replies';
import type { WaitingReply } from '../../operations/replies/list-waiting-replies';
import { listWaitingReplies } from '../../operations/replies/list-waiting-replies';
import { audited } from '../audited';
import { CommandError } from '../command-error';
import type { CommandHost, CommandOutput } from '../command-host';
import { withStage } from '../command-host';
import { referenceTo } from '../conversations/next-words';
import { CONVERSATION_ARGUMENT, requireConversation } from '../conversations/require-conversation';
import { actorOf } from '../decisions';
import { wrap } from '../layout';
import { duration, instant } from '../moments';
import { DEFAULT_COLUMNS } from '../output';
import { wholeNumberTo } from '../whole-number';
import { chatsCommand } from './chats-command';
import { mediaCommand } from './media-command';
import { sendReplyCommand } from './send-command';
import { returnCommand, takeCommand } from './takeover-commands';
import { threadShowCommand } from './thread-commands';

/** More replies than a person reads of one conversation. */
const MOST_REPLIES = 10_000;

/** `reply`: what recipients wrote and the company's settings hand to a person. */
export function replyCommands(host: CommandHost): Command {
  return new Command('reply')
    .description('see which recipients wait for a person\'s answer, take over, answer, and mark what is done')
    .addCommand(listCommand(host))
    .addCommand(chatsCommand(host))
    .addCommand(threadShowCommand(host, 'show'))
    .addCommand(mediaCommand(host))
    .addCommand(takeCommand(host))
    .addCommand(sendReplyCommand(host))
    .addCommand(returnCommand(host))
    .addCommand(doneCommand(host));
}

interface ListOptions {
  readonly limit: number;
  readonly reveal?: boolean;
}

const LIST_EXAMPLES = `
Examples:
  engine reply list --stage prod
  engine reply list --limit 100 --json`;

function listCommand(host: CommandHost): Command {
  return new Command('list')
    .description('conversations whose recipient wrote and waits for an answer, longest first; addresses are masked')
    .option('--limit <count>', 'conversations shown', wholeNumberTo(100), 20)
    .option('--reveal', 'show addresses')
    .addHelpText('after', LIST_EXAMPLES)
    .action(async ({ limit, reveal = false }: ListOptions, command: Command) =>
      withStage(host, command, 'Listing replies', async (stage, output) => {
        const found = await listWaitingReplies(stage, limit + 1, reveal);
        const shown = found.slice(0, limit);
        output.result({ waiting: shown, more: found.length > limit }, [
          ...(shown.length === 0
            ? ['no reply waits for a person']
            : shown.flatMap((one) => listedLines(one, output, host.columns))),
          ...(found.length > limit ? [`more than ${limit} wait; see the rest with --limit`] : []),
        ]);
      }));
}

function listedLines(
  found: WaitingReply,
  { command }: CommandOutput,
  columns = DEFAULT_COLUMNS,
): readonly string[] {
  const { conversationId, waitedSeconds, channel, recipient, companyName, projectName, replies, waiting } = found;
  const amount = `${waiting} ${waiting === 1 ? 'reply' : 'replies'}${waiting === replies ? '' : ` of ${replies}`}`;
  const reference = referenceTo(conversationId);
  return [
    ...wrap(
      `${duration(waitedSeconds * 1000)}  ${channel}  ${amount} from ${recipient}  to ${companyName}, ${projectName}`,
      columns,
    ),
    `  ${conversationId}`,
    `  ${command('reply', 'show', reference, '--text')}`,
    `  ${command('reply', 'take', reference)}`,
    `  ${command('reply', 'done', reference, '--seen', String(replies))}`,
  ];
}

const DONE_EXAMPLES = `
Examples:
  engine reply done 5b0e8d5c --seen 1
  engine reply done 5b0e8d5c --seen 2 --by 'Sam Reyes'`;

function doneCommand(host: CommandHost): Command {
  const attempted = 'Marking the replies';
  return new Command('done')
    .description(
      "marks a conversation's replies as done, with your name; sends nothing, and the next reply waits again",
    )
    .argument('<conversation>', CONVERSATION_ARGUMENT)
    .requiredOption(
      '--seen <count>',
      'how many it had when you read them, so that a later one goes on waiting',
      wholeNumberTo(MOST_REPLIES),
    )
    .option('--by <name>', "who has done it, if not the shell's user")
    .addHelpText('after', DONE_EXAMPLES)
    .action(async (id: string, { seen, by }: { readonly seen: number; readonly by?: string }, command: Command) => {
      const actor = actorOf(host, by);
      await withStage(host, command, attempted, async (stage, output) => {
        const conversation = await requireConversation(stage, id, { attempted }, output);
        const result = await acknowledgeReplies(stage, { conversation, seen, actor });
        const acknowledged = acknowledgedOrRefused(conversation.conversation_id, seen, result, output);
        if (result.outcome === 'done') {
          const fields = ['replies_dealt_with'];
          await audited(stage, host, { action: 'acknowledge_replies', conversation, fields });
        }
        output.result({ ...acknowledged, outcome: result.outcome }, [sentenceOf(acknowledged, result.outcome)]);
      });
    });
}

function acknowledgedOrRefused(
  id: string,
  seen: number,
  result: AcknowledgeResult,
  { command }: CommandOutput,
): Acknowledgement {
  const refused = (why: string) => new CommandError(`Marking the replies of ${id} failed: ${why}`);
  switch (result.outcome) {
    case 'done':
    case 'done_before':
      return result.acknowledgement;
    case 'none_waiting':
      throw refused(`none was handed to a person; see what waits: ${command('reply', 'list')}`);
    case 'unread': {
      const read = command('conversation', 'show', referenceTo(id), '--text');
      const { replies, waiting } = result;
      throw refused(
        `it has ${replies}, ${waiting} of them waiting, and --seen says ${seen}; give --seen ${replies} once you `
          + `have read them: ${read}`,
      );
    }
    case 'contended':
      throw refused('its record changes at this very moment; give the command again.');
    case 'gone':
      throw refused('its record is gone; the person was erased, or its retention time is over.');
  }
}

function sentenceOf(
  { conversationId, by, at, replies }: Acknowledgement,
  outcome: AcknowledgeResult['outcome'],
): string {
  const amount = replies === 1 ? 'its reply is' : `its ${replies} replies are`;
  return outcome === 'done'
    ? `${conversationId}: ${amount} done, by ${by}`
    : `${conversationId}: done before, by ${by} at ${instant(at)}; nothing was changed`;
}
