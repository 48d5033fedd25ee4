import type { Conversation } from './conversation';

/** What a record asks of whoever comes upon it without having a hold of it. */
export type Standing =
  /** No worker has it: it is new, or its worker is gone. */
  | { readonly next: 'take_up' }
  /** The words are frozen and their time has come. */
  | { readonly next: 'send' }
  /** The worker that claimed the send is gone, and its answer with it. */
  | { readonly next: 'miss_deadline' }
  /** What became of a send is to be found out. */
  | { readonly next: 'settle' }
  /** A person has to see it, and may not have been told yet. */
  | { readonly next: 'hand_off' }
  /** Nothing before this moment (milliseconds since 1970). */
  | { readonly next: 'come_back'; readonly at: number }
  | { readonly next: 'rest' };

export function standing(conversation: Conversation, now: number): Standing {
  switch (conversation.conversation_status) {
    case 'initiated':
      return moment(conversation.retry_at) > now ? comeBackAt(conversation.retry_at) : { next: 'take_up' };
    case 'processing':
      return moment(conversation.lease_until) >= now ? comeBackAt(conversation.lease_until) : { next: 'take_up' };
    case 'composed':
      return isWaiting(conversation, now) ? comeBackAt(conversation.retry_at) : { next: 'send' };
    case 'sending':
      return moment(conversation.send_deadline) >= now ? comeBackAt(conversation.send_deadline) : { next: 'miss_deadline' };
    case 'send_unknown':
      return { next: 'settle' };
    case 'awaiting_review':
      return { next: 'hand_off' };
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
function comeBackAt(at: string | undefined): Standing {
  return { next: 'come_back', at: moment(at) + 1 };
}

function moment(at: string | undefined): number {
  return at === undefined ? 0 : Date.parse(at);
}
