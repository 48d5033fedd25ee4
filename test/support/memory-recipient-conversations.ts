import type { ConversationKey } from '../../src/core/lifecycle/conversation';
import { parseConversationId } from '../../src/core/lifecycle/conversation-id';
import type { RecipientConversations } from '../../src/core/ports/receipt';
import type { MemoryConversations } from './memory-conversations';

/** The conversations of a recipient among records in memory. */
export class MemoryRecipientConversations implements RecipientConversations {
  private readonly conversations: MemoryConversations;

  constructor(conversations: MemoryConversations) {
    this.conversations = conversations;
  }

  newest({ recipient, sender, company }: Parameters<RecipientConversations['newest']>[0]): Promise<ConversationKey | undefined> {
    const found = this.conversations.all().filter(({ primary_channel, conversation_id }) => {
      const identity = parseConversationId(conversation_id);
      return primary_channel === recipient && identity?.sender === sender && identity.companyId === company;
    });
    const [first] = found.sort((one, other) => (one.created_at < other.created_at ? 1 : -1));
    return Promise.resolve(first && { primary_channel: first.primary_channel, conversation_id: first.conversation_id });
  }
}
