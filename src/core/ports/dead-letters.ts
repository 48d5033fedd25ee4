import type { Channel } from '../channel';

/** A queue message that its processor received and never finished. */
export interface DeadLetter {
  readonly messageId: string;
  /** Mostly a conversation's identifier; whatever else may be personal. */
  readonly body: string;
  /** Milliseconds since 1970 at which it was first queued. */
  readonly sentAt: number;
}

/** What became of an order to move letters back. `stopped`: why the queue's own task did not finish. */
export type RedriveResult =
  | { readonly outcome: 'moved'; readonly moved: number }
  | { readonly outcome: 'stopped'; readonly moved: number; readonly why: string }
  /** The letter that was named is not there now. */
  | { readonly outcome: 'not_there' };

/** The port to the channels' dead letters. */
export interface DeadLetters {
  /** Up to a number of letters, which stay where they are, and how many there are as the queue knows it. */
  look(channel: Channel, limit: number): Promise<{ readonly count: number; readonly letters: readonly DeadLetter[] }>;
  redriveOne(channel: Channel, messageId: string): Promise<RedriveResult>;
  /** Follows a task that runs already. */
  redriveAll(channel: Channel, onProgress: (moved: number, toMove: number) => void): Promise<RedriveResult>;
}
