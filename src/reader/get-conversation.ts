import type { ConversationStore } from '../core/lifecycle/change';
import type { Clock } from '../core/ports/clock';
import type { Conversation } from '../core/lifecycle/conversation';
import { parseConversationId } from '../core/lifecycle/conversation-id';
import type { Directory } from '../core/ports/directory';
import { isUsable, mayUse } from '../core/company/key-right';
import type { Observer } from '../core/ports/observer';
import { database } from '../core/ports/port-failure';
import type { Refusal } from '../core/contract/refusal';
import { FORBIDDEN } from '../core/contract/refusal';
import { withReplies } from '../core/lifecycle/thread';
import type { Threads } from '../core/ports/threads';
import { sha256 } from '../core/sha256';
import type { ReadAnswer } from './read-answer';
import { answerRead, explainReadFailure } from './read-answer';
import { showConversation } from './show-conversation';

/** One `GET /conversations/{conversation_id}`, as the gateway hands it over. */
export interface ReadCall {
  readonly apiKey?: string;
  /** The path's last part, as it was called: percent-encoded. */
  readonly pathPart: string;
  /** The query's `include`. */
  readonly include?: string;
  /** The `Origin` header. */
  readonly origin?: string;
}

export interface ReaderPorts {
  readonly directory: Pick<Directory, 'keyGrant' | 'loadForRead'>;
  readonly conversations: Pick<ConversationStore, 'find'>;
  readonly threads: Pick<Threads, 'repliesTo'>;
  readonly clock: Pick<Clock, 'now'>;
  readonly observer: Observer;
}

type Found = { readonly conversation: Conversation } | { readonly refusal: Refusal };

/** One answer for what does not exist, was removed, belongs to another tenant or cannot even be an identifier. */
const NOT_FOUND: Refusal = { code: 'CONVERSATION_NOT_FOUND', message: 'There is no such conversation.' };

/** What cannot be an identifier names no one's conversation: to say so betrays nothing. */
const NOT_AN_IDENTIFIER: Refusal = {
  code: 'CONVERSATION_NOT_FOUND',
  message:
    'The path does not end in a valid conversation_id: use the one that was answered to the request, and ' +
    'percent-encode it (each # is %23).',
};

const UNKNOWN_INCLUDE: Refusal = {
  code: 'INVALID_REQUEST',
  message: 'include must be "text", or be left out.',
  details: [{ path: 'include', message: 'must be "text", or be left out' }],
};

/** Answers a client what became of its request. Answers every failure, and never throws. */
export async function getConversation(
  call: ReadCall,
  ports: ReaderPorts,
  allowedOrigins: readonly string[],
): Promise<ReadAnswer> {
  const { observer } = ports;
  const found = await find(call, ports).catch((error: unknown) => ({
    refusal: explainReadFailure(error, 'A conversation could not be read.', observer),
  }));
  if ('refusal' in found) {
    observer.info('conversation not read', { code: found.refusal.code });
    return answerRead(found, call.origin, allowedOrigins);
  }
  const includesText = call.include === 'text';
  const { conversation } = found;
  observer.info('conversation read', { conversation: conversation.conversation_id, text: includesText });
  return answerRead({ body: showConversation(conversation, includesText) }, call.origin, allowedOrigins);
}

/**
 * The key comes before all else, and a record is read only where the key may see it: so another tenant's conversation
 * is answered like one that does not exist.
 */
async function find({ apiKey, pathPart, include }: ReadCall, ports: ReaderPorts): Promise<Found> {
  if (!apiKey) return { refusal: FORBIDDEN };
  const { directory, conversations, clock } = ports;
  const keyHash = sha256(apiKey);
  const conversationId = decode(pathPart);
  const identity = parseConversationId(conversationId);
  const { key, idempotency } = await database('Reading the API key and the idempotency record', async () =>
    identity
      ? directory.loadForRead({ keyHash, ...identity })
      : { key: await directory.keyGrant(keyHash), idempotency: undefined },
  );
  if (!isUsable(key, clock.now())) return { refusal: FORBIDDEN };
  if (include !== undefined && include !== 'text') return { refusal: UNKNOWN_INCLUDE };
  if (!identity) return { refusal: NOT_AN_IDENTIFIER };
  const isTheirs = mayUse(key, { company_id: identity.companyId, project_id: identity.projectId });
  if (!isTheirs || idempotency?.conversation.conversation_id !== conversationId) return { refusal: NOT_FOUND };
  return database('Reading the conversation', async () => {
    const conversation = await conversations.find(idempotency.conversation);
    if (!conversation) return { refusal: NOT_FOUND };
    return { conversation: include === 'text' ? await withReplies(conversation, ports.threads) : conversation };
  });
}

/** What is encoded wrongly stays as it is, and then names nothing. */
function decode(pathPart: string): string {
  try {
    return decodeURIComponent(pathPart);
  } catch {
    return pathPart;
  }
}
