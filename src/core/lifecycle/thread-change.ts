import type { Where } from './change';
import type { Thread } from './thread-record';

type Attribute = keyof Thread;

/** One transition of a thread as data: one conditional write, as those of a message are. */
export interface ThreadChange {
  readonly name: string;
  /** It applies if any of these passes. */
  readonly when: ReadonlyArray<Where<Attribute>>;
  readonly set: Partial<Thread>;
  readonly remove?: readonly Attribute[];
}

/** `applied` holds the thread after the change, otherwise as it stood in the way; absent if there is none. */
export type ThreadChangeResult =
  | { readonly applied: true; readonly thread: Thread }
  | { readonly applied: false; readonly thread?: Thread };
