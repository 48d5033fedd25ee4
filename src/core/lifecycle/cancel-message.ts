import { cancel } from './cancel-transitions';
import type { Conversation, ConversationStatus } from './conversation';
import type { HandOverPorts } from './hand-over-unsent';
import { handOverCancelled } from './hand-over-unsent';

/** `too_late`: `conversation` was sent, is being sent, or has ended otherwise. */
export type CancelResult =
  | { readonly outcome: 'cancelled' | 'cancelled_before' | 'too_late'; readonly conversation: Conversation }
  /** The record is gone. */
  | { readonly outcome: 'gone' };

/**
 * Ends a message that is not sent yet, by one write. What a cancelled answer was to answer then waits for a person.
 * Repeating it is harmless, and finishes what a crash has cut off.
 */
export async function cancelMessage(ports: HandOverPorts, seen: Conversation, by: string): Promise<CancelResult> {
  const { conversations, clock } = ports;
  const { applied, conversation } = await conversations.change(seen, cancel({ seen, now: clock.now(), by }));
  if (!conversation) return { outcome: 'gone' };
  if (conversation.conversation_status !== 'cancelled') return { outcome: 'too_late', conversation };
  await handOverCancelled(ports, conversation);
  return { outcome: applied ? 'cancelled' : 'cancelled_before', conversation };
}

/** States in which a vendor is being asked, was asked, or may have been. */
const LEAVING: readonly ConversationStatus[] = ['sending', 'send_unknown', 'send_unconfirmed'];

/** Why a message cannot be cancelled: a sentence without its full stop. */
export function whyTooLate({ conversation_status: status }: Pick<Conversation, 'conversation_status'>): string {
  if (status === 'initial_message_sent') return 'It was sent, and cannot be taken back';
  if (LEAVING.includes(status)) return 'It is being sent, or may have been sent, and cannot be taken back';
  return `It has ended already (${status}), and does not go`;
}
