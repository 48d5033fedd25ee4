import type { LoggedEvent } from '../core/events/client-event';
import type { HeldRecord } from '../core/events/endpoint';
import type { PostResult } from './post-event';

type Failure = Extract<PostResult, { readonly outcome: 'failed' | 'gone' }>;

export interface BatchResult {
  readonly taken: number;
  readonly failures: ReadonlyArray<{ readonly result: Failure; readonly logged: LoggedEvent }>;
  /** Records whose events were not all taken: the rest of the batch's, and those that were not due. */
  readonly held: readonly HeldRecord[];
  /** No further event was begun: it failed too often in a row, or wants no events any more. */
  readonly isDown: boolean;
}
