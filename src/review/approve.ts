import type { ChangeResult } from '../core/lifecycle/change';
import { timestamp } from '../core/ports/clock';
import type { Conversation } from '../core/lifecycle/conversation';
import { approveUnwritten, approveWords } from '../core/lifecycle/review-transitions';
import { findConversationById } from '../core/lifecycle/find-conversation';
import type { ApproveResult, ReviewOrder } from './decision';
import { decisionOf, whyNotDecided } from './decision';
import type { ReviewPorts } from './review-ports';
import { wordsToSend } from './words-to-send';

export interface ApproveOrder extends ReviewOrder {
  /** Values by variable that the person wrote in place of those that wait; they are proved like a model's. */
  readonly values?: Readonly<Record<string, string>>;
}

/**
 * Lets a message go that waits for a person: as it is where its words are proved, else only once they can be. Opt-out,
 * expiry and attempts hold for it as for any other. Repeatable: a repetition after a crash finishes what was begun.
 */
export async function approve(order: ApproveOrder, ports: ReviewPorts): Promise<ApproveResult> {
  const found = await findConversationById(order.conversationId, ports);
  if (!found) return { outcome: 'not_found' };
  const { conversation } = found;
  const refusal = whyNotDecided(order, conversation);
  if (refusal) return wasApproved(conversation) ? approvedBefore(conversation, ports) : refusal;
  const now = ports.clock.now();
  if (Date.parse(conversation.send_before) < now) return { outcome: 'expired', conversation };
  const words = wordsToSend(conversation, found.company, order.values ?? {});
  if (words.outcome === 'unproved' || words.outcome === 'company_record_incomplete') return { ...words, conversation };
  const edited = Object.keys(order.values ?? {});
  const values = words.outcome === 'unwritten' ? words.given : undefined;
  const decision = decisionOf(conversation, { decision: 'approved', reviewer: order.reviewer, now, edited, values });
  const change =
    words.outcome === 'unwritten'
      ? approveUnwritten({ held: conversation, decision, now })
      : approveWords({
        held: conversation,
        decision,
        now,
        composition: words.composition,
        message: messageOf(words.composition, now, ports),
      });
  return conclude(order, await ports.conversations.change(conversation, change), ports);
}

/** The record first: a queue message that met the old state would be dropped. */
async function conclude(
  order: ReviewOrder,
  { applied, conversation }: ChangeResult,
  ports: ReviewPorts,
): Promise<ApproveResult> {
  if (!conversation) return { outcome: 'not_found' };
  if (!applied) return wasApproved(conversation) ? approvedBefore(conversation, ports) : overtaken(order, conversation);
  await enqueue(conversation, ports);
  return { outcome: conversation.composition ? 'approved' : 'sent_to_composition', conversation };
}

/** Another decision, or the expiry, came between the look and the write. */
function overtaken(order: ReviewOrder, conversation: Conversation): ApproveResult {
  return whyNotDecided(order, conversation) ?? { outcome: 'held_again', conversation };
}

/** A crash may have come before the queue; what has been taken from it is on its way. */
async function approvedBefore(conversation: Conversation, ports: ReviewPorts): Promise<ApproveResult> {
  const isUntouched = conversation.history.at(-1)?.by !== undefined;
  if (isUntouched) await enqueue(conversation, ports);
  return { outcome: 'approved_before', conversation };
}

function wasApproved(conversation: Conversation): boolean {
  return conversation.conversation_status !== 'awaiting_review' && conversation.review?.decision === 'approved';
}

async function enqueue(conversation: Conversation, { queue }: ReviewPorts): Promise<void> {
  const { channel_method: channel, conversation_id: conversationId, company_id: company } = conversation;
  await queue.enqueue({ channel, conversationId, company });
}

function messageOf(
  { filled, usage }: NonNullable<Conversation['composition']>,
  now: number,
  { newIdentifier }: ReviewPorts,
) {
  return {
    message_id: newIdentifier(),
    timestamp: timestamp(now),
    role: 'assistant',
    content: filled.text,
    ...usage,
  } as const;
}
