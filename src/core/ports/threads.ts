import type { Conversation, ConversationMessage } from '../lifecycle/conversation';
import type { ReplyHandOff } from '../lifecycle/hand-off-reasons';
import type { ThreadChange, ThreadChangeResult } from '../lifecycle/thread-change';
import type { Thread } from '../lifecycle/thread-record';
import type { NeverAnswered } from './receipt';
import type { Timestamp } from './clock';

/** What a recipient wrote, with the conversation that it answers. */
export interface Reply {
  readonly conversation: Conversation;
  readonly message: ConversationMessage;
  /** The vendor's identifier: the same message may be reported twice. */
  readonly vendorMessageId: string;
  /** Present if no engine may answer it. */
  readonly neverAnswered?: NeverAnswered;
  /** Why no model reads it; absent where one does. */
  readonly unread?: UnreadReason | undefined;
  /** The vendor's identifier of the message that the recipient quoted or replied to. */
  readonly quotes?: string | undefined;
  readonly attachments?: number | undefined;
  /** The card that answers it without a model. */
  readonly card?: string | undefined;
  /** Why a person is to see it. */
  readonly handOff?: ReplyHandOff | undefined;
}

/** What was decided about a message without a model when it was kept, under which identifier. */
export type KeptDecision = Pick<Reply, 'unread' | 'card' | 'handOff'> & { readonly messageId: string };

/** Why no model reads a message: it is decided without one. Stored words. */
export type UnreadReason = ReplyHandOff | 'automatic' | 'own_sender' | 'button' | 'nothing_expected' | 'off';

/** Where a reply lies in its thread. */
export interface KeptReply {
  /** Position in the thread, from 1; positions may be skipped. */
  readonly sequence: number;
  /** False if the message was kept before. */
  readonly isNew: boolean;
  /** Of one that was kept before, by a version of the engine that keeps its decision. */
  readonly decided?: KeptDecision;
  /** The thread as the message's new position left it. */
  readonly thread?: Thread;
}

/** One line of a thread: what the recipient wrote, or a message of ours, whose words stand in its own record. */
export interface ThreadLine {
  readonly sequence: number;
  readonly role: 'assistant' | 'user';
  readonly message_id: string;
  readonly timestamp: Timestamp;
  /** The conversation that it belongs to, by its identifier. */
  readonly conversation: string;
  /** Empty for a message of ours. */
  readonly content: string;
  readonly vendorMessageId?: string;
  readonly unread?: UnreadReason;
  readonly quotes?: string;
  /** Pictures and files that came with it, if any. */
  readonly attachments?: number;
  /** Of an answer of the engine: its card. Of what no model reads: the card that answers it. */
  readonly card?: string;
}

/**
 * The port to what recipients wrote. A thread is one chat on the recipient's phone: one company, channel, sender and
 * recipient. Each message is an item of its own, so that a long chat makes no record larger.
 */
export interface Threads {
  /** Keeps a message once, however often it is called. */
  keep(reply: Reply): Promise<KeptReply>;
  /** Writes a line for a message of ours that went, once, and notes that it expects answers. */
  join(sent: {
    readonly conversation: Conversation;
    readonly vendorMessageId: string;
    readonly at: Timestamp;
    readonly expects: boolean;
  }): Promise<void>;
  /** Strongly consistent. */
  find(threadId: string): Promise<Thread | undefined>;
  change(threadId: string, change: ThreadChange): Promise<ThreadChangeResult>;
  /** The newest lines, oldest first. Strongly consistent; costs the same however long the thread is. */
  newest(threadId: string, limit: number): Promise<readonly ThreadLine[]>;
  /** The newest replies to a conversation, oldest first. Strongly consistent. */
  repliesTo(conversation: Conversation): Promise<readonly ConversationMessage[]>;
  /** Takes back the words of a reply whose conversation was erased while the reply came in. */
  discard(reply: Reply, sequence: number): Promise<void>;
  /** Removes all replies to a conversation. May be repeated. */
  removeRepliesTo(conversation: Conversation): Promise<void>;
}
