import type { Conversation } from '../../core/lifecycle/conversation';
import { countReplies, countWaitingReplies } from '../../core/lifecycle/reply-transitions';
import { duration } from '../conversations/lines';
import type { ToldConversation } from '../conversations/told-conversation';
import { toldConversation } from '../conversations/told-conversation';

/** A conversation whose recipient waits for a person's answer. */
export interface WaitingReply extends ToldConversation {
  readonly status: string;
  readonly since: string;
  readonly waitedSeconds: number;
  readonly replies: number;
  /** Replies that nobody has dealt with. */
  readonly waiting: number;
}

export function waitingReply(conversation: Conversation, { reveal }: { readonly reveal: boolean }, now: number): WaitingReply {
  const { reply_since: since = conversation.updated_at } = conversation;
  return {
    ...toldConversation(conversation, reveal),
    status: conversation.conversation_status,
    since,
    waitedSeconds: Math.round(Math.max(0, now - Date.parse(since)) / 1000),
    replies: countReplies(conversation),
    waiting: countWaitingReplies(conversation),
  };
}

/** For people: one conversation of the list. */
export function listedLines(found: WaitingReply): readonly string[] {
  const { conversationId, waitedSeconds, channel, recipient, companyName, projectName, replies, waiting } = found;
  const amount = `${waiting} ${waiting === 1 ? 'reply' : 'replies'}${waiting === replies ? '' : ` of ${replies}`}`;
  return [
    `${duration(waitedSeconds * 1000)}  ${channel}  ${amount} from ${recipient}  to ${companyName}, ${projectName}`,
    `  ${conversationId}`,
    `  read: engine conversation show '${conversationId}' --text   then: engine reply done '${conversationId}' --seen ${replies}`,
  ];
}
