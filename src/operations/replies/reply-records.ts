import type { CompanySettings } from '../../core/company/company-settings';
import type { FilledMessage } from '../../core/company/template';
import type { NewIdentifier } from '../../core/identity';
import type { Conversation } from '../../core/lifecycle/conversation';
import type { ReplyOrigin } from '../../core/lifecycle/reply-origin';
import type { ConversationIdentity } from '../../core/lifecycle/conversation-id';
import { followOnRecords } from '../../core/lifecycle/follow-on-records';
import { freeWords } from '../../core/lifecycle/free-words';
import { threadIdOf } from '../../core/lifecycle/thread';
import type { IdempotencyRecord } from '../../core/ports/directory';
import { sha256 } from '../../core/sha256';
import { pricesOfMessage } from '../../core/usage/counted-message';
import { pricedReply } from '../../core/usage/written-reply';
import { uuidV5 } from '../../core/uuid-v5';

type Settings = Extract<CompanySettings, { complete: true }>;

/** What a reply is known by again: a repetition has the same, other words have another hash. */
export interface ReplyIdentity {
  readonly requestId: string;
  readonly bodyHash: string;
}

/** A person gives none: it follows from thread, takeover and words, so that the same words of one takeover go once. */
export function identityOfReply(conversation: Conversation, { words, epoch, requestId }: {
  readonly words: string;
  readonly epoch: number;
  readonly requestId?: string | undefined;
}): ReplyIdentity {
  const threadId = threadIdOf(conversation);
  // A client's identifier may be one of its requests' too, or be used for another conversation.
  if (requestId !== undefined) {
    return { requestId, bodyHash: sha256(JSON.stringify(['reply', conversation.conversation_id, words])) };
  }
  const bodyHash = sha256(words);
  return { requestId: uuidV5(`reply#${threadId}#${epoch}#${bodyHash}`), bodyHash };
}

interface ReplyRecords {
  readonly idempotency: IdempotencyRecord;
  /** `usageEntry`: how the project's usage counts it; `epoch`: of the thread that the writer has. */
  readonly record: (made: {
    readonly usageEntry: string | undefined;
    readonly settings: Settings;
    readonly epoch: number;
  }) => Conversation & { readonly reply: ReplyOrigin };
}

/** The records of a reply: its words are written, so no model is asked, and it is kept as its thread is. */
export function replyRecords({ conversation, reply, identity, filled, words, by, answers, sendBefore, now, ports }: {
  readonly conversation: Conversation;
  readonly reply: ReplyIdentity;
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
  const { idempotency, record } = followOnRecords(conversation, { ...reply, identity, now, sendBefore });
  const { created_at: at } = record;
  return {
    idempotency,
    record: ({ usageEntry, settings, epoch }) => ({
      ...record,
      // Words that a person or a client wrote need no facts, so none are copied.
      project_data: {},
      reply: { owner: 'person', epoch, thread: threadId, in_reply_to: conversation.conversation_id, by, answers },
      conversation_status: 'composed',
      ...freeWords(filled, at, ports.newIdentifier),
      history: [{ at, status: 'composed', by }],
      usage_entry: usageEntry,
      usage_prices: usageEntry === undefined ? undefined : pricesOfMessage(pricedReply({ ...settings, words, subject: '' })),
    }),
  };
}
