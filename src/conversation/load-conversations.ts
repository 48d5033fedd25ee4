import { channelAccess } from '../core/company/channel-access';
import type { Conversation } from '../core/lifecycle/conversation';
import { findConversationById } from '../core/lifecycle/find-conversation';
import type { TurnPorts } from './turn-ports';

/** A conversation with its company's record. */
export interface LoadedConversation {
  readonly conversation: Conversation;
  /** As it is stored, unchecked. */
  readonly company: Readonly<Record<string, unknown>>;
  /** BCP 47: the template's. */
  readonly language: string;
}

/** Those of these conversations that are still there, in their order. */
export async function loadConversations(
  conversationIds: readonly string[],
  ports: Pick<TurnPorts, 'conversations' | 'directory'>,
): Promise<readonly LoadedConversation[]> {
  const loaded = await Promise.all(conversationIds.map(async (id) => {
    const found = await findConversationById(id, ports);
    if (!found) return [];
    const { conversation, company = {} } = found;
    const { language = 'en-GB' } = channelAccess(company, conversation.channel_method) ?? {};
    return [{ conversation, company, language }];
  }));
  return loaded.flat();
}

export function expectsAnswers({ conversation }: LoadedConversation): boolean {
  return (conversation.expected_answers ?? []).length > 0;
}
