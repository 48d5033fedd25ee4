import { Command } from 'commander';
import { timestamp } from '../../core/ports/clock';
import { REVIEW_SHARD } from '../../core/lifecycle/work-due-index';
import { DynamoDbWorkDueIndex } from '../../records/dynamodb-work-due-index';
import { awsFailure, CommandError } from '../command-error';
import type { CommandHost } from '../command-host';
import { withStage } from '../command-host';
import { requireConversation } from '../conversations/find-conversation';
import { keyAndValue } from '../key-and-value';
import { decisionMaker } from '../operator';
import { findWaitingReplies } from '../replies/find-waiting';
import { stageRecords } from '../stage-records';
import { wholeNumberTo } from '../whole-number';
import type { Decided } from './decide';
import { approveMessage, rejectMessage, reviewPorts } from './decide';
import { heldMessage, listedLines, shownLines } from './held-message';

/** Conversations with replies that are counted beside the list. */
const MOST_REPLIES = 100;

const IDENTIFIER = 'as handoff list shows it, or <company>#<project>#<request_id>; in quotes';

/** `handoff`: what waits for a person, and the person's word about it. */
export function handoffCommands(host: CommandHost): Command {
  return new Command('handoff')
    .description('look at messages that wait for a person, and let them go or end them')
    .addCommand(listCommand(host))
    .addCommand(showCommand(host))
    .addCommand(approveCommand(host))
    .addCommand(rejectCommand(host));
}

function listCommand(host: CommandHost): Command {
  return new Command('list')
    .description('what waits for a person, longest first, with its age against the limit; addresses are masked')
    .option('--limit <count>', 'messages shown', wholeNumberTo(100), 20)
    .addHelpText('after', '\nExamples:\n  engine handoff list --stage prod\n  engine handoff list --limit 100 --json')
    .action(async ({ limit }: { readonly limit: number }, command: Command) => withStage(host, command, async (clients, output) => {
      const now = Date.now();
      const attention = new DynamoDbWorkDueIndex(clients.tables, clients.names.conversationTable);
      const { conversations } = stageRecords(clients);
      const waiting = await attention.due({ shard: REVIEW_SHARD, before: timestamp(now + 1), limit: limit + 1 })
        .then(async (due) => Promise.all(due.map(async ({ key }) => conversations.find(key))))
        .catch((error: unknown) => { throw awsFailure('Listing what waits for a person', error); });
      // The index lags: what it names may be decided by now.
      const held = waiting.flatMap((found) => (found?.conversation_status === 'awaiting_review' ? [heldMessage(found, { reveal: false, text: false }, now)] : []));
      const shown = held.slice(0, limit);
      const replies = (await findWaitingReplies(clients, MOST_REPLIES, now).catch((error: unknown) => { throw awsFailure('Counting replies', error); })).length;
      output.result({ waiting: shown, more: held.length > limit, replies }, [
        ...(shown.length === 0 ? ['nothing waits for a person'] : shown.flatMap(listedLines)),
        ...(held.length > limit ? [`more than ${limit} wait; see the rest with --limit`] : []),
        ...(replies === 0 ? [] : [`besides, replies wait in ${replies === MOST_REPLIES ? 'at least ' : ''}${replies} conversation${replies === 1 ? '' : 's'}: engine reply list`]),
      ]);
    }));
}

function showCommand(host: CommandHost): Command {
  return new Command('show')
    .description('one message: why it waits, where its values come from, and with --text the words that would be sent')
    .argument('<conversation>', IDENTIFIER)
    .option('--text', 'show the values and the text')
    .option('--reveal', 'show the recipient\'s name and address and the request\'s facts')
    .addHelpText('after', '\nExamples:\n  engine handoff show \'acme#hiring#5b0e8d5c-6f0a-4f6e-9a55-0c3f6b7c1a01\' --text --reveal')
    .action(async (id: string, options: { readonly text?: true; readonly reveal?: true }, command: Command) =>
      withStage(host, command, async (clients, output) => {
        const conversation = await requireConversation(clients, id, 'Showing the message');
        if (conversation.conversation_status !== 'awaiting_review') {
          throw new CommandError(`Showing the message failed: it is ${conversation.conversation_status} and waits for nobody; see conversation show '${conversation.conversation_id}'.`);
        }
        const held = heldMessage(conversation, { reveal: options.reveal ?? false, text: options.text ?? false }, Date.now());
        output.result(held, shownLines(held));
      }));
}

function approveCommand(host: CommandHost): Command {
  return new Command('approve')
    .description('lets the message go: as it is where its words are proved, otherwise only with values that can be; recorded with your name')
    .argument('<conversation>', IDENTIFIER)
    .option('--set <variable=value>', 'a value of your own, proved like the model\'s; may be repeated', keyAndValue, {})
    .option('--by <name>', 'whose decision it is, if not the shell\'s user\'s')
    .addHelpText('after', '\nExamples:\n  engine handoff approve \'acme#hiring#5b0e8d5c-6f0a-4f6e-9a55-0c3f6b7c1a01\'\n  engine handoff approve \'acme#hiring#5b0e8d5c-6f0a-4f6e-9a55-0c3f6b7c1a01\' --set \'5=two end dates are given for one job.\' --by \'Sam Reyes\'')
    .action(async (id: string, options: { readonly set: Readonly<Record<string, string>>; readonly by?: string }, command: Command) =>
      decide(host, command, { id, by: options.by, attempted: 'Approving the message' }, async (order, ports) =>
        approveMessage({ ...order, values: options.set }, ports)));
}

function rejectCommand(host: CommandHost): Command {
  return new Command('reject')
    .description('ends the message unsent; recorded with your name and your reason')
    .argument('<conversation>', IDENTIFIER)
    .requiredOption('--reason <words>', 'why; kept with the record, so name nobody in it')
    .option('--by <name>', 'whose decision it is, if not the shell\'s user\'s')
    .addHelpText('after', '\nExamples:\n  engine handoff reject \'acme#hiring#5b0e8d5c-6f0a-4f6e-9a55-0c3f6b7c1a01\' --reason \'the position is filled\'')
    .action(async (id: string, options: { readonly reason: string; readonly by?: string }, command: Command) =>
      decide(host, command, { id, by: options.by, attempted: 'Rejecting the message' }, async (order, ports) =>
        rejectMessage({ ...order, note: options.reason }, ports)));
}

type Order = Parameters<typeof approveMessage>[0];

/** The decision counts for the wait that is found here, and for no later one. */
async function decide(
  host: CommandHost, command: Command, asked: { readonly id: string; readonly by: string | undefined; readonly attempted: string },
  work: (order: Order, ports: ReturnType<typeof reviewPorts>) => Promise<Decided>,
): Promise<void> {
  const reviewer = decisionMaker(host, asked.by);
  await withStage(host, command, async (clients, output) => {
    const { conversation_id: conversationId, due_at: heldSince } = await requireConversation(clients, asked.id, asked.attempted);
    const order = { conversationId, reviewer, ...(heldSince === undefined ? {} : { heldSince }) };
    const decided = await work(order, reviewPorts(clients)).catch((error: unknown) => { throw awsFailure(asked.attempted, error); });
    output.result(decided, [decided.sentence]);
  });
}
