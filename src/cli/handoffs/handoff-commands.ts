import { Command } from 'commander';
import { heldMessage, listHeldMessages } from '../../operations/handoffs/held-message';
import { listWaitingReplies } from '../../operations/replies/list-waiting-replies';
import { approve } from '../../review/approve';
import type { ReviewOrder } from '../../review/decision';
import { reject } from '../../review/reject';
import { audited, shownFields } from '../audited';
import { CommandError } from '../command-error';
import type { CommandHost } from '../command-host';
import { withStage } from '../command-host';
import { CONVERSATION_ARGUMENT, requireConversation } from '../conversations/require-conversation';
import { actorOf } from '../decisions';
import { keyAndValue } from '../key-and-value';
import type { Stage } from '../stage';
import { wholeNumberTo } from '../whole-number';
import type { Decided } from './decided';
import { approvedOrRefused, rejectedOrRefused } from './decided';
import { listedLines, shownLines } from './held-page';

/** More replies are not counted one by one. */
const MOST_REPLIES = 100;

/** `handoff`: what waits for a person's decision, and the decision. */
export function handoffCommands(host: CommandHost): Command {
  return new Command('handoff')
    .description('look at messages that wait for a person, and let them go or end them')
    .addCommand(listCommand(host))
    .addCommand(showCommand(host))
    .addCommand(approveCommand(host))
    .addCommand(rejectCommand(host));
}

const LIST_EXAMPLES = `
Examples:
  engine handoff list --stage prod
  engine handoff list --limit 100 --json`;

function listCommand(host: CommandHost): Command {
  return new Command('list')
    .description('what waits for a person, longest first, with its age against the limit; addresses are masked')
    .option('--limit <count>', 'messages shown', wholeNumberTo(100), 20)
    .addHelpText('after', LIST_EXAMPLES)
    .action(async ({ limit }: { readonly limit: number }, command: Command) =>
      withStage(host, command, 'Listing what waits for a person', async (stage, output) => {
        const held = await listHeldMessages(stage, limit + 1);
        const shown = held.slice(0, limit);
        const replies = (await listWaitingReplies(stage, MOST_REPLIES, false)).length;
        const amount = `${replies === MOST_REPLIES ? 'at least ' : ''}${replies} `
          + `conversation${replies === 1 ? '' : 's'}`;
        const now = stage.clock.now();
        output.result({ waiting: shown, more: held.length > limit, replies }, [
          ...(shown.length === 0 ? ['nothing waits for a person'] : shown.flatMap((one) => listedLines(one, now))),
          ...(held.length > limit ? [`more than ${limit} wait; see the rest with --limit`] : []),
          ...(replies === 0 ? [] : [`besides, replies wait in ${amount}: ${output.command('reply', 'list')}`]),
        ]);
      }));
}

const SHOW_EXAMPLES = `
Examples:
  engine handoff show 5b0e8d5c --text --reveal`;

function showCommand(host: CommandHost): Command {
  const attempted = 'Showing the message';
  return new Command('show')
    .description('one message: why it waits, where its values come from, and with --text the words that would be sent')
    .argument('<conversation>', CONVERSATION_ARGUMENT)
    .option('--text', 'show the values and the text')
    .option('--reveal', 'show the recipient\'s name and address and the request\'s facts')
    .addHelpText('after', SHOW_EXAMPLES)
    .action(async (id: string, options: { readonly text?: true; readonly reveal?: true }, command: Command) =>
      withStage(host, command, attempted, async (stage, output) => {
        const conversation = await requireConversation(stage, id, { attempted }, output);
        const { conversation_status: status, conversation_id: found } = conversation;
        if (status !== 'awaiting_review') {
          const look = output.command('conversation', 'show', found);
          throw new CommandError(`${attempted} failed: it is ${status} and does not wait for a decision; see ${look}`);
        }
        if (options.text || options.reveal) {
          await audited(stage, host, { action: 'read_text', conversation, fields: shownFields(options) });
        }
        const now = stage.clock.now();
        const held = heldMessage(conversation, { reveal: options.reveal ?? false, text: options.text ?? false }, now);
        output.result(held, shownLines(held, { command: output.command, now, columns: host.columns }));
      }));
}

const APPROVE_EXAMPLES = `
Examples:
  engine handoff approve 5b0e8d5c
  engine handoff approve 5b0e8d5c --set '5=two end dates are given.'`;

function approveCommand(host: CommandHost): Command {
  return new Command('approve')
    .description('lets the message go: as it is where its words are proved, otherwise only with values that can be')
    .argument('<conversation>', CONVERSATION_ARGUMENT)
    .option('--set <variable=value>', "a value of your own, proved like the model's; may be repeated", keyAndValue, {})
    .option('--by <name>', "whose decision it is, if not the shell's user's")
    .addHelpText('after', APPROVE_EXAMPLES)
    .action(
      async (
        id: string,
        { set, by }: { readonly set: Readonly<Record<string, string>>; readonly by?: string },
        command: Command,
      ) =>
        decide(host, command, { id, by, attempted: 'Approving the message', action: 'approve' }, async (order, stage) =>
          approvedOrRefused(order.conversationId, await approve({ ...order, values: set }, stage)),
        ),
    );
}

const REJECT_EXAMPLES = `
Examples:
  engine handoff reject 5b0e8d5c --reason 'the position is filled'`;

function rejectCommand(host: CommandHost): Command {
  return new Command('reject')
    .description('ends the message unsent; recorded with your name and your reason')
    .argument('<conversation>', CONVERSATION_ARGUMENT)
    .requiredOption('--reason <words>', 'why; the client reads it, so name no person in it')
    .option('--by <name>', 'whose decision it is, if not the shell\'s user\'s')
    .addHelpText('after', REJECT_EXAMPLES)
    .action(async (id: string, { reason, by }: { readonly reason: string; readonly by?: string }, command: Command) =>
      decide(host, command, { id, by, attempted: 'Rejecting the message', action: 'reject' }, async (order, stage) =>
        rejectedOrRefused(order.conversationId, await reject({ ...order, note: reason }, stage))));
}

interface Asked {
  readonly id: string;
  readonly by: string | undefined;
  readonly attempted: string;
  readonly action: 'approve' | 'reject';
}

/** The decision counts for the wait that is found here, and for no later one. */
async function decide(
  host: CommandHost,
  command: Command,
  { id, by, attempted, action }: Asked,
  work: (order: ReviewOrder, stage: Stage) => Promise<Decided>,
): Promise<void> {
  const reviewer = actorOf(host, by).id;
  await withStage(host, command, attempted, async (stage, output) => {
    const conversation = await requireConversation(stage, id, { attempted }, output);
    const { conversation_id: conversationId, due_at: heldSince } = conversation;
    const decided = await work({ conversationId, reviewer, heldSince }, stage);
    await audited(stage, host, { action, conversation, fields: ['decision'] });
    output.result(decided, [decided.sentence]);
  });
}
