import { Command } from 'commander';
import type { ChatInList } from '../../operations/replies/list-chats';
import { listChats } from '../../operations/replies/list-chats';
import type { CommandHost, CommandOutput } from '../command-host';
import { withStage } from '../command-host';
import { referenceTo } from '../conversations/next-words';
import { wrap } from '../layout';
import { instant } from '../moments';
import { DEFAULT_COLUMNS } from '../output';
import { wholeNumberTo } from '../whole-number';

interface ChatsOptions {
  readonly by?: string;
  readonly returned?: true;
  readonly limit: number;
}

const EXAMPLES = `
Examples:
  engine reply chats harbour-and-pine
  engine reply chats harbour-and-pine --by 'Sam Reyes' --json`;

/** `reply chats`: who has which chat, as the console's lists show it. */
export function chatsCommand(host: CommandHost): Command {
  return new Command('chats')
    .description('chats of a company that people have taken over, with who has them and since when')
    .argument('<company>')
    .option('--by <name>', 'only those of this person')
    .option('--returned', 'those that were returned to the engine in the last 30 days instead, the newest first')
    .option('--limit <count>', 'chats shown', wholeNumberTo(100), 20)
    .addHelpText('after', EXAMPLES)
    .action(async (company: string, { by, returned, limit }: ChatsOptions, command: Command) =>
      withStage(host, command, 'Listing the chats', async (stage, output) => {
        const list = returned ? 'returned' : 'taken';
        const { chats, next } = await listChats(stage, { company, list, by: returned ? undefined : by, limit });
        const shown = returned && by !== undefined ? chats.filter((chat) => chat.by === by) : chats;
        output.result({ chats: shown, more: next !== undefined }, [
          ...(shown.length === 0 ? [returned ? 'no chat was returned' : 'no person has a chat'] : []),
          ...shown.flatMap((chat) => chatLines(chat, list, output, host.columns)),
          ...(next === undefined ? [] : [`there are more than ${limit}; see them with --limit`]),
        ]);
      }));
}

function chatLines(
  { by, at, channel, recipient, projectId, conversationId }: ChatInList,
  list: 'taken' | 'returned',
  { command }: CommandOutput,
  columns = DEFAULT_COLUMNS,
): readonly string[] {
  const when = list === 'taken' ? `${by}, since ${instant(at)}` : `returned by ${by}, ${instant(at)}`;
  return [
    ...wrap(`${when}  ${channel}  with ${recipient}, ${projectId}`, columns),
    `  ${command('reply', 'show', referenceTo(conversationId), '--text')}`,
  ];
}
