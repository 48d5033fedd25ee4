import { timestamp } from '../ports/clock';
import type { IdempotencyRecord } from '../ports/directory';
import { ENGINE_VERSION } from '../version';
import type { Conversation } from './conversation';
import type { ConversationIdentity } from './conversation-id';
import { formatConversationId } from './conversation-id';
import { TIMES } from './limits';
import { dueShard } from './work-due-index';

/** Seconds that an idempotency record outlives its record, as a request's does. */
const SURPLUS = 7 * 24 * 60 * 60;

/** A message that no client asked for: it follows from a conversation, as a reminder or a person's reply does. */
interface FollowOn {
  /** Follows from what the message is, so that a crash between two writes makes no second one. */
  readonly requestId: string;
  readonly bodyHash: string;
  readonly identity: ConversationIdentity;
  /** Milliseconds since 1970. */
  readonly now: number;
  /** Milliseconds since 1970: the message's last useful moment. */
  readonly sendBefore: number;
}

/**
 * The records of such a message, but for its state and words: to the same recipient, for the same project, kept no
 * longer than the conversation that it follows from.
 */
export function followOnRecords(original: Conversation, { requestId, bodyHash, identity, now, sendBefore }: FollowOn) {
  const { primary_channel, company_id, project_id, time_to_live } = original;
  const { company_name, project_name, company_project, channel_method } = original;
  const { recipient_first_name, recipient_last_name, recipient_tel, recipient_email, comms_consent } = original;
  const key = { primary_channel, conversation_id: formatConversationId({ ...identity, requestId }) };
  const at = timestamp(now);
  const idempotency: IdempotencyRecord = {
    company_id, project_id, request_id: requestId, body_hash: bodyHash, conversation: key, accepted_at: at,
    time_to_live: time_to_live + SURPLUS,
  };
  const record = {
    ...key,
    company_id, project_id, company_name, project_name, company_project, channel_method,
    recipient_first_name, recipient_last_name, recipient_tel, recipient_email, comms_consent,
    request_id: requestId,
    initial_request_timestamp: at,
    task_complete: 0 as const,
    hand_off_to_human: false,
    router_version: ENGINE_VERSION,
    created_at: at,
    updated_at: at,
    send_before: timestamp(sendBefore),
    time_to_live,
    last_change: requestId,
    attention: dueShard(requestId),
    due_at: timestamp(now + TIMES.reconcileAfter),
    attempt_count: 0,
  };
  return { idempotency, record };
}
