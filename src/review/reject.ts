import type { Conversation } from '../core/lifecycle/conversation';
import { rejectHeld } from '../core/lifecycle/review-transitions';
import { findConversationById } from '../core/lifecycle/find-conversation';
import type { RejectResult, ReviewOrder } from './decision';
import { decisionOf, whyNotDecided } from './decision';
import type { ReviewPorts } from './review-ports';

export interface RejectOrder extends ReviewOrder {
  /** Why it does not go, in the person's words; the client reads it. */
  readonly note: string;
}

/** Ends a message that waits for a person. Repeatable. */
export async function reject(
  order: RejectOrder,
  ports: Pick<ReviewPorts, 'directory' | 'conversations' | 'clock'>,
): Promise<RejectResult> {
  const found = await findConversationById(order.conversationId, ports);
  if (!found) return { outcome: 'not_found' };
  const { conversation } = found;
  if (wasRejected(conversation)) return { outcome: 'rejected_before', conversation };
  const refusal = whyNotDecided(order, conversation);
  if (refusal) return refusal;
  const now = ports.clock.now();
  const decision = decisionOf(conversation, { decision: 'rejected', reviewer: order.reviewer, now, note: order.note });
  const result = await ports.conversations.change(conversation, rejectHeld({ held: conversation, decision, now }));
  if (!result.conversation) return { outcome: 'not_found' };
  if (result.applied) return { outcome: 'rejected', conversation: result.conversation };
  if (wasRejected(result.conversation)) return { outcome: 'rejected_before', conversation: result.conversation };
  return whyNotDecided(order, result.conversation) ?? { outcome: 'held_again', conversation: result.conversation };
}

function wasRejected({ conversation_status: status }: Conversation): boolean {
  return status === 'rejected';
}
