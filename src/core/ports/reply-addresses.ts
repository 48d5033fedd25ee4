import type { ConversationKey } from '../lifecycle/conversation';

/** What a reply address or an unsubscribe link leads to. */
export interface AnsweredMail {
  readonly conversationId: string;
  readonly attemptId: string;
}

/**
 * The port to the addresses that replies to mails go to. Such an item names no recipient: their address is found by the
 * conversation, and no more once that is erased.
 */
export interface ReplyAddresses {
  /** Before the mail goes. May be repeated. `timeToLive`: seconds since 1970, the conversation's own. */
  keep(mail: AnsweredMail & { readonly timeToLive: number }): Promise<void>;
  find(token: string): Promise<AnsweredMail | undefined>;
  /** Removes the addresses of a conversation's attempts. */
  remove(conversation: ConversationKey & { readonly attempt_ids?: readonly string[] }): Promise<void>;
}
