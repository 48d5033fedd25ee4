import type { ChannelSettings, Project } from '../core/company/company';
import { validityOf } from '../core/company/template';
import type { Conversation } from '../core/lifecycle/conversation';
import type { ConversationIdentity } from '../core/lifecycle/conversation-id';
import { followOnRecords } from '../core/lifecycle/follow-on-records';
import type { IdempotencyRecord } from '../core/ports/directory';
import { sha256 } from '../core/sha256';
import { pricesOfMessage } from '../core/usage/counted-message';
import { uuidV5 } from '../core/uuid-v5';

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
  const name = `reminder#${original.conversation_id}`;
  const requestId = uuidV5(name);
  // No client's body has this hash: the request is the engine's own.
  const bodyHash = sha256(name);
  const sendBefore = now + validityOf(settings.content.template);
  const { idempotency, record } = followOnRecords(original, { requestId, bodyHash, identity, now, sendBefore });
  return {
    requestId,
    idempotency,
    record: (usageEntry) => ({
      ...record,
      // The reminder is proved from the facts that the client gave.
      project_data: original.project_data,
      reminder_of: original.conversation_id,
      conversation_status: 'initiated',
      messages: [],
      history: [{ at: record.created_at, status: 'initiated' }],
      usage_entry: usageEntry,
      usage_prices:
        usageEntry === undefined ? undefined : pricesOfMessage({ project, settings, facts: original }),
    }),
  };
}
