import type { Conversation } from '../../core/conversation';
import { countReplies, countWaitingReplies } from '../../core/reply-life';
import { duration } from '../conversations/lines';
import { maskAddress } from '../masking';

/** A conversation whose recipient waits for a person's answer. */
export interface WaitingReply {
  readonly conversationId: string;
  readonly companyName: string;
  readonly projectName: string;
  readonly channel: string;
  readonly recipient: string;
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
    conversationId: conversation.conversation_id,
    companyName: conversation.company_name,
    projectName: conversation.project_name,
    channel: conversation.channel_method,
    recipient: reveal ? conversation.primary_channel : maskAddress(conversation.primary_channel),
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
