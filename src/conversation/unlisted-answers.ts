import type { Conversation, ConversationStatus } from '../core/lifecycle/conversation';
import { formatConversationId, parseConversationId } from '../core/lifecycle/conversation-id';
import { findConversationById } from '../core/lifecycle/find-conversation';
import { replyThatLeaves } from '../core/lifecycle/takeover-transitions';
import type { Thread } from '../core/lifecycle/thread-record';
import type { ThreadLine } from '../core/ports/threads';
import { uuidV5 } from '../core/uuid-v5';
import { nameOf } from './say-reply';
import type { TurnPorts } from './turn-ports';

/** States in which the recipient may have the message. */
const MAY_HAVE_LEFT: readonly ConversationStatus[] = [
  'sending', 'send_unknown', 'send_unconfirmed', 'initial_message_sent',
];

/**
 * The engine's answers that left, or may have, and that the thread has no line of: a worker writes it behind the send,
 * and may die before. So what a newer turn knows of them depends on no worker. Nothing is read where all have lines.
 */
export async function unlistedAnswers(
  threadId: string,
  thread: Thread,
  lines: readonly ThreadLine[],
  ports: Pick<TurnPorts, 'clock' | 'conversations' | 'directory'>,
): Promise<readonly ThreadLine[]> {
  const { history = [], context_from: from = '' } = thread;
  const listed = new Set(lines.map(({ message_id: id }) => id));
  const oldest = lines[0]?.sequence ?? 0;
  const leaving = replyThatLeaves(thread, ports.clock.now());
  const found = await Promise.all(history.map(async (entry): Promise<readonly ThreadLine[]> => {
    const { event, at, card, conversation: about, sequence } = entry;
    if (event !== 'replied' || !card || about === undefined || sequence === undefined) return [];
    if (at < from || sequence < oldest) return [];
    const requestId = requestIdOf(threadId, sequence);
    if (listed.has(requestId)) return [];
    const reply = await findReply(about, requestId, ports);
    if (!reply || !(leaving === requestId || MAY_HAVE_LEFT.includes(reply.conversation_status))) return [];
    return [{
      sequence, role: 'assistant', message_id: requestId, timestamp: at, conversation: reply.conversation_id, content: '',
      card: card.card_id,
    }];
  }));
  return found.flat();
}

/** Of the engine's answer to the burst up to this position. */
export function requestIdOf(threadId: string, sequence: number): string {
  return uuidV5(nameOf(threadId, sequence));
}

/** The record of an answer that was made about this conversation. */
export async function findReply(
  about: string, requestId: string, ports: Pick<TurnPorts, 'conversations' | 'directory'>,
): Promise<Conversation | undefined> {
  const identity = parseConversationId(about);
  if (!identity) return undefined;
  return (await findConversationById(formatConversationId({ ...identity, requestId }), ports))?.conversation;
}
