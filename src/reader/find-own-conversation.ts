import { isUsable, mayUse } from '../core/company/key-right';
import type { Refusal } from '../core/contract/refusal';
import { FORBIDDEN } from '../core/contract/refusal';
import type { ConversationStore } from '../core/lifecycle/change';
import type { Conversation } from '../core/lifecycle/conversation';
import { parseConversationId } from '../core/lifecycle/conversation-id';
import type { Clock } from '../core/ports/clock';
import type { Directory, KeyGrant } from '../core/ports/directory';
import { database } from '../core/ports/port-failure';
import { sha256 } from '../core/sha256';

/** A client's call about one conversation, as the gateway hands it over. */
export interface ConversationCall {
  readonly apiKey?: string;
  /** The identifier as it stands in the path: percent-encoded. */
  readonly pathPart: string;
  /** The `Origin` header. */
  readonly origin?: string;
}

export interface FindPorts {
  readonly directory: Pick<Directory, 'keyGrant' | 'loadForRead'>;
  readonly conversations: Pick<ConversationStore, 'find'>;
  readonly clock: Pick<Clock, 'now'>;
}

/** `key`: the caller's. */
export type Found =
  | { readonly conversation: Conversation; readonly key: KeyGrant }
  | { readonly refusal: Refusal };

/** One answer for what does not exist, was removed, belongs to another tenant or cannot even be an identifier. */
export const NOT_FOUND: Refusal = { code: 'CONVERSATION_NOT_FOUND', message: 'There is no such conversation.' };

/** What cannot be an identifier names no one's conversation: to say so betrays nothing. */
const NOT_AN_IDENTIFIER: Refusal = {
  code: 'CONVERSATION_NOT_FOUND',
  message:
    'The path does not hold a valid conversation_id: use the one that was answered to the request, and ' +
    'percent-encode it (each # is %23).',
};

/**
 * The key comes before all else, then `fault` of the call's own, and a record is read only where the key may see it: so
 * another tenant's conversation is answered like one that does not exist.
 */
export async function findOwnConversation(
  { apiKey, pathPart }: ConversationCall,
  { directory, conversations, clock }: FindPorts,
  fault?: Refusal,
): Promise<Found> {
  if (!apiKey) return { refusal: FORBIDDEN };
  const keyHash = sha256(apiKey);
  const conversationId = decode(pathPart);
  const identity = parseConversationId(conversationId);
  const { key, idempotency } = await database('Reading the API key and the idempotency record', async () =>
    identity
      ? directory.loadForRead({ keyHash, ...identity })
      : { key: await directory.keyGrant(keyHash), idempotency: undefined },
  );
  if (!isUsable(key, clock.now())) return { refusal: FORBIDDEN };
  if (fault) return { refusal: fault };
  if (!identity) return { refusal: NOT_AN_IDENTIFIER };
  const isTheirs = mayUse(key, { company_id: identity.companyId, project_id: identity.projectId });
  if (!isTheirs || idempotency?.conversation.conversation_id !== conversationId) return { refusal: NOT_FOUND };
  const conversation = await database('Reading the conversation', () => conversations.find(idempotency.conversation));
  return conversation ? { conversation, key } : { refusal: NOT_FOUND };
}

/** What is encoded wrongly stays as it is, and then names nothing. */
function decode(pathPart: string): string {
  try {
    return decodeURIComponent(pathPart);
  } catch {
    return pathPart;
  }
}
