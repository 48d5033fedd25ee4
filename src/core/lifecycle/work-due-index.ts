import type { Timestamp } from '../ports/clock';
import type { ConversationKey } from './conversation';

/** A record that is due for a check at this moment. */
export interface DueRecord {
  readonly key: ConversationKey;
  readonly dueAt: Timestamp;
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
