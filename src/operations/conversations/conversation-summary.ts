import type { Conversation } from '../../core/lifecycle/conversation';
import { HIDDEN, maskAddress } from '../masking';

/** Which conversation it is and whom it is with, as every list and view shows it. */
export interface ConversationSummary {
  readonly conversationId: string;
  readonly companyName: string;
  readonly projectName: string;
  readonly channel: string;
  /** Masked unless it was asked for. */
  readonly recipient: string;
}

export function conversationSummary(conversation: Conversation, reveal: boolean): ConversationSummary {
  return {
    conversationId: conversation.conversation_id,
    companyName: conversation.company_name,
    projectName: conversation.project_name,
    channel: conversation.channel_method,
    recipient: reveal ? conversation.primary_channel : maskAddress(conversation.primary_channel),
  };
}

/** The recipient's name, hidden unless it was asked for. */
export function recipientName(
  { recipient_first_name: first, recipient_last_name: last }: Conversation,
  reveal: boolean,
): string {
  return reveal ? [first, last].filter(Boolean).join(' ') : HIDDEN;
}
