import type { Conversation, ConversationStatus } from '../lifecycle/conversation';
import { STATUSES, TERMINAL_STATUSES } from '../lifecycle/conversation';
import { DUE_SHARDS, dueShard, REVIEW_SHARD } from '../lifecycle/work-due-index';
import type { Part } from './newest-first';

const TERMINAL: readonly ConversationStatus[] = TERMINAL_STATUSES;

/** Where everything that waits for a person's decision lies, of all companies. */
export const REVIEW_PART: Part = { index: 'attention', partition: REVIEW_SHARD };

/** Where everything else that is not terminal lies, of all companies. */
export const DUE_PARTS: readonly Part[] = DUE_SHARDS.map(
  (shard) => ({ index: 'attention', partition: dueShard(shard) }) as const,
);

/** Where the conversations of a project lie, in the order of their acceptance. */
export function projectPart({ companyId, projectId }: {
  readonly companyId: string; readonly projectId: string;
}): Part {
  return { index: 'project', partition: `${companyId}#${projectId}` };
}

/** A word of an earlier engine is none of the open states. */
export function isOpen({ conversation_status: status }: Pick<Conversation, 'conversation_status'>): boolean {
  const known: readonly string[] = STATUSES;
  return known.includes(status) && !TERMINAL.includes(status);
}

/** Ended by a fault: what an opt-out suppressed or a person rejected has ended as it should. */
export function isFailed({ conversation_status: status, delivery_status: delivery }: Conversation): boolean {
  return /^(?:failed_|expired$|send_unconfirmed$)/.test(status)
    || (status === 'initial_message_sent' && delivery === 'undelivered');
}
