import type { Timestamp } from '../ports/clock';
import { timestamp } from '../ports/clock';
import type { Change } from './change';
import type { Conversation, RepliesDealtWith } from './conversation';
import type { ReplyHandOff } from './hand-off-reasons';

/**
 * Partition of the replies that wait for a person, in an index of their own: a message may be on its way or wait for a
 * review while its recipient writes, and a terminal one lies in no other index.
 */
export const REPLY_ATTENTION = 'reply';

/** How many messages the recipient wrote. Records of older versions hold the messages themselves. */
export function countReplies({
  messages, inbound_ids: ids = [],
}: Pick<Conversation, 'messages' | 'inbound_ids'>): number {
  return Math.max(messages.filter(({ role }) => role === 'user').length, ids.length);
}

/** Those that no person has dealt with yet; 0 where none was handed to one. */
export function countWaitingReplies(conversation: Conversation): number {
  const { reply_attention: waits, replies_dealt_with: dealt = [] } = conversation;
  return waits === undefined ? 0 : countReplies(conversation) - (dealt.at(-1)?.replies ?? 0);
}

/** What a record says while its replies wait for a person. */
export function waitForPerson(reason: ReplyHandOff, since: Timestamp): Partial<Conversation> {
  return {
    hand_off_to_human: true,
    hand_off_to_human_reason: reason,
    reply_attention: REPLY_ATTENTION,
    reply_since: since,
  };
}

/** What the recipient wrote was read, and a person is to see it. Replies that wait already go on waiting. */
export function handOffReplies({ seen, reason, now }: {
  readonly seen: Conversation;
  readonly reason: ReplyHandOff;
  readonly now: number;
}): Change {
  const at = timestamp(now);
  return {
    name: 'hand off replies',
    when: [{ last_change: { equals: seen.last_change } }],
    set: { updated_at: at, ...waitForPerson(reason, seen.reply_since ?? at) },
  };
}

/** A person has dealt with the replies of the record as it was seen; one that came since keeps it waiting. */
export function dealWithReplies({
  seen,
  by,
  now,
}: {
  readonly seen: Conversation;
  readonly by: string;
  readonly now: number;
}): Change {
  const dealt: RepliesDealtWith = { at: timestamp(now), by, replies: countReplies(seen) };
  const isHeld = seen.conversation_status === 'awaiting_review';
  return {
    name: 'deal with replies',
    when: [{ reply_attention: { exists: true }, last_change: { equals: seen.last_change } }],
    set: {
      replies_dealt_with: [...(seen.replies_dealt_with ?? []), dealt],
      // The message itself may wait for a person, too.
      ...(isHeld
        ? { hand_off_to_human_reason: seen.failure_reason ?? 'review_requested' }
        : { hand_off_to_human: false }),
    },
    remove: ['reply_attention', 'reply_since', ...(isHeld ? [] : (['hand_off_to_human_reason'] as const))],
  };
}
