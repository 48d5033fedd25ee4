/** The port to the queue of bursts: a message is one thread's identifier, which names no recipient. */
export interface TurnQueue {
  /** `company` keeps one busy company from delaying the others (fair queues). */
  enqueue(message: {
    readonly threadId: string;
    readonly company: string;
    readonly delaySeconds?: number;
  }): Promise<void>;
}
