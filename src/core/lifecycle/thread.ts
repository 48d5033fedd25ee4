import { identityOf } from '../recipient/identity';
import { sha256 } from '../sha256';
import type { Threads } from '../ports/threads';
import type { Conversation } from './conversation';
import { parseConversationId } from './conversation-id';
import { countReplies } from './reply-transitions';

type Chat = Pick<Conversation, 'company_id' | 'channel_method' | 'primary_channel' | 'conversation_id'>;

/** Hex digits of a thread's identifier: 128 bits, which no two chats share. */
const IDENTIFIER_DIGITS = 32;

/**
 * The thread that a conversation belongs to: a hash, so that a queue message that holds it names no recipient. The
 * same chat always has the same one.
 */
export function threadIdOf({ company_id: company, channel_method: channel, ...chat }: Chat): string {
  const { sender = '' } = parseConversationId(chat.conversation_id) ?? {};
  const people = [sender, chat.primary_channel].map((address) => identityOf(address) ?? address);
  return sha256(JSON.stringify([company, channel, ...people])).slice(0, IDENTIFIER_DIGITS);
}

/** The conversation with what its recipient wrote behind its messages. Records of older versions hold it themselves. */
export async function withReplies(
  conversation: Conversation,
  threads: Pick<Threads, 'repliesTo'>,
): Promise<Conversation> {
  const { messages } = conversation;
  const inRecord = messages.filter(({ role }) => role === 'user').length;
  if (countReplies(conversation) <= inRecord) return conversation;
  const replies = await threads.repliesTo(conversation);
  const known = new Set(messages.map(({ message_id: id }) => id));
  return { ...conversation, messages: [...messages, ...replies.filter(({ message_id: id }) => !known.has(id))] };
}
