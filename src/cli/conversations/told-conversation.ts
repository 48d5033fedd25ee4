import type { Conversation } from '../../core/lifecycle/conversation';
import { HIDDEN, maskAddress } from '../masking';

/** Which conversation it is and whom it is with, as every list and view of the operator's commands tells it. */
export interface ToldConversation {
  readonly conversationId: string;
  readonly companyName: string;
  readonly projectName: string;
  readonly channel: string;
  /** Masked unless it was asked for. */
  readonly recipient: string;
}

export function toldConversation(conversation: Conversation, reveal: boolean): ToldConversation {
  return {
    conversationId: conversation.conversation_id,
    companyName: conversation.company_name,
    projectName: conversation.project_name,
    channel: conversation.channel_method,
    recipient: reveal ? conversation.primary_channel : maskAddress(conversation.primary_channel),
  };
}

/** The recipient's name, hidden unless it was asked for. */
export function recipientName({ recipient_first_name: first, recipient_last_name: last }: Conversation, reveal: boolean): string {
  return reveal ? `${first} ${last}` : HIDDEN;
}
