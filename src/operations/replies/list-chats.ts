import type { ChatList } from '../../core/lifecycle/chat-list';
import { parseConversationId } from '../../core/lifecycle/conversation-id';
import { maskAddress } from '../masking';
import type { OperationPorts } from '../ports';

/** A chat that a person has, or has returned to the engine. */
export interface ChatInList {
  /** The conversation by which the person came to it. */
  readonly conversationId: string;
  readonly projectId: string;
  readonly channel: string;
  /** Masked. */
  readonly recipient: string;
  readonly by: string;
  readonly at: string;
}

interface ListOrder {
  readonly company: string;
  readonly list: ChatList;
  /** Of chats that are taken: those of this person alone. */
  readonly by?: string | undefined;
  readonly after?: string | undefined;
  readonly limit: number;
}

type Ports = Pick<OperationPorts, 'chatLists'>;

/** Who has which chat of a company since when, or who returned it; those whose recipient was erased are left out. */
export async function listChats(
  { chatLists }: Ports, { limit, after, ...order }: ListOrder,
): Promise<{ readonly chats: readonly ChatInList[]; readonly next?: string }> {
  // One more than is shown, so that a next page is not offered where there is none.
  const found = await chatLists.page({ ...order, limit: limit + 1, after: after && fromCursor(after) });
  const shown = found.slice(0, limit);
  const recipients = await chatLists.recipients(shown.map(({ conversationId }) => conversationId));
  const last = found.length > limit ? shown.at(-1) : undefined;
  return {
    chats: shown.flatMap(({ by, at, channel, conversationId }) => {
      const recipient = recipients.get(conversationId);
      const { projectId = '' } = parseConversationId(conversationId) ?? {};
      const chat = { by, at, channel, conversationId, projectId };
      return recipient === undefined ? [] : [{ ...chat, recipient: maskAddress(recipient) }];
    }),
    ...(last ? { next: Buffer.from(last.place).toString('base64url') } : {}),
  };
}

function fromCursor(cursor: string): string {
  return Buffer.from(cursor, 'base64url').toString();
}
