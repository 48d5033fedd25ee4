import type { ConversationStore } from '../core/lifecycle/change';
import type { Channel } from '../core/channel';
import type { ChannelQueue, HandoffQueue } from '../core/ports/channel-queue';
import type { Clock } from '../core/ports/clock';
import type { Conversation, ConversationKey } from '../core/lifecycle/conversation';
import type { DeploymentSenders } from '../core/ports/deployment-senders';
import type { Directory } from '../core/ports/directory';
import type { NewIdentifier } from '../core/identity';
import type { LanguageModel } from '../core/ports/language-model';
import type { Observer } from '../core/ports/observer';
import type { Provider } from '../core/ports/provider';
import type { ReplyAddresses } from '../core/ports/reply-addresses';
import type { SecretStore } from '../core/ports/secret-store';
import type { Threads } from '../core/ports/threads';

/** The port to what takes replies: a test plays its recipient's. */
export interface TestReplies {
  take(reply: {
    readonly conversation: Conversation;
    readonly text: string;
    readonly vendorMessageId: string;
  }): Promise<void>;
}

/** Every way in which the processor touches the outside. */
export interface ProcessorPorts {
  readonly directory: Pick<Directory, 'loadForProcessing' | 'optedOutOf' | 'addOptOut'>;
  readonly conversations: Pick<ConversationStore, 'change' | 'find'>;
  readonly threads: Pick<Threads, 'change' | 'find' | 'join'>;
  readonly queue: ChannelQueue;
  readonly handoff: HandoffQueue;
  readonly secrets: SecretStore;
  readonly model: LanguageModel;
  readonly provider: Provider;
  readonly testReplies: TestReplies;
  readonly replyAddresses: Pick<ReplyAddresses, 'keep'>;
  readonly senders: Pick<DeploymentSenders, 'note'>;
  readonly clock: Clock;
  readonly newIdentifier: NewIdentifier;
  /** Uniform in [0, 1), for the jitter of waits. */
  readonly random: () => number;
  readonly observer: Observer;
}

export interface ProcessorSettings {
  readonly channel: Channel;
  /** Written into the record. */
  readonly processorVersion: string;
  /** Absolute URL of the engine's endpoint for the vendor's receipts; absent: none are asked for. */
  readonly receiptUrl?: string;
  /** Absolute URL that unsubscribe tokens follow; absent: messages carry no link that opts out. */
  readonly unsubscribeUrl?: string;
  /** Receives after which the queue would move a message to the dead letters. */
  readonly maxReceiveCount: number;
}

/** One message of a channel's queue. */
export interface QueuedMessage {
  /** The message's body. */
  readonly conversationId: string;
  /** Counts from 1. */
  readonly receiveCount: number;
  /** Moment (milliseconds since 1970) at which the worker must have ended; absent: a lease's length from its start. */
  readonly finishBy?: number;
}

/** What is to become of the queue message. */
export type ProcessingOutcome =
  /** It is deleted. */
  | { readonly outcome: 'done' }
  /** It stays, invisible for `afterSeconds`. */
  | { readonly outcome: 'retry'; readonly afterSeconds: number }
  /** It stays as it is: the queue delivers it again and at last moves it to the dead letters. */
  | { readonly outcome: 'failed' };

/** What every step of one message's processing needs. */
export interface Work {
  readonly ports: ProcessorPorts;
  readonly settings: ProcessorSettings;
  readonly key: ConversationKey;
  /** The company record as it is stored, unchecked. */
  readonly company?: Readonly<Record<string, unknown>>;
  /**
   * Nothing is begun that could end after this moment, which is no later than the end of a lease taken by this worker.
   */
  readonly finishBy: number;
}

export const DONE: ProcessingOutcome = { outcome: 'done' };

/**
 * SQS bounds a message's invisibility to 12 hours from its receipt. The record knows if there is still longer to wait.
 */
const LONGEST_HOLD_SECONDS = 11 * 60 * 60;

/** The queue message is received again once this moment (milliseconds since 1970) has passed. */
export function retryAfter({ ports }: Pick<Work, 'ports'>, moment: number): ProcessingOutcome {
  const seconds = Math.ceil((moment - ports.clock.now()) / 1000);
  return { outcome: 'retry', afterSeconds: Math.min(Math.max(seconds, 1), LONGEST_HOLD_SECONDS) };
}

/** Fields of a log line that lead to the record. A conversation's identifier names no recipient. */
export function identify(work: Work) {
  return { conversation_id: work.key.conversation_id, channel: work.settings.channel };
}
