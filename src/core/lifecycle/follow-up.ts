import { timestamp } from '../ports/clock';
import type { Conversation } from './conversation';
import { countReplies } from './reply-transitions';
import { CLEARED_WHEN_TERMINAL } from './transition';
import { dueShard } from './work-due-index';

const MINUTE = 60_000;

/** What decides whether a message that was sent is looked after any longer. */
export type Asked = Pick<Conversation, 'follow_up' | 'request_id'>;

/** A sent message leaves the work-due index, or stays in it until its recipient is to be reminded. */
export function whenSent({ follow_up: times, request_id: requestId }: Asked, now: number): {
  readonly set: Partial<Conversation>;
  readonly remove: ReadonlyArray<keyof Conversation>;
} {
  if (!times) return { set: {}, remove: CLEARED_WHEN_TERMINAL };
  return {
    set: { attention: dueShard(requestId), due_at: timestamp(now + times.remind_after_minutes * MINUTE) },
    remove: CLEARED_WHEN_TERMINAL.filter((name) => name !== 'attention' && name !== 'due_at'),
  };
}

/** What a conversation that waits for its answers asks for now. */
export type FollowUpStep =
  /** It waits no longer: an answer came, a person has it, the message did not arrive, or the client has been told. */
  | { readonly next: 'none' }
  | { readonly next: 'wait_until'; readonly at: number }
  /** No reply came. The moment after which it is too late for a reminder. */
  | { readonly next: 'remind'; readonly giveUpAt: number }
  | { readonly next: 'give_up' };

/** A reply without an answer in it needs no reminder, and the client still learns that the answers are missing. */
export function followUpStep(conversation: Conversation, now: number): FollowUpStep {
  const { follow_up: times, sent_at: sentAt, reminder_id: reminder, reminder_at: remindedAt } = conversation;
  if (!times || sentAt === undefined || isOver(conversation)) return { next: 'none' };
  const remindAt = Date.parse(sentAt) + times.remind_after_minutes * MINUTE;
  const giveUpAt = (remindedAt === undefined ? remindAt : Date.parse(remindedAt))
    + times.unanswered_after_minutes * MINUTE;
  if (now < remindAt) return { next: 'wait_until', at: remindAt };
  if (now >= giveUpAt) return { next: 'give_up' };
  const isSettled = reminder !== undefined || countReplies(conversation) > 0;
  return isSettled ? { next: 'wait_until', at: giveUpAt } : { next: 'remind', giveUpAt };
}

function isOver(conversation: Conversation): boolean {
  const { conversation_status: status, delivery_status: delivery, answers = {}, history } = conversation;
  return (
    status !== 'initial_message_sent' ||
    delivery === 'undelivered' ||
    conversation.hand_off_to_human ||
    Object.keys(answers).length > 0 ||
    history.some(({ event }) => event === 'unanswered')
  );
}
