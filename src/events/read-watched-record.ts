import type { Conversation, ConversationKey } from '../core/lifecycle/conversation';
import type { OptOutEntry, ThreadEntry, WatchedRecord } from './watched-record';
import { kindOf } from './watched-record';

type Fields = Readonly<Record<string, unknown>>;

/** Records as they are stored. */
export interface StoredRecords {
  item(key: ConversationKey): Promise<Fields | undefined>;
  conversation(key: ConversationKey): Promise<Conversation | undefined>;
  /** The conversation of an identifier; undefined if it is gone, or its person was erased. */
  requested(conversationId: string): Promise<Conversation | undefined>;
  newestOfProjects(
    partition: string,
    senders: readonly string[],
  ): Promise<ReadonlyArray<{ readonly sender: string; readonly conversation: string }>>;
}

/** The record behind a key as the publisher reads it. Undefined if it is gone, or clients learn nothing of its kind. */
export async function readWatchedRecord(
  key: ConversationKey,
  stored: Pick<StoredRecords, 'item' | 'conversation' | 'newestOfProjects'>,
): Promise<WatchedRecord | undefined> {
  const kind = kindOf(key);
  if (kind === undefined) return undefined;
  if (kind === 'conversation') {
    const conversation = await stored.conversation(key);
    return conversation && { kind, conversation };
  }
  const item = await stored.item(key);
  if (!item) return undefined;
  switch (kind) {
    case 'thread': return thread(key, item);
    case 'reply': return reply(key, item);
    case 'opt_out': {
      const history = entries(item.history, isOptOut);
      const senders = [...new Set(history.map(({ sender }) => sender))];
      if (senders.length === 0) return undefined;
      return { kind, history, conversations: await stored.newestOfProjects(key.primary_channel, senders) };
    }
  }
}

function thread({ primary_channel: partition }: ConversationKey, item: Fields): WatchedRecord | undefined {
  if (typeof item.company_id !== 'string') return undefined;
  const expecting: unknown = Array.isArray(item.expecting) ? item.expecting.at(-1) : undefined;
  return {
    kind: 'thread',
    thread: partition.slice('thread#'.length),
    company: item.company_id,
    channel: text(item.channel_method),
    history: entries(item.history, isThreadEntry),
    conversation: text(expecting),
    timeToLive: seconds(item.time_to_live),
  };
}

/** Lines of our own messages lie there too; they are events of their own records. */
function reply({ primary_channel: partition, conversation_id }: ConversationKey, item: Fields) {
  const { message_id: messageId, timestamp: at, reply_to: conversation, role } = item;
  if (typeof messageId !== 'string' || typeof at !== 'string' || typeof conversation !== 'string') return undefined;
  if (role !== 'user') return undefined;
  return {
    kind: 'reply',
    thread: partition.slice('thread#'.length),
    position: conversation_id,
    messageId,
    at,
    conversation,
    timeToLive: seconds(item.time_to_live),
  } as const;
}

function entries<Found>(value: unknown, is: (entry: unknown) => entry is Found): readonly Found[] {
  return Array.isArray(value) ? value.filter((entry) => is(entry)) : [];
}

function isThreadEntry(entry: unknown): entry is ThreadEntry {
  return hasTexts(entry, ['at', 'event']);
}

function isOptOut(entry: unknown): entry is OptOutEntry {
  return hasTexts(entry, ['id', 'at', 'event', 'sender']);
}

function hasTexts(value: unknown, names: readonly string[]): boolean {
  if (typeof value !== 'object' || value === null) return false;
  const fields = new Map(Object.entries(value));
  return names.every((name) => typeof fields.get(name) === 'string');
}

function text(value: unknown): string | undefined {
  return typeof value === 'string' ? value : undefined;
}

function seconds(value: unknown): number | undefined {
  return typeof value === 'number' ? value : undefined;
}
