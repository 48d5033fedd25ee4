import type { Conversation } from '../core/lifecycle/conversation';
import { TERMINAL_STATUSES } from '../core/lifecycle/conversation';
import { explain } from '../core/lifecycle/failure';
import type { ConversationAnswer } from './conversation-answer';
import { describeNextAction } from './describe-next-action';

/** A record as its client may see it: no secret's name, no reviewer, nothing of the recipient, and text only where it is asked for. */
export function showConversation(conversation: Conversation, includesText: boolean): ConversationAnswer {
  const { conversation_status: status, history, messages } = conversation;
  return {
    status: 'success',
    conversation_id: conversation.conversation_id,
    company_id: conversation.company_id,
    project_id: conversation.project_id,
    request_id: conversation.request_id,
    channel_method: conversation.channel_method,
    conversation_status: status,
    is_final: TERMINAL_STATUSES.some((terminal) => terminal === status),
    reason: reasonOf(conversation),
    next_action: describeNextAction(conversation),
    delivery_status: conversation.delivery_status ?? null,
    attempts: conversation.attempt_count,
    accepted_at: conversation.created_at,
    updated_at: conversation.updated_at,
    sent_at: conversation.sent_at ?? null,
    send_before: conversation.send_before,
    history: history.map((step) => ({ at: step.at, status: step.status, ...(step.reason ? { reason: step.reason } : {}) })),
    ...(includesText && { messages: messages.map(({ message_id, timestamp, role, content }) => ({ message_id, timestamp, role, content })) }),
  };
}

/** A person's words about a rejection are meant for the client. */
function reasonOf({ failure_reason: code, conversation_status: status, review }: Conversation): ConversationAnswer['reason'] {
  if (!code) return null;
  const { words } = explain(code);
  return { code, message: status === 'rejected' && review?.note ? `${words} ${review.note}` : words };
}
