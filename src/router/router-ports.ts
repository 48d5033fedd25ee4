import type { ConversationStore } from '../core/lifecycle/change';
import type { ChannelQueue } from '../core/ports/channel-queue';
import type { Clock } from '../core/ports/clock';
import type { Directory } from '../core/ports/directory';
import type { NewIdentifier } from '../core/identity';
import type { Observer } from '../core/ports/observer';
import type { RequestLimits } from '../core/usage/request-limits';

/** What the router reaches the outside by. */
export interface RouterPorts {
  readonly directory: Pick<Directory, 'keyGrant' | 'loadForAccept' | 'putIdempotencyRecord'>;
  readonly conversations: ConversationStore;
  readonly queue: ChannelQueue;
  readonly limits: RequestLimits;
  readonly clock: Clock;
  readonly newIdentifier: NewIdentifier;
  readonly observer: Observer;
}

/** What differs between stages. */
export interface RouterSettings {
  /** Origins of web pages that may call; `*` for all. */
  readonly allowedOrigins: readonly string[];
  /** Days after which a conversation is removed. */
  readonly retentionDays: number;
}
