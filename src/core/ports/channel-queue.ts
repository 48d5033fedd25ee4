import type { Channel } from '../channel';

/** The port to the channels' queues: a message is one conversation's identifier, and no personal data. */
export interface ChannelQueue {
  /** `company` keeps one busy company from delaying the others (fair queues). */
  enqueue(message: {
    readonly channel: Channel;
    readonly conversationId: string;
    readonly company: string;
    readonly delaySeconds?: number;
  }): Promise<void>;
}

/** The port to the queue of what a person has to see. */
export interface HandoffQueue {
  handOff(item: { readonly conversationId: string; readonly company: string; readonly reason: string }): Promise<void>;
}
