import type { Conversation } from '../core/lifecycle/conversation';
import type { FailureReason } from '../core/lifecycle/failure';

/** What a client can do itself; everything else is the operator's part. */
const CLIENTS_PART: Readonly<Partial<Record<FailureReason, string>>> = {
  recipient_unreachable: 'Correct the address, or use another channel, under a new request_id.',
  recipient_unavailable: 'Send the request again later under a new request_id, or use another channel.',
  region_not_permitted: 'Use another channel, or ask the operator to permit the country.',
  facts_missing: 'Send the request again under a new request_id, with all the facts that the template needs.',
  content_rejected: 'Do not repeat it: carriers filter repeated attempts. Ask the operator for another wording.',
  attempts_exhausted: 'Send the request again under a new request_id.',
  project_inactive: 'None until the operator switches the project on again.',
  channel_not_allowed: 'Use another channel.',
  recipient_opted_out: 'None: the recipient must not be written to.',
  person_erased: 'None: the person\'s data was erased.',
};

const ASK_THE_OPERATOR = 'Ask the operator to put it right, then send the request again under a new request_id.';

/** What the client of a conversation should do now, in plain words. */
export function describeNextAction(conversation: Conversation): string {
  const { conversation_status: status, failure_reason: reason, delivery_status: delivery } = conversation;
  switch (status) {
    case 'initiated':
    case 'processing':
    case 'composed':
    case 'sending':
      return reason ? 'Wait: the message is tried again by itself until send_before.' : 'Wait: the message is on its way.';
    case 'awaiting_review':
      return 'Wait: a person decides whether the message goes.';
    case 'send_unknown':
      return 'Wait, and do not send it again: the vendor\'s receipt or list will tell whether it went.';
    case 'send_unconfirmed':
      return 'Do not send it again before the operator has looked it up in the vendor\'s console: it may have gone.';
    case 'initial_message_sent':
      return delivery === 'undelivered' ? partOf(reason) : 'None.';
    case 'rejected':
      return 'None: a person decided that the message does not go.';
    case 'expired':
      return 'Send the request again under a new request_id if the message is still of use.';
    case 'suppressed':
    case 'failed_secrets_fetch':
    case 'failed_to_process_ai':
    case 'failed_to_send_message':
    case 'failed_unknown':
      return partOf(reason);
  }
}

function partOf(reason: FailureReason | undefined): string {
  return (reason && CLIENTS_PART[reason]) ?? ASK_THE_OPERATOR;
}
