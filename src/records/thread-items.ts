import type { Conversation, ConversationMessage } from '../core/lifecycle/conversation';
import type { ReplyHandOff } from '../core/lifecycle/hand-off-reasons';
import type { Thread } from '../core/lifecycle/thread-record';
import { NEW_THREAD } from '../core/lifecycle/thread-record';
import type { KeptDecision, Reply, ThreadLine, UnreadReason } from '../core/ports/threads';
import type { Item } from './item';

/** Of a message that nobody need see. Stored word. */
const NOT_HANDED_OFF = 'no';

/** What leads from an item of a thread to the conversation that it belongs to, and removes it with that one. */
export function belonging({ conversation_id: id, time_to_live }: Conversation) {
  return { reply_to: id, time_to_live };
}

export function belongsTo({ reply_to: id }: Item, conversation: Conversation): boolean {
  return id === conversation.conversation_id;
}

/** The attributes of an inbound message's item beside its key. */
export function messageAttributes(reply: Reply): Item {
  const { conversation, message, vendorMessageId, neverAnswered, unread, quotes, attachments, card, handOff } = reply;
  return {
    ...message,
    ...belonging(conversation),
    vendor_message_id: vendorMessageId,
    ...(neverAnswered === undefined ? {} : { never_answered: neverAnswered }),
    ...(unread === undefined ? {} : { unread }),
    ...(quotes === undefined ? {} : { quotes }),
    ...(attachments ? { attachments } : {}),
    ...(card === undefined ? {} : { card }),
    handed_off: handOff ?? NOT_HANDED_OFF,
  };
}

/** What an inbound message's item says was decided about it; undefined if an older version kept it, which says less. */
export function readDecision(item: Item): KeptDecision | undefined {
  const { handed_off: handOff, message_id: messageId } = item;
  if (typeof handOff !== 'string') return undefined;
  return {
    ...readUnread(item), messageId: String(messageId),
    ...(handOff === NOT_HANDED_OFF ? {} : { handOff: handOff as ReplyHandOff }),
  };
}

/** Why no model reads it, and the card that answers it then. */
function readUnread({ unread, card }: Item): Pick<ThreadLine, 'unread' | 'card'> {
  return {
    ...(typeof unread === 'string' ? { unread: unread as UnreadReason } : {}),
    ...(typeof card === 'string' ? { card } : {}),
  };
}

/** Personal words of an item: erasure takes them out where it may not delete. */
export const WORDS_OF_A_MESSAGE = ['content', 'vendor_message_id', 'reply_to', 'quotes'] as const;

export function readMessage(item: Item): ConversationMessage {
  return {
    message_id: String(item.message_id),
    timestamp: String(item.timestamp),
    role: 'user',
    content: String(item.content),
    prompt_tokens: 0,
    completion_tokens: 0,
    total_tokens: 0,
  };
}

export function isInbound({ role }: Item): boolean {
  return role === 'user';
}

/** A line; an item whose words were taken out is none. */
export function readLine(item: Item): readonly ThreadLine[] {
  const { reply_to: conversation, conversation_id: key, vendor_message_id: vendorMessageId } = item;
  const { quotes, attachments } = item;
  if (typeof conversation !== 'string') return [];
  return [{
    sequence: Number(String(key).split('#').at(-1)),
    role: isInbound(item) ? 'user' : 'assistant',
    message_id: String(item.message_id),
    timestamp: String(item.timestamp),
    conversation,
    content: typeof item.content === 'string' ? item.content : '',
    ...(typeof vendorMessageId === 'string' ? { vendorMessageId } : {}),
    ...(typeof quotes === 'string' ? { quotes } : {}),
    ...(typeof attachments === 'number' ? { attachments } : {}),
    ...readUnread(item),
  }];
}

/** Only this engine writes threads, so their fields are not checked again; older ones have a position alone. */
export function readThread(item: Item): Thread {
  return { ...NEW_THREAD, ...item } as Thread;
}
