import { channelAccess } from '../core/company/channel-access';
import type { Conversation } from '../core/lifecycle/conversation';
import { loadKey } from '../core/lifecycle/find-conversation';
import type { TurnPorts } from './turn-ports';

/** A conversation that expects answers, with its company's record. */
export interface Expecting {
  readonly conversation: Conversation;
  /** As it is stored, unchecked. */
  readonly company: Readonly<Record<string, unknown>>;
  /** BCP 47: the template's. */
  readonly language: string;
}

/** Those of the thread's conversations that are still there and expect answers, in the thread's order. */
export async function loadExpecting(
  conversationIds: readonly string[],
  { conversations, directory }: Pick<TurnPorts, 'conversations' | 'directory'>,
): Promise<readonly Expecting[]> {
  const found = await Promise.all(conversationIds.map(async (id) => {
    const loaded = await loadKey(id, directory);
    const conversation = loaded && (await conversations.find(loaded.key));
    if (!conversation?.expected_answers?.length) return [];
    const { company = {} } = loaded ?? {};
    const { language = 'en-GB' } = channelAccess(company, conversation.channel_method) ?? {};
    return [{ conversation, company, language }];
  }));
  return found.flat();
}
