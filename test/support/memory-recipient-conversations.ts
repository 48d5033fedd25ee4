import type { ConversationKey } from '../../src/core/lifecycle/conversation';
import { parseConversationId } from '../../src/core/lifecycle/conversation-id';
import type { RecipientConversations } from '../../src/core/ports/receipt';
import { identityOf, isSameAddress } from '../../src/core/recipient/identity';
import type { MemoryAliases } from './memory-aliases';
import type { MemoryConversations } from './memory-conversations';

/** The conversations of a recipient among records in memory. */
export class MemoryRecipientConversations implements RecipientConversations {
  constructor(
    private readonly conversations: MemoryConversations,
    private readonly aliases: MemoryAliases,
  ) {}

  async newest({
    recipient,
    sender,
    company,
  }: Parameters<RecipientConversations['newest']>[0]): Promise<ConversationKey | undefined> {
    const names = await this.aliases.namesOf(recipient, company);
    const found = this.conversations.all().filter(({ primary_channel, conversation_id }) => {
      const identity = parseConversationId(conversation_id);
      const isTheirs = names.includes(identityOf(primary_channel) ?? '');
      return isTheirs && identity?.companyId === company && isSameAddress(identity.sender, sender);
    });
    const [first] = found.sort((one, other) => (one.created_at < other.created_at ? 1 : -1));
    return first && { primary_channel: first.primary_channel, conversation_id: first.conversation_id };
  }
}
