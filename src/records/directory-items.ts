import type { ConversationKey } from '../core/lifecycle/conversation';
import type { KeyGrant, IdempotencyRecord } from '../core/ports/directory';
import type { Item } from './item';

/** An API key's item: what an operator's tool wrote, so that a field of the wrong kind is read as none. */
export function readGrant(item: Item | undefined): KeyGrant | undefined {
  if (!item || typeof item.owner_company_id !== 'string') return undefined;
  return {
    company_id: item.owner_company_id,
    project_ids: words(item.project_ids),
    created_at: text(item.created_at),
    // What is there but no text must not read as "never": as an empty text it counts as past.
    ...(present(item.expires_at) && { expires_at: text(item.expires_at) }),
    ...(present(item.revoked_at) && { revoked_at: text(item.revoked_at) }),
    // Whatever is there makes a test of it: a slip must not send.
    ...(present(item.test) && item.test !== false && { test: true }),
  };
}

/** A idempotency record's item holds what its key does not tell. */
export function idempotencyAttributes(idempotency: IdempotencyRecord) {
  const { body_hash, conversation, accepted_at, time_to_live } = idempotency;
  return { body_hash, conversation, accepted_at, time_to_live };
}

export function readIdempotencyRecord(
  item: Item | undefined,
  request: { readonly companyId: string; readonly projectId: string; readonly requestId: string },
): IdempotencyRecord | undefined {
  if (!item || !isKey(item.conversation)) return undefined;
  const { primary_channel, conversation_id } = item.conversation;
  return {
    company_id: request.companyId,
    project_id: request.projectId,
    request_id: request.requestId,
    body_hash: text(item.body_hash),
    conversation: { primary_channel, conversation_id },
    accepted_at: text(item.accepted_at),
    ...(present(item.erased_at) && { erased_at: text(item.erased_at) }),
    time_to_live: Number(item.time_to_live),
  };
}

/** Senders that an opt-out item names. */
export function readOptOuts(item: Item | undefined): readonly string[] {
  return isFields(item?.senders) ? Object.keys(item.senders) : [];
}

function isKey(value: unknown): value is ConversationKey {
  return isFields(value) && typeof value.primary_channel === 'string' && typeof value.conversation_id === 'string';
}

function isFields(value: unknown): value is Item {
  return typeof value === 'object' && value !== null;
}

function text(value: unknown): string {
  return typeof value === 'string' ? value : '';
}

function present(value: unknown): boolean {
  return value !== undefined && value !== null;
}

/** Lists arrive as lists or as string sets, depending on the tool that wrote them. */
function words(value: unknown): readonly string[] {
  const list: readonly unknown[] = value instanceof Set ? [...value] : Array.isArray(value) ? value : [];
  return list.filter((word) => typeof word === 'string');
}
