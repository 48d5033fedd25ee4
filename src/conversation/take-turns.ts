import { takeTurn } from './take-turn';
import type { TurnOutcome, TurnPorts } from './turn-ports';

/** One message of the queue of turns. */
export interface QueuedTurn {
  /** The queue's identifier of the message. */
  readonly itemId: string;
  /** The message's body. */
  readonly threadId: string;
}

/** A bug, or the database was out of reach: the queue delivers it again and at last moves it to the dead letters. */
export type TurnResult = { readonly itemId: string } & (TurnOutcome | { readonly outcome: 'failed' });

/** What a thread's identifier looks like. */
const THREAD_ID = /^[0-9a-f]{32}$/;

/** Takes a batch's turns all at once; one turn's bug fails only that turn. */
export async function takeTurns(items: readonly QueuedTurn[], ports: TurnPorts): Promise<readonly TurnResult[]> {
  return Promise.all(items.map(async ({ itemId, threadId }) => ({ itemId, ...(await takeSafely(threadId, ports)) })));
}

async function takeSafely(threadId: string, ports: TurnPorts): Promise<TurnOutcome | { readonly outcome: 'failed' }> {
  // What is not an identifier may be anything, so it is not quoted.
  if (!THREAD_ID.test(threadId)) {
    ports.observer.warn('a queue message that names no thread was dropped');
    return { outcome: 'done' };
  }
  try {
    return await takeTurn(threadId, ports);
  } catch (error) {
    ports.observer.error('a turn could not be taken', error, { thread: threadId });
    return { outcome: 'failed' };
  }
}
