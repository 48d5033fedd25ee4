import type { ChatEntry, ChatList } from '../lifecycle/chat-list';

/** A chat in a list. */
export interface ListedChat extends ChatEntry {
  readonly threadId: string;
  /** Where it stands: the next page begins behind it. */
  readonly place: string;
}

export interface ChatListQuery {
  readonly company: string;
  readonly list: ChatList;
  /** Of chats that are taken: those of this person alone. */
  readonly by?: string | undefined;
  /** The place behind which the page begins. */
  readonly after?: string | undefined;
  readonly limit: number;
}

/** The port to lists of chats by who has them. They may lag behind the threads by about a second. */
export interface ChatLists {
  /** Taken: by person, then the longest first. Returned: the newest first. */
  page(query: ChatListQuery): Promise<readonly ListedChat[]>;
  /** By conversation, the recipient's address; of those that were erased there is none. */
  recipients(conversationIds: readonly string[]): Promise<ReadonlyMap<string, string>>;
}
