import type { Timestamp } from '../ports/clock';
import type { ConversationKey } from './conversation';

/** A record that is due for a check at this moment. */
export interface DueRecord {
  readonly key: ConversationKey;
  readonly dueAt: Timestamp;
  /** Where the record is a thread: its identifier. */
  readonly threadId?: string;
}

/**
 * The port to the sparse index of what is not terminal. It may lag behind the records, so what it names is read again.
 */
export interface WorkDueIndex {
  /** What was due before this moment, longest due first. */
  due(query: {
    readonly shard: string;
    readonly before: Timestamp;
    readonly limit: number;
  }): Promise<readonly DueRecord[]>;
}

/** Shards of the work-due index, so that no one partition takes every write. */
export const DUE_SHARDS = ['0', '1', '2', '3', '4', '5', '6', '7', '8', '9', 'a', 'b', 'c', 'd', 'e', 'f'] as const;

/** Shard of what the reconciler looks after. */
export function dueShard(requestId: string): string {
  return `stuck#${requestId.slice(0, 1).toLowerCase()}`;
}

/** Partition of what waits for a person; `due_at` there is the moment from which it has waited. */
export const REVIEW_SHARD = 'review';

/** Shards of bursts that wait to be read. */
export const TURN_SHARDS = ['turn#0', 'turn#1', 'turn#2', 'turn#3'] as const;

/** Shard of a thread whose burst waits, by its identifier's first hex digit. */
export function turnShard(threadId: string): string {
  return `turn#${Number.parseInt(threadId.slice(0, 1), 16) % TURN_SHARDS.length}`;
}
