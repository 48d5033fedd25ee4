import type { Channel } from '../channel';
import { CHANNELS } from '../channel';
import type { Timestamp } from '../ports/clock';
import { timestamp } from '../ports/clock';
import { parseConversationId } from './conversation-id';
import type { Thread } from './thread-record';

/** Chats that people have taken over, and those that they have returned to the engine. */
export const CHAT_LISTS = ['taken', 'returned'] as const;
export type ChatList = (typeof CHAT_LISTS)[number];

/** What a list knows of a chat; all of it stands in the index's own key, so that no thread is read for a list. */
export interface ChatEntry {
  /** The person; shortened where the name is very long. */
  readonly by: string;
  readonly at: Timestamp;
  readonly channel: Channel;
  /** The conversation by which the person came to the chat. */
  readonly conversationId: string;
}

/** The attributes by which a thread stands in the index of replies, beside the conversations that wait for a person. */
export const CHAT_LIST_ATTRIBUTES = ['reply_attention', 'reply_since'] as const satisfies ReadonlyArray<keyof Thread>;

/** Bytes of a sort key that DynamoDB takes. */
const SORT_KEY_BYTES = 1_024;
/** Characters of a person's name in a key, and of one that is longer than that. */
const NAME_LENGTH = 400;
const SHORT_NAME = 30;
/** Behind every character that a key of ours holds. */
const LAST = '\uffff';

/** The partition of a company's list. */
export function chatListPartition(list: ChatList, companyId: string): string {
  return `${list}#${companyId}`;
}

/** A thread's place in a list; undefined where the key would be too long, so that taking over never fails by it. */
export function placeInList(
  list: ChatList, companyId: string, { by, at, channel, conversationId }: ChatEntry,
): Pick<Thread, (typeof CHAT_LIST_ATTRIBUTES)[number]> | undefined {
  const place = list === 'taken' ? [nameInKey(by), at] : [at, nameInKey(by)];
  const reply_since = [...place, channel, conversationId].join('#');
  return Buffer.byteLength(reply_since) > SORT_KEY_BYTES
    ? undefined
    : { reply_attention: chatListPartition(list, companyId), reply_since };
}

/** Undefined for what is no place in a list. */
export function readPlace(list: ChatList, sortKey: string): ChatEntry | undefined {
  const [first = '', second = '', channelName = '', ...rest] = sortKey.split('#');
  const [name, at] = list === 'taken' ? [first, second] : [second, first];
  const channel = CHANNELS.find((known) => known === channelName);
  const conversationId = rest.join('#');
  if (channel === undefined || parseConversationId(conversationId) === undefined) return undefined;
  return { by: decodeURIComponent(name), at, channel, conversationId };
}

/** The stretch of a list's sort keys: of those that are taken of one person, of those that were returned since. */
export function stretchOf(
  list: ChatList, { by, now }: { readonly by?: string | undefined; readonly now: number },
): { readonly from: string; readonly to: string } {
  if (list === 'returned') return { from: timestamp(now - RETURNED_FOR), to: LAST };
  return by === undefined ? { from: ' ', to: LAST } : { from: `${nameInKey(by)}#`, to: `${nameInKey(by)}#${LAST}` };
}

/** Milliseconds for which a chat is listed as returned. */
const RETURNED_FOR = 30 * 24 * 60 * 60_000;

function nameInKey(name: string): string {
  // Halves of characters, which no name has, would make it throw.
  const clean = Buffer.from(name).toString();
  const whole = encodeURIComponent(clean);
  return whole.length <= NAME_LENGTH ? whole : encodeURIComponent(`${[...clean].slice(0, SHORT_NAME).join('')}…`);
}
