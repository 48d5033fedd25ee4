import type { Conversation } from './conversation';

/** What a record asks of a worker that finds it without having a hold of it. */
export type NextAction =
  /** No worker has it: it is new, or its worker is gone. */
  | { readonly next: 'take_up' }
  /** The words are written and their time has come. */
  | { readonly next: 'send' }
  /** The worker that claimed the send is gone, and its answer with it. */
  | { readonly next: 'expire_send_window' }
  /** What became of a send is to be resolved. */
  | { readonly next: 'resolve_unknown_send' }
  /** A person has to see it, and may not have been notified yet. */
  | { readonly next: 'hand_off' }
  /** It was sent, and its answers are waited for. */
  | { readonly next: 'follow_up' }
  /** Nothing before this moment (milliseconds since 1970). */
  | { readonly next: 'wait_until'; readonly at: number }
  | { readonly next: 'none' };

export function nextAction(conversation: Conversation, now: number): NextAction {
  switch (conversation.conversation_status) {
    case 'initiated':
      return moment(conversation.retry_at) > now ? waitUntil(conversation.retry_at) : { next: 'take_up' };
    case 'processing':
      return moment(conversation.lease_until) >= now ? waitUntil(conversation.lease_until) : { next: 'take_up' };
    case 'composed':
      return isWaiting(conversation, now) ? waitUntil(conversation.retry_at) : { next: 'send' };
    case 'sending':
      return moment(conversation.send_deadline) >= now
        ? waitUntil(conversation.send_deadline)
        : { next: 'expire_send_window' };
    case 'send_unknown':
      return { next: 'resolve_unknown_send' };
    case 'awaiting_review':
      return { next: 'hand_off' };
    case 'initial_message_sent':
      return conversation.follow_up && conversation.due_at !== undefined ? { next: 'follow_up' } : { next: 'none' };
    case 'send_unconfirmed':
    case 'suppressed':
    case 'expired':
    case 'rejected':
    case 'cancelled':
    case 'superseded':
    case 'failed_secrets_fetch':
    case 'failed_to_process_ai':
    case 'failed_to_send_message':
    case 'failed_unknown':
      return { next: 'none' };
    default:
      // A word of the engine before this one: nothing of ours works such a record any more.
      return { next: 'none' };
  }
}

/** A message that has expired meanwhile waits for nothing. */
function isWaiting(conversation: Conversation, now: number): boolean {
  return moment(conversation.retry_at) > now && moment(conversation.send_before) >= now;
}

/** Just after the moment, since leases and deadlines count as passed only then. */
function waitUntil(at: string | undefined): NextAction {
  return { next: 'wait_until', at: moment(at) + 1 };
}

function moment(at: string | undefined): number {
  return at === undefined ? 0 : Date.parse(at);
}
