import { timestamp } from '../../core/ports/clock';
import type { Conversation } from '../../core/lifecycle/conversation';
import { countReplies, countWaitingReplies, REPLY_ATTENTION } from '../../core/lifecycle/reply-transitions';
import type { ConversationSummary } from '../conversations/conversation-summary';
import { conversationSummary } from '../conversations/conversation-summary';
import type { OperationPorts } from '../ports';

/** A conversation whose recipient waits for a person's answer. */
export interface WaitingReply extends ConversationSummary {
  readonly status: string;
  readonly since: string;
  readonly waitedSeconds: number;
  readonly replies: number;
  /** Replies that no person has acknowledged. */
  readonly waiting: number;
}

type Ports = Pick<OperationPorts, 'clock' | 'conversations' | 'repliesDue'>;

/** Conversations with replies that wait for a person, longest first. */
export async function listWaitingReplies(
  ports: Ports,
  limit: number,
  reveal: boolean,
): Promise<readonly WaitingReply[]> {
  const now = ports.clock.now();
  const due = await ports.repliesDue.due({ shard: REPLY_ATTENTION, before: timestamp(now + 1), limit });
  const found = await Promise.all(due.map(async ({ key }) => ports.conversations.find(key)));
  // The index lags: what it names may be acknowledged, or erased, by now.
  return found.flatMap((conversation) =>
    conversation?.reply_attention === undefined ? [] : [waitingReply(conversation, reveal, now)],
  );
}

/** A conversation with replies, as a list shows it. */
export function waitingReply(conversation: Conversation, reveal: boolean, now: number): WaitingReply {
  const { reply_since: since = conversation.updated_at } = conversation;
  return {
    ...conversationSummary(conversation, reveal),
    status: conversation.conversation_status,
    since,
    waitedSeconds: Math.round(Math.max(0, now - Date.parse(since)) / 1000),
    replies: countReplies(conversation),
    waiting: countWaitingReplies(conversation),
  };
}
