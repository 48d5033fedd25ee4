import type { ConversationStore } from '../core/lifecycle/change';
import type { Clock } from '../core/ports/clock';
import type { Conversation } from '../core/lifecycle/conversation';
import { parseConversationId } from '../core/lifecycle/conversation-id';
import { corsHeaders } from '../core/contract/cross-origin';
import type { Directory } from '../core/ports/directory';
import { isUsable, mayUse } from '../core/company/key-right';
import type { Observer } from '../core/ports/observer';
import { database, PortFailure } from '../core/ports/port-failure';
import type { Refusal } from '../core/contract/refusal';
import { FORBIDDEN, REFUSAL_STATUS } from '../core/contract/refusal';
import { sanitizeError } from '../core/sanitize-error';
import { sha256 } from '../core/sha256';
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
  readonly clock: Pick<Clock, 'now'>;
  readonly observer: Observer;
}

export interface ReadAnswer {
  readonly status: number;
  readonly headers: Readonly<Record<string, string>>;
  /** JSON. */
  readonly body: string;
}

type Found = { readonly conversation: Conversation } | { readonly refusal: Refusal };

/** One answer for what does not exist, was removed, belongs to another tenant or cannot even be an identifier. */
const NOT_FOUND: Refusal = { code: 'CONVERSATION_NOT_FOUND', message: 'There is no such conversation.' };

const UNKNOWN_INCLUDE: Refusal = {
  code: 'INVALID_REQUEST',
  message: 'include must be "text", or be left out.',
  details: [{ path: 'include', message: 'must be "text", or be left out' }],
};

/** Answers a client what became of its request. Answers every failure, and never throws. */
export async function readConversation(
  call: ReadCall,
  ports: ReaderPorts,
  allowedOrigins: readonly string[],
): Promise<ReadAnswer> {
  const found = await find(call, ports).catch((error: unknown) => ({ refusal: explainFailure(error, ports) }));
  const headers = {
    'Content-Type': 'application/json',
    'Cache-Control': 'no-store',
    ...corsHeaders(call.origin, allowedOrigins),
  };
  if ('conversation' in found) {
    const includesText = call.include === 'text';
    const { conversation } = found;
    ports.observer.info('conversation read', { conversation: conversation.conversation_id, text: includesText });
    return { status: 200, headers, body: JSON.stringify(showConversation(conversation, includesText)) };
  }
  const { code, message, details } = found.refusal;
  ports.observer.info('conversation not read', { code });
  const body = { status: 'error', error_code: code, message, request_id: 'unknown', details };
  return { status: REFUSAL_STATUS[code], headers, body: JSON.stringify(body) };
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
  const isTheirs = identity && mayUse(key, { company_id: identity.companyId, project_id: identity.projectId });
  if (!isTheirs || idempotency?.conversation.conversation_id !== conversationId) return { refusal: NOT_FOUND };
  const conversation = await database('Reading the conversation', () => conversations.find(idempotency.conversation));
  return conversation ? { conversation } : { refusal: NOT_FOUND };
}

function explainFailure(error: unknown, { observer }: ReaderPorts): Refusal {
  const isDatabase = error instanceof PortFailure;
  observer.error('A conversation could not be read.', isDatabase ? error : sanitizeError(error));
  return isDatabase
    ? { code: 'DATABASE_ERROR', message: 'The records could not be reached: ask again.' }
    : { code: 'INTERNAL_ERROR', message: 'The engine met a fault of its own: ask again.' };
}

/** What is encoded wrongly stays as it is, and then names nothing. */
function decode(pathPart: string): string {
  try {
    return decodeURIComponent(pathPart);
  } catch {
    return pathPart;
  }
}
