import type { ConversationStore } from '../core/lifecycle/change';
import type { ChannelQueue } from '../core/ports/channel-queue';
import type { Clock } from '../core/ports/clock';
import type { Directory } from '../core/ports/directory';
import type { NewIdentifier } from '../core/identity';

/** Every way in which a person's decision touches the outside. */
export interface ReviewPorts {
  readonly directory: Pick<Directory, 'loadForProcessing'>;
  readonly conversations: Pick<ConversationStore, 'find' | 'change'>;
  readonly queue: ChannelQueue;
  readonly clock: Pick<Clock, 'now'>;
  readonly newIdentifier: NewIdentifier;
}
