import type { Directory } from '../ports/directory';
import type { ConversationStore } from './change';
import type { Conversation, ConversationKey } from './conversation';
import { parseConversationId } from './conversation-id';

type CompanyRecord = Readonly<Record<string, unknown>>;

/**
 * Leads from a conversation's identifier to the record's key, and loads the company record. Undefined if no request was
 * accepted under the identifier.
 */
export async function loadKey(
  conversationId: string,
  directory: Pick<Directory, 'loadForProcessing'>,
): Promise<{ readonly key: ConversationKey; readonly company?: CompanyRecord } | undefined> {
  const identity = parseConversationId(conversationId);
  if (!identity) return undefined;
  const { idempotency, company } = await directory.loadForProcessing(identity);
  return idempotency?.conversation.conversation_id === conversationId
    ? { key: idempotency.conversation, company }
    : undefined;
}

/** The record that an identifier leads to, and its company's record, as they are now. */
export async function findConversationById(
  conversationId: string,
  ports: {
    readonly directory: Pick<Directory, 'loadForProcessing'>;
    readonly conversations: Pick<ConversationStore, 'find'>;
  },
): Promise<{ readonly conversation: Conversation; readonly company?: CompanyRecord } | undefined> {
  const loaded = await loadKey(conversationId, ports.directory);
  const conversation = loaded && (await ports.conversations.find(loaded.key));
  return conversation && { conversation, company: loaded.company };
}
