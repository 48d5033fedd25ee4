import type { EventType } from '../core/events/event-types';
import type { Conversation, HistoryEntry } from '../core/lifecycle/conversation';

/**
 * States that are an event by themselves. A send whose answer was lost is none: it resolves to one of these. Words that
 * later versions add are looked up here, too.
 */
const BY_STATUS: Readonly<Record<string, EventType>> = {
  awaiting_review: 'message.held_for_review',
  initial_message_sent: 'message.sent',
  send_unconfirmed: 'message.unconfirmed',
  suppressed: 'message.suppressed',
  expired: 'message.expired',
  rejected: 'message.review_decided',
  superseded: 'message.superseded',
  cancelled: 'message.cancelled',
  failed_secrets_fetch: 'message.failed',
  failed_to_process_ai: 'message.failed',
  failed_to_send_message: 'message.failed',
  failed_unknown: 'message.failed',
};

/** What a receipt makes of a message that was sent. That the vendor has it is no news. */
const BY_DELIVERY: Readonly<Record<string, EventType>> = {
  delivered: 'message.delivered',
  read: 'message.read',
  undelivered: 'message.failed',
};

/** What happens to a conversation beside the states of its message. */
const BY_EVENT: Readonly<Record<string, EventType>> = {
  answered: 'conversation.answered',
  unanswered: 'conversation.unanswered',
};

/** The event that one entry of a message's history is; undefined for one that is none. */
export function messageEvent({ history }: Pick<Conversation, 'history'>, index: number): EventType | undefined {
  const entry: (HistoryEntry & { readonly event?: string }) | undefined = history[index];
  if (!entry) return undefined;
  if (entry.event !== undefined) return BY_EVENT[entry.event];
  if (index === 0 && entry.status === 'initiated') return 'message.accepted';
  // A person decided: the message goes on to be sent or composed, or it ends.
  if (entry.by !== undefined && history[index - 1]?.status === 'awaiting_review') return 'message.review_decided';
  if (entry.delivery !== undefined) return BY_DELIVERY[entry.delivery] ?? newState(history, index, entry);
  return newState(history, index, entry);
}

/** An entry that repeats a state, such as another wait, is none. */
function newState(history: readonly HistoryEntry[], index: number, { status }: HistoryEntry): EventType | undefined {
  const before = history.slice(0, index).findLast((one) => !('event' in one));
  return before?.status === status ? undefined : BY_STATUS[status];
}
