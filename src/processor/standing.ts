import type { Conversation } from '../core/conversation';

/** What a record asks of a worker that has no hold of it. */
export type Standing =
  /** The words are frozen and their time has come. */
  | { readonly next: 'send' }
  /** The worker that claimed the send is gone, and its answer with it. */
  | { readonly next: 'miss_deadline' }
  /** A person has to see it, and may not have been told yet. */
  | { readonly next: 'hand_off' }
  /** Nothing before this moment (milliseconds since 1970). */
  | { readonly next: 'come_back'; readonly at: number }
  | { readonly next: 'rest' };

/** Another worker is at it, or was: long enough for its next step. */
const MOMENT = 1000;

export function standing(conversation: Conversation, now: number): Standing {
  switch (conversation.conversation_status) {
    case 'initiated':
      return comeBackAt(conversation.retry_at, now);
    case 'processing':
      return comeBackAt(conversation.lease_until, now);
    case 'composed':
      return isWaiting(conversation, now) ? comeBackAt(conversation.retry_at, now) : { next: 'send' };
    case 'sending':
      return now > moment(conversation.send_deadline) ? { next: 'miss_deadline' } : comeBackAt(conversation.send_deadline, now);
    case 'awaiting_review':
      return { next: 'hand_off' };
    // What became of a send whose answer was lost is for receipts and the reconciler to find out.
    case 'send_unknown':
    case 'send_unconfirmed':
    case 'initial_message_sent':
    case 'suppressed':
    case 'expired':
    case 'rejected':
    case 'failed_secrets_fetch':
    case 'failed_to_process_ai':
    case 'failed_to_send_message':
    case 'failed_unknown':
      return { next: 'rest' };
  }
}

/** A message that has expired meanwhile waits for nothing. */
function isWaiting(conversation: Conversation, now: number): boolean {
  return moment(conversation.retry_at) > now && moment(conversation.send_before) >= now;
}

/** Just after the moment, since leases and deadlines count as passed only then. */
function comeBackAt(at: string | undefined, now: number): Standing {
  return { next: 'come_back', at: Math.max(moment(at) + 1, now + MOMENT) };
}

function moment(at: string | undefined): number {
  return at === undefined ? 0 : Date.parse(at);
}
