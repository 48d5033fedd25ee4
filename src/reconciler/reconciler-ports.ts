import type { AttentionIndex } from '../core/attention';
import type { ConversationStore } from '../core/change';
import type { Channel } from '../core/channel';
import type { ChannelQueue } from '../core/channel-queue';
import type { Clock } from '../core/clock';
import type { Directory } from '../core/directory';
import type { MessageLookup, SendTraces } from '../core/message-lookup';
import type { Observer } from '../core/observer';
import type { SecretStore } from '../core/secret-store';

/** Every way in which the reconciler touches the outside. */
export interface ReconcilerPorts {
  readonly attention: AttentionIndex;
  readonly conversations: Pick<ConversationStore, 'change' | 'find'>;
  readonly traces: SendTraces;
  readonly directory: Pick<Directory, 'workOrder'>;
  readonly secrets: SecretStore;
  readonly lookups: Readonly<Record<Channel, MessageLookup>>;
  readonly queue: ChannelQueue;
  readonly clock: Pick<Clock, 'now'>;
  readonly observer: Observer;
}

/** What was done about one record. */
export const RECONCILE_ACTIONS = ['requeued', 'expired', 'marked_unknown', 'proved_sent', 'resent', 'left_unconfirmed', 'left', 'overtaken', 'failed'] as const;
export type ReconcileAction = (typeof RECONCILE_ACTIONS)[number];

/** An action, and when the record is looked after next where the action itself did not write that. */
export interface Step {
  readonly action: ReconcileAction;
  /** Milliseconds since 1970. */
  readonly lookAgainAt?: number;
}
