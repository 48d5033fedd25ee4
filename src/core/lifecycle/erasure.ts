import type { Change } from './change';
import type { Conversation, ConversationStatus } from './conversation';
import { end, statusIs } from './transition';

/**
 * Stands for the recipient in the idempotency record of a request whose person was erased; no address is spelled so.
 */
export const ERASED = 'erased';

/**
 * States from which a message can be ended without loss of knowledge: it was certainly not sent, and a worker that
 * holds it fails at its next write.
 */
const ENDABLE = [
  'initiated',
  'processing',
  'composed',
  'awaiting_review',
] as const satisfies readonly ConversationStatus[];

/**
 * What stands in the way of erasing a record: nothing, a message that can be ended, or one whose vendor has not
 * answered yet.
 */
export type ErasureBlocker = 'none' | 'endable' | 'in_flight';

export function erasureBlocker({
  conversation_status: status,
}: Pick<Conversation, 'conversation_status'>): ErasureBlocker {
  if (status === 'sending' || status === 'send_unknown') return 'in_flight';
  return ENDABLE.some((endable) => endable === status) ? 'endable' : 'none';
}

/** Ends a message that was not sent, since its person is erased. */
export function endForErasure({ now }: { readonly now: number }): Change {
  return end('end for erasure', [statusIs(...ENDABLE)], { status: 'suppressed', reason: 'person_erased', now });
}
