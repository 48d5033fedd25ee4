import { filledFreeText } from '../core/channels/free-text';
import type { ChannelSettings, Project } from '../core/company/company';
import type { Conversation } from '../core/lifecycle/conversation';
import { parseConversationId } from '../core/lifecycle/conversation-id';
import { followOnRecords } from '../core/lifecycle/follow-on-records';
import { freeWords } from '../core/lifecycle/free-words';
import type { ReplyOrigin } from '../core/lifecycle/reply-origin';
import type { IdempotencyRecord } from '../core/ports/directory';
import { sha256 } from '../core/sha256';
import type { PricedMessage } from '../core/usage/counted-message';
import { countedMessage, pricesOfMessage } from '../core/usage/counted-message';
import type { CountedRequest } from '../core/usage/usage';
import type { WrittenReply } from '../core/usage/written-reply';
import { pricedReply } from '../core/usage/written-reply';
import { uuidV5 } from '../core/uuid-v5';
import type { NewIdentifier } from '../core/identity';

/** What is said: words that are known, or the approved template that reopens a chat. */
export type ReplyMessage =
  | { readonly kind: 'words'; readonly written: WrittenReply }
  | { readonly kind: 'template'; readonly project: Project; readonly settings: ChannelSettings };

export interface EngineReply {
  /** The conversation that is answered. */
  readonly about: Conversation;
  readonly origin: ReplyOrigin;
  /** Tells the replies of a thread apart: the same name makes no second message. */
  readonly name: string;
  readonly message: ReplyMessage;
  /** Milliseconds since 1970: the reply's last useful moment. */
  readonly sendBefore: number;
  readonly now: number;
}

interface EngineReplyRecords {
  readonly requestId: string;
  readonly idempotency: IdempotencyRecord;
  /** `usageEntry`: how the project's usage counts it. */
  readonly record: (usageEntry: string | undefined) => Conversation;
}

/**
 * The records of an answer of the engine. A card is composed and proved by the processor as any message; the company's
 * own sentence is written already. Undefined if the conversation's identifier cannot be read.
 */
export function engineReplyRecords(
  { about, origin, name, message, sendBefore, now }: EngineReply,
  { newIdentifier }: { readonly newIdentifier: NewIdentifier },
): EngineReplyRecords | undefined {
  const identity = parseConversationId(about.conversation_id);
  if (!identity) return undefined;
  const requestId = uuidV5(name);
  const bodyHash = sha256(name);
  const { idempotency, record } = followOnRecords(about, { requestId, bodyHash, identity, now, sendBefore });
  const { created_at: at } = record;
  return {
    requestId,
    idempotency,
    record: (usageEntry) => ({
      ...record,
      reply: origin,
      // A card or a template is proved from the facts that the client gave; the company's sentence needs none.
      ...(origin.card || message.kind === 'template'
        ? {
          project_data: about.project_data,
          conversation_status: 'initiated', messages: [], history: [{ at, status: 'initiated' }],
        }
        : { project_data: {}, ...sentence(message.written, at, newIdentifier), conversation_status: 'composed' }),
      usage_entry: usageEntry,
      usage_prices: usageEntry === undefined ? undefined : pricesOfMessage(priced(message, about)),
    }),
  };
}

/** What the reply counts against: its project's limits, and what its sends may cost. */
export function countedAs(
  { about, message, sendBefore, now }: EngineReply,
  requestId: string,
): CountedRequest {
  return countedMessage({ ...priced(message, about), requestId, sendBefore, now });
}

function priced(message: ReplyMessage, about: Conversation): PricedMessage {
  if (message.kind === 'words') return pricedReply(message.written);
  const { project, settings } = message;
  return { project, settings, facts: about };
}

function sentence(
  { channelSettings, words, subject }: WrittenReply,
  at: string,
  newIdentifier: NewIdentifier,
): Pick<Conversation, 'messages' | 'history' | 'composition'> {
  const filled = filledFreeText(channelSettings.content.channel, words, subject);
  return { ...freeWords(filled, at, newIdentifier), history: [{ at, status: 'composed' }] };
}
