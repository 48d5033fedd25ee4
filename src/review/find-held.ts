import { parseConversationId } from '../core/lifecycle/conversation';
import type { Conversation } from '../core/lifecycle/conversation';
import type { ReviewPorts } from './review-ports';

/** A conversation and its company's record as they are now; undefined where no request was accepted under the identifier. */
export async function findConversation(
  conversationId: string,
  { directory, conversations }: Pick<ReviewPorts, 'directory' | 'conversations'>,
): Promise<{ readonly conversation: Conversation; readonly company?: Readonly<Record<string, unknown>> } | undefined> {
  const identity = parseConversationId(conversationId);
  if (!identity) return undefined;
  const { idempotency, company } = await directory.loadForProcessing(identity);
  if (idempotency?.conversation.conversation_id !== conversationId) return undefined;
  const conversation = await conversations.find(idempotency.conversation);
  return conversation && { conversation, ...(company ? { company } : {}) };
}
