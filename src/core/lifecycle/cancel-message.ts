import { cancel } from './cancel-transitions';
import type { ConversationStore } from './change';
import type { Conversation, ConversationStatus } from './conversation';

/** `too_late`: `conversation` was sent, is being sent, or has ended otherwise. */
export type CancelResult =
  | { readonly outcome: 'cancelled' | 'cancelled_before' | 'too_late'; readonly conversation: Conversation }
  /** The record is gone. */
  | { readonly outcome: 'gone' };

/** Ends a message that is not sent yet, by one write. Repeating it is harmless. */
export async function cancelMessage(
  conversations: Pick<ConversationStore, 'change'>,
  seen: Conversation,
  { by, now }: { readonly by: string; readonly now: number },
): Promise<CancelResult> {
  const { applied, conversation } = await conversations.change(seen, cancel({ seen, now, by }));
  if (!conversation) return { outcome: 'gone' };
  if (applied) return { outcome: 'cancelled', conversation };
  const isCancelled = conversation.conversation_status === 'cancelled';
  return { outcome: isCancelled ? 'cancelled_before' : 'too_late', conversation };
}

/** States in which a vendor is being asked, was asked, or may have been. */
const LEAVING: readonly ConversationStatus[] = ['sending', 'send_unknown', 'send_unconfirmed'];

/** Why a message cannot be cancelled: a sentence without its full stop. */
export function whyTooLate({ conversation_status: status }: Pick<Conversation, 'conversation_status'>): string {
  if (status === 'initial_message_sent') return 'It was sent, and cannot be taken back';
  if (LEAVING.includes(status)) return 'It is being sent, or may have been sent, and cannot be taken back';
  return `It has ended already (${status}), and does not go`;
}
