import type { WorkDueIndex } from '../core/lifecycle/work-due-index';
import type { ConversationStore } from '../core/lifecycle/change';
import type { Channel } from '../core/channel';
import type { ChannelQueue } from '../core/ports/channel-queue';
import type { Clock } from '../core/ports/clock';
import type { Directory } from '../core/ports/directory';
import type { MessageLookup, SendTraces } from '../core/ports/message-lookup';
import type { Observer } from '../core/ports/observer';
import type { SecretStore } from '../core/ports/secret-store';
import type { Threads } from '../core/ports/threads';
import type { TurnQueue } from '../core/ports/turn-queue';
import type { RequestLimits } from '../core/usage/request-limits';

/** Every way in which the reconciler touches the outside. */
export interface ReconcilerPorts {
  readonly workDue: WorkDueIndex;
  /** Replies that wait for a person, by the first of each conversation. */
  readonly repliesDue: WorkDueIndex;
  readonly conversations: Pick<ConversationStore, 'change' | 'create' | 'find'>;
  readonly traces: SendTraces;
  readonly directory: Pick<Directory, 'loadForProcessing' | 'optedOutOf' | 'putIdempotencyRecord'>;
  readonly limits: Pick<RequestLimits, 'take'>;
  readonly secrets: SecretStore;
  readonly lookups: Readonly<Record<Channel, MessageLookup>>;
  readonly queue: ChannelQueue;
  readonly threads: Pick<Threads, 'find' | 'change'>;
  readonly turns: TurnQueue;
  readonly clock: Pick<Clock, 'now'>;
  readonly observer: Observer;
}

/** What was done about one record. */
export const RECONCILE_ACTIONS = [
  'requeued',
  'scheduled',
  'expired',
  'marked_unknown',
  'proved_sent',
  'resent',
  'left_unconfirmed',
  'reminded',
  'unanswered',
  'left',
  'overtaken',
  'failed',
] as const;
export type ReconcileAction = (typeof RECONCILE_ACTIONS)[number];

/** An action, and when the record is checked next, where the action itself did not write that. */
export interface ReconcileStep {
  readonly action: ReconcileAction;
  /** Milliseconds since 1970. */
  readonly nextCheckAt?: number;
}
