import { timestamp } from '../ports/clock';
import type { Change, Where } from './change';
import type { Conversation, ConversationStatus, FailedStatus } from './conversation';
import type { FailureReason } from './failure';

/** What a terminal message no longer needs. */
export const CLEARED_WHEN_TERMINAL = [
  'attention',
  'due_at',
  'lease_owner',
  'lease_until',
  'send_deadline',
  'retry_at',
] as const satisfies ReadonlyArray<keyof Conversation>;

/** Why the message waited before. The history keeps the reason. */
export const CLEARED_ON_PROGRESS = ['failure_reason', 'failure_detail'] as const satisfies ReadonlyArray<
  keyof Conversation
>;

/**
 * Why a message waits, until when, and how often it has waited now. Without a reason: only the worker's own time ran
 * short.
 */
export interface Wait {
  readonly now: number;
  readonly retryAt: number;
  /** This wait included. */
  readonly waits: number;
  readonly reason?: FailureReason;
  readonly detail?: string;
}

/** How a message ends without having been sent. */
export interface Ending {
  readonly status: FailedStatus | 'suppressed' | 'expired' | 'superseded';
  readonly reason: FailureReason;
  readonly detail?: string;
}

export const statusIs = (...statuses: readonly ConversationStatus[]): Where => ({
  conversation_status: { oneOf: statuses },
});

/** Under this worker's lease. */
export const leasedBy = (owner: string): Where => ({ ...statusIs('processing'), lease_owner: { equals: owner } });

/** The part that every step to another state has. */
export function step(status: ConversationStatus, now: number, reason?: FailureReason) {
  const at = timestamp(now);
  return {
    set: { conversation_status: status, updated_at: at },
    history: { at, status, reason },
  };
}

/**
 * A step back to a state in which the message is taken up again later; `dueAt` is when the reconciler checks it.
 */
export function waiting(status: ConversationStatus, wait: Wait, dueAt: number) {
  const { set, history } = step(status, wait.now, wait.reason);
  return {
    set: {
      ...set,
      retry_at: timestamp(wait.retryAt),
      due_at: timestamp(dueAt),
      wait_count: wait.waits,
      failure_reason: wait.reason,
      failure_detail: wait.detail,
    },
    remove: [
      ...(wait.reason ? [] : (['failure_reason'] as const)),
      ...(wait.detail ? [] : (['failure_detail'] as const)),
    ],
    history,
  };
}

/** Conditions under which a message that waits is not taken up early, for instance by a doubled queue message. */
export function retryTimeHasCome(where: Where, now: number): readonly Where[] {
  return [
    { ...where, retry_at: { exists: false } },
    { ...where, retry_at: { below: timestamp(now + 1) } },
  ];
}

/** A step to a state that the message does not leave. */
export function end(name: string, when: readonly Where[], ending: Ending & { readonly now: number }): Change {
  const { set, history } = step(ending.status, ending.now, ending.reason);
  return {
    name,
    when,
    set: { ...set, failure_reason: ending.reason, failure_detail: ending.detail },
    remove: ending.detail ? CLEARED_WHEN_TERMINAL : [...CLEARED_WHEN_TERMINAL, 'failure_detail'],
    append: { history },
  };
}
