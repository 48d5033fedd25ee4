import type { ConversationStore } from '../../core/lifecycle/change';
import type { Conversation } from '../../core/lifecycle/conversation';
import { countReplies, countWaitingReplies, dealWithReplies } from '../../core/lifecycle/reply-transitions';
import { CommandError } from '../command-error';

/** What became of an order to mark a conversation's replies as dealt with. */
export interface DealtWith {
  readonly conversationId: string;
  readonly outcome: 'done' | 'done_before';
  readonly by: string;
  readonly at: string;
  /** Replies that the conversation had by then. */
  readonly replies: number;
}

/** A record that a receipt changes at this very moment is read again this often. */
const TRIES = 5;

/** Marks the replies that a person has read and no other: one that came since makes the order fail. May be repeated. */
export async function dealWith(
  conversations: Pick<ConversationStore, 'change' | 'find'>, order: { readonly conversation: Conversation; readonly seen: number; readonly by: string; readonly now: number },
): Promise<DealtWith> {
  const { by, now } = order;
  let found: Conversation | undefined = order.conversation;
  for (let tries = 0; found && tries < TRIES; tries += 1) {
    if (found.reply_attention === undefined) return dealtWithBefore(found);
    refuseUnread(found, order.seen);
    const { applied, conversation } = await conversations.change(found, dealWithReplies({ seen: found, by, now }));
    if (applied) return dealtWith(conversation, 'done');
    found = conversation;
  }
  const id = order.conversation.conversation_id;
  throw new CommandError(`Marking the replies of ${id} failed: its record ${found ? 'changes at this very moment; give the command again' : 'is gone; the person was erased, or its time of keeping is over'}.`);
}

function dealtWithBefore(conversation: Conversation): DealtWith {
  if (conversation.replies_dealt_with) return dealtWith(conversation, 'done_before');
  throw new CommandError(`Marking the replies of ${conversation.conversation_id} failed: none was handed to a person; see what waits with reply list.`);
}

function refuseUnread(conversation: Conversation, seen: number): void {
  const replies = countReplies(conversation);
  if (seen === replies) return;
  const id = conversation.conversation_id;
  throw new CommandError(
    `Marking the replies of ${id} failed: it has ${replies}, ${countWaitingReplies(conversation)} of them waiting, and --seen says ${seen}; read them with conversation show '${id}' --text, then give --seen ${replies}.`,
  );
}

function dealtWith({ conversation_id: conversationId, replies_dealt_with: dealt = [] }: Conversation, outcome: DealtWith['outcome']): DealtWith {
  const { at = '', by = '', replies = 0 } = dealt.at(-1) ?? {};
  return { conversationId, outcome, by, at, replies };
}

export function dealtWithSentence({ conversationId, outcome, by, at, replies }: DealtWith): string {
  const amount = replies === 1 ? 'its reply is' : `its ${replies} replies are`;
  return outcome === 'done' ? `${conversationId}: ${amount} dealt with, by ${by}` : `${conversationId}: dealt with before, by ${by} at ${at}; nothing was changed`;
}
