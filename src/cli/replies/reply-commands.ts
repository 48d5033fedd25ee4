import { Command } from 'commander';
import { awsFailure } from '../command-error';
import type { CommandHost } from '../command-host';
import { withStage } from '../command-host';
import { requireConversation } from '../conversations/find-conversation';
import { decisionMaker } from '../operator';
import { stageRecords } from '../stage-records';
import { wholeNumberTo } from '../whole-number';
import { dealtWithSentence, dealWith } from './deal-with';
import { findWaitingReplies } from './find-waiting';
import { listedLines, waitingReply } from './waiting-reply';

/** More replies than a person reads of one conversation. */
const MOST_REPLIES = 10_000;

/** `reply`: what recipients wrote and the company's settings hand to a person. */
export function replyCommands(host: CommandHost): Command {
  return new Command('reply')
    .description('see which recipients wait for a person\'s answer, and mark what is dealt with')
    .addCommand(listCommand(host))
    .addCommand(doneCommand(host));
}

interface ListOptions {
  readonly limit: number;
  readonly reveal?: boolean;
}

function listCommand(host: CommandHost): Command {
  return new Command('list')
    .description('conversations whose recipient wrote and nobody has dealt with it, longest waiting first; addresses are masked')
    .option('--limit <count>', 'conversations shown', wholeNumberTo(100), 20)
    .option('--reveal', 'show addresses')
    .addHelpText('after', '\nExamples:\n  engine reply list --stage prod\n  engine reply list --limit 100 --json')
    .action(async ({ limit, reveal = false }: ListOptions, command: Command) => withStage(host, command, async (clients, output) => {
      const now = Date.now();
      const found = await findWaitingReplies(clients, limit + 1, now).catch((error: unknown) => { throw awsFailure('Listing replies', error); });
      const shown = found.slice(0, limit).map((conversation) => waitingReply(conversation, { reveal }, now));
      output.result({ waiting: shown, more: found.length > limit }, [
        ...(shown.length === 0 ? ['no reply waits for a person'] : shown.flatMap(listedLines)),
        ...(found.length > limit ? [`more than ${limit} wait; see the rest with --limit`] : []),
      ]);
    }));
}

function doneCommand(host: CommandHost): Command {
  return new Command('done')
    .description('marks a conversation\'s replies as dealt with, recorded with your name; it sends nothing, and the next reply makes it wait again')
    .argument('<conversation>', 'as reply list shows it, or <company>#<project>#<request_id>; in quotes')
    .requiredOption('--seen <count>', 'how many replies it had when you read them, so that a later one goes on waiting', wholeNumberTo(MOST_REPLIES))
    .option('--by <name>', 'whose word it is, if not the shell\'s user\'s')
    .addHelpText('after', '\nExamples:\n  engine reply done \'acme#hiring#5b0e8d5c-6f0a-4f6e-9a55-0c3f6b7c1a01\' --seen 1\n  engine reply done \'acme#hiring#5b0e8d5c-6f0a-4f6e-9a55-0c3f6b7c1a01\' --seen 2 --by \'Sam Reyes\'')
    .action(async (id: string, { seen, by: named }: { readonly seen: number; readonly by?: string }, command: Command) => {
      const by = decisionMaker(host, named);
      await withStage(host, command, async (clients, output) => {
        const attempted = 'Marking the replies';
        const conversation = await requireConversation(clients, id, attempted);
        const { conversations } = stageRecords(clients);
        const order = { conversation, seen, by, now: Date.now() };
        const dealt = await dealWith(conversations, order).catch((error: unknown) => { throw awsFailure(attempted, error); });
        output.result(dealt, [dealtWithSentence(dealt)]);
      });
    });
}
