import type { ConversationStore } from '../core/lifecycle/change';
import type { Clock } from '../core/ports/clock';
import type { Conversation } from '../core/lifecycle/conversation';
import { parseConversationId } from '../core/lifecycle/conversation';
import { corsHeaders } from '../core/contract/cross-origin';
import type { Directory } from '../core/ports/directory';
import { canExist, isUsable, mayUse } from '../core/company/key-right';
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

/** Tells a client what became of its request. Answers every failure, and never throws. */
export async function readConversation(call: ReadCall, ports: ReaderPorts, allowedOrigins: readonly string[]): Promise<ReadAnswer> {
  const found = await find(call, ports);
  const headers = { 'Content-Type': 'application/json', 'Cache-Control': 'no-store', ...corsHeaders(call.origin, allowedOrigins) };
  if ('conversation' in found) {
    ports.observer.info('conversation read', { conversation: found.conversation.conversation_id, text: call.include === 'text' });
    return { status: 200, headers, body: JSON.stringify(showConversation(found.conversation, call.include === 'text')) };
  }
  const { code, message, details } = found.refusal;
  ports.observer.info('conversation not read', { code });
  const body = { status: 'error', error_code: code, message, request_id: 'unknown', ...(details && { details }) };
  return { status: REFUSAL_STATUS[code], headers, body: JSON.stringify(body) };
}

async function find(call: ReadCall, ports: ReaderPorts): Promise<Found> {
  try {
    return await look(call, ports);
  } catch (error) {
    const isDatabase = error instanceof PortFailure;
    ports.observer.error('A conversation could not be read.', isDatabase ? error : sanitizeError(error));
    return {
      refusal: isDatabase
        ? { code: 'DATABASE_ERROR', message: 'The records could not be reached: ask again.' }
        : { code: 'INTERNAL_ERROR', message: 'The engine met a fault of its own: ask again.' },
    };
  }
}

/** The key comes before all else, and a record is read only where the key may see it: so nothing tells another tenant's from what is not there. */
async function look({ apiKey, pathPart, include }: ReadCall, { directory, conversations, clock }: ReaderPorts): Promise<Found> {
  if (!apiKey) return { refusal: FORBIDDEN };
  const keyHash = sha256(apiKey);
  const conversationId = decode(pathPart);
  const identity = parseConversationId(conversationId);
  const tenant = { company_id: identity?.companyId ?? '', project_id: identity?.projectId ?? '' };
  const loadForRead = identity && canExist(tenant) && REQUEST_ID.test(identity.requestId) ? { keyHash, ...identity } : undefined;
  const { key, idempotency } = await database('Reading the API key and the idempotency record', async () =>
    (loadForRead ? directory.loadForRead(loadForRead) : { key: await directory.keyGrant(keyHash), idempotency: undefined }));
  if (!isUsable(key, clock.now())) return { refusal: FORBIDDEN };
  if (include !== undefined && include !== 'text') return { refusal: UNKNOWN_INCLUDE };
  if (!mayUse(key, tenant) || idempotency?.conversation.conversation_id !== conversationId) return { refusal: NOT_FOUND };
  const conversation = await database('Reading the conversation', () => conversations.find(idempotency.conversation));
  return conversation ? { conversation } : { refusal: NOT_FOUND };
}

/** What a request was accepted under; anything else need not be looked for, and might not even be a key of the table. */
const REQUEST_ID = /^[0-9a-f-]{36}$/;

/** What is encoded wrongly stays as it is, and then names nothing. */
function decode(pathPart: string): string {
  try {
    return decodeURIComponent(pathPart);
  } catch {
    return pathPart;
  }
}
