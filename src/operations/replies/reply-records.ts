import type { CompanySettings } from '../../core/company/company-settings';
import type { FilledMessage } from '../../core/company/template';
import type { NewIdentifier } from '../../core/identity';
import type { Conversation } from '../../core/lifecycle/conversation';
import type { ConversationIdentity } from '../../core/lifecycle/conversation-id';
import { followOnRecords } from '../../core/lifecycle/follow-on-records';
import { freeWords } from '../../core/lifecycle/free-words';
import { threadIdOf } from '../../core/lifecycle/thread';
import type { Thread } from '../../core/lifecycle/thread-record';
import type { IdempotencyRecord } from '../../core/ports/directory';
import { sha256 } from '../../core/sha256';
import { pricesOfReply } from '../../core/usage/counted-reply';
import { uuidV5 } from '../../core/uuid-v5';

type Settings = Extract<CompanySettings, { complete: true }>;

interface ReplyRecords {
  readonly requestId: string;
  readonly idempotency: IdempotencyRecord;
  /** `usageEntry`: how the project's usage counts it. */
  readonly record: (usageEntry: string | undefined, settings: Settings) => Conversation;
}

/** The records of a person's reply: its words are written, so no model is asked, and it is kept as its thread is. */
export function replyRecords({ conversation, thread, identity, filled, words, by, answers, sendBefore, now, ports }: {
  readonly conversation: Conversation;
  readonly thread: Thread;
  readonly identity: ConversationIdentity;
  readonly filled: FilledMessage;
  readonly words: string;
  readonly by: string;
  readonly answers: string | undefined;
  readonly sendBefore: number;
  readonly now: number;
  readonly ports: { readonly newIdentifier: NewIdentifier };
}): ReplyRecords {
  const threadId = threadIdOf(conversation);
  const bodyHash = sha256(words);
  const requestId = uuidV5(`reply#${threadId}#${thread.epoch}#${bodyHash}`);
  const { idempotency, record } = followOnRecords(conversation, { requestId, bodyHash, identity, now, sendBefore });
  const { created_at: at } = record;
  return {
    requestId,
    idempotency,
    record: (usageEntry, settings) => ({
      ...record,
      // A person's words need no facts, so none are copied.
      project_data: {},
      reply: { owner: 'person', epoch: thread.epoch, thread: threadId, in_reply_to: conversation.conversation_id, by, answers },
      conversation_status: 'composed',
      ...freeWords(filled, at, ports.newIdentifier),
      history: [{ at, status: 'composed', by }],
      usage_entry: usageEntry,
      usage_prices: usageEntry === undefined ? undefined : pricesOfReply({ ...settings, words, subject: '' }),
    }),
  };
}
