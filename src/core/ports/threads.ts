import type { Conversation, ConversationMessage } from '../lifecycle/conversation';
import type { NeverAnswered } from './receipt';

/** What a recipient wrote, with the conversation that it answers. */
export interface Reply {
  readonly conversation: Conversation;
  readonly message: ConversationMessage;
  /** The vendor's identifier: the same message may be reported twice. */
  readonly vendorMessageId: string;
  /** Present if no engine may answer it. */
  readonly neverAnswered?: NeverAnswered;
}

/** Where a reply lies in its thread. */
export interface KeptReply {
  /** Position in the thread, from 1; positions may be skipped. */
  readonly sequence: number;
  /** False if the message was kept before. */
  readonly isNew: boolean;
}

/**
 * The port to what recipients wrote. A thread is one chat on the recipient's phone: one company, channel, sender and
 * recipient. Each message is an item of its own, so that a long chat makes no record larger.
 */
export interface Threads {
  /** Keeps a message once, however often it is called. */
  keep(reply: Reply): Promise<KeptReply>;
  /** The newest replies to a conversation, oldest first. Strongly consistent. */
  repliesTo(conversation: Conversation): Promise<readonly ConversationMessage[]>;
  /** Takes back the words of a reply whose conversation was erased while the reply came in. */
  discard(reply: Reply, sequence: number): Promise<void>;
  /** Removes all replies to a conversation. May be repeated. */
  removeRepliesTo(conversation: Conversation): Promise<void>;
}
