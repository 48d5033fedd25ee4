import type { Conversation, ConversationKey } from '../../../src/core/lifecycle/conversation';
import type { Thread } from '../../../src/core/lifecycle/thread-record';
import type { WatchedRecord } from '../../../src/events/watched-record';
import { kindOf } from '../../../src/events/watched-record';
import type { KeptMessage } from './reply-judge';

interface Stores {
  readonly conversations: { all(): readonly Conversation[] };
  readonly threads: { known(): ReadonlyMap<string, Thread> };
  readonly judge: { readonly messages: readonly KeptMessage[] };
}

/** The record behind a key as the publisher reads it. */
export function watchedRecord(
  key: ConversationKey,
  { conversations, threads, judge }: Stores,
): WatchedRecord | undefined {
  const { primary_channel: partition, conversation_id: sort } = key;
  const id = partition.slice('thread#'.length);
  switch (kindOf(key)) {
    case 'conversation': {
      const conversation = conversations.all().find((one) => one.conversation_id === sort);
      return conversation && { kind: 'conversation', conversation };
    }
    case 'thread': {
      const found = threads.known().get(id);
      const about = found?.expecting?.at(-1);
      return found && {
        kind: 'thread', thread: id, company: found.company_id, channel: found.channel_method,
        history: found.history ?? [], timeToLive: found.time_to_live, ...(about ? { conversation: about } : {}),
      };
    }
    case 'reply': {
      const found = judge.messages.find(({ sequence }) => sort === `message#${sequence}`);
      return found && {
        kind: 'reply', thread: id, position: sort, messageId: found.id, at: found.at, conversation: found.conversation,
      };
    }
    default:
      return undefined;
  }
}
