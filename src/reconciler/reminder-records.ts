import type { ChannelSettings, Project } from '../core/company/company';
import { validityOf } from '../core/company/template';
import type { Conversation } from '../core/lifecycle/conversation';
import type { ConversationIdentity } from '../core/lifecycle/conversation-id';
import { formatConversationId } from '../core/lifecycle/conversation-id';
import { TIMES } from '../core/lifecycle/limits';
import { dueShard } from '../core/lifecycle/work-due-index';
import { timestamp } from '../core/ports/clock';
import type { IdempotencyRecord } from '../core/ports/directory';
import { sha256 } from '../core/sha256';
import { reservationFor } from '../core/usage/cost';
import { uuidV5 } from '../core/uuid-v5';
import { ENGINE_VERSION } from '../core/version';

/** Seconds that an idempotency record outlives its record, as a request's does. */
const SURPLUS = 7 * 24 * 60 * 60;

interface ReminderRecords {
  readonly requestId: string;
  readonly idempotency: IdempotencyRecord;
  /** `usageEntry`: how the project's usage counts it. */
  readonly record: (usageEntry: string | undefined) => Conversation;
}

/** The records of the one reminder of a conversation: the same facts and recipient, kept no longer than it is. */
export function reminderRecords(
  original: Conversation,
  { project, settings, identity, now }: {
    readonly project: Project;
    readonly settings: ChannelSettings;
    readonly identity: ConversationIdentity;
    readonly now: number;
  },
): ReminderRecords {
  const requestId = uuidV5(`reminder#${original.conversation_id}`);
  const { primary_channel, company_id, project_id, time_to_live } = original;
  const conversation = { primary_channel, conversation_id: formatConversationId({ ...identity, requestId }) };
  const at = timestamp(now);
  return {
    requestId,
    idempotency: {
      company_id,
      project_id,
      request_id: requestId,
      // No client's body has this hash: the request is the engine's own.
      body_hash: sha256(`reminder#${original.conversation_id}`),
      conversation,
      accepted_at: at,
      time_to_live: time_to_live + SURPLUS,
    },
    record: (usageEntry) => ({
      ...conversation,
      ...given(original),
      request_id: requestId,
      initial_request_timestamp: at,
      reminder_of: original.conversation_id,
      conversation_status: 'initiated',
      messages: [],
      history: [{ at, status: 'initiated' }],
      task_complete: 0,
      hand_off_to_human: false,
      router_version: ENGINE_VERSION,
      created_at: at,
      updated_at: at,
      send_before: timestamp(now + validityOf(settings.content.template)),
      time_to_live,
      last_change: requestId,
      attention: dueShard(requestId),
      due_at: timestamp(now + TIMES.reconcileAfter),
      attempt_count: 0,
      usage_entry: usageEntry,
      usage_prices:
        usageEntry !== undefined && project.budget
          ? reservationFor(project.budget, project, settings, original).prices
          : undefined,
    }),
  };
}

/** What the client gave for the conversation: the reminder is proved from the same facts. */
function given(original: Conversation) {
  const { company_id, project_id, company_name, project_name, company_project, channel_method } = original;
  const { recipient_first_name, recipient_last_name, recipient_tel, recipient_email, comms_consent } = original;
  return {
    company_id,
    project_id,
    company_name,
    project_name,
    company_project,
    channel_method,
    recipient_first_name,
    recipient_last_name,
    recipient_tel,
    recipient_email,
    comms_consent,
    project_data: original.project_data,
  };
}
