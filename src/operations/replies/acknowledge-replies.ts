import type { Conversation } from '../../core/lifecycle/conversation';
import { countReplies, countWaitingReplies, dealWithReplies } from '../../core/lifecycle/reply-transitions';
import type { Actor } from '../actor';
import type { OperationPorts } from '../ports';

/** Who acknowledged a conversation's replies, when, and how many it had by then. */
export interface Acknowledgement {
  readonly conversationId: string;
  readonly by: string;
  readonly at: string;
  readonly replies: number;
}

export type AcknowledgeResult =
  | { readonly outcome: 'done' | 'done_before'; readonly acknowledgement: Acknowledgement }
  /** No reply was handed to a person. */
  | { readonly outcome: 'none_waiting' }
  /** It has other replies than the person read. */
  | { readonly outcome: 'unread'; readonly replies: number; readonly waiting: number }
  /** The record changes faster than it is written. */
  | { readonly outcome: 'contended' }
  /** The record is gone. */
  | { readonly outcome: 'gone' };

/** A record that a receipt changes at this very moment is read again this often. */
const TRIES = 5;

type Ports = Pick<OperationPorts, 'clock' | 'conversations'>;

/** Marks the replies that a person has read and no other: one that came since makes the order fail. May be repeated. */
export async function acknowledgeReplies(
  { clock, conversations }: Ports,
  order: { readonly conversation: Conversation; readonly seen: number; readonly actor: Actor },
): Promise<AcknowledgeResult> {
  let found: Conversation | undefined = order.conversation;
  for (let tries = 0; found && tries < TRIES; tries += 1) {
    if (found.reply_attention === undefined) return acknowledgedBefore(found);
    const replies = countReplies(found);
    if (order.seen !== replies) return { outcome: 'unread', replies, waiting: countWaitingReplies(found) };
    const change = dealWithReplies({ seen: found, by: order.actor.id, now: clock.now() });
    const { applied, conversation } = await conversations.change(found, change);
    if (applied) return { outcome: 'done', acknowledgement: lastOf(conversation) };
    found = conversation;
  }
  return { outcome: found ? 'contended' : 'gone' };
}

function acknowledgedBefore(conversation: Conversation): AcknowledgeResult {
  if (!conversation.replies_dealt_with) return { outcome: 'none_waiting' };
  return { outcome: 'done_before', acknowledgement: lastOf(conversation) };
}

function lastOf({
  conversation_id: conversationId,
  replies_dealt_with: acknowledged = [],
}: Conversation): Acknowledgement {
  const { at = '', by = '', replies = 0 } = acknowledged.at(-1) ?? {};
  return { conversationId, by, at, replies };
}
