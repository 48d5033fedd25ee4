import type { NewIdentifier } from '../core/identity';
import type { ConversationStore } from '../core/lifecycle/change';
import type { ChannelQueue, HandoffQueue } from '../core/ports/channel-queue';
import type { Thread, Understanding } from '../core/lifecycle/thread-record';
import type { Clock } from '../core/ports/clock';
import type { Directory } from '../core/ports/directory';
import type { LanguageModel } from '../core/ports/language-model';
import type { Observer } from '../core/ports/observer';
import type { SecretStore } from '../core/ports/secret-store';
import type { Threads } from '../core/ports/threads';
import type { TurnQueue } from '../core/ports/turn-queue';
import type { OpenConversations, RequestLimits } from '../core/usage/request-limits';

/** Every way in which a turn touches the outside. */
export interface TurnPorts {
  readonly threads: Pick<Threads, 'find' | 'change' | 'newest'>;
  readonly conversations: ConversationStore;
  readonly directory: Pick<Directory, 'loadForProcessing' | 'addOptOut' | 'putIdempotencyRecord'>;
  readonly turns: TurnQueue;
  readonly queue: ChannelQueue;
  readonly handoff: HandoffQueue;
  readonly secrets: Pick<SecretStore, 'read'>;
  readonly model: LanguageModel;
  readonly limits: Pick<RequestLimits, 'take'>;
  readonly usage: OpenConversations;
  readonly clock: Pick<Clock, 'now'>;
  readonly newIdentifier: NewIdentifier;
  readonly observer: Observer;
}

/** What is to become of the queue message, as a processor's. */
export type TurnOutcome =
  | { readonly outcome: 'done' }
  | { readonly outcome: 'retry'; readonly afterSeconds: number };

/** What was read; `counted`: what the thread counts for the answer. */
export type ReadBurst = {
  readonly outcome: 'read';
  readonly counted?: Partial<Thread>;
} & Pick<Understanding, 'answers' | 'stop' | 'hand_off' | 'reply' | 'silence' | 'language' | 'model' | 'prompt'>;
