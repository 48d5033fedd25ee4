import type { Channel } from '../channel';
import { timestamp } from '../ports/clock';
import type { Change, Where } from './change';
import type { CompositionSnapshot, Conversation, ConversationMessage } from './conversation';
import { REVIEW_SHARD } from './work-due-index';
import type { FailureReason } from './failure';
import { MODEL_CALLS, TIMES } from './limits';
import type { LeaseCalls } from './model-call-transitions';
import { endOfLease } from './model-call-transitions';
import type { Ending, Wait } from './transition';
import { CLEARED_ON_PROGRESS, end, leasedBy, retryTimeHasCome, statusIs, step, waiting } from './transition';

/**
 * A worker takes a message of its channel that is new and need not wait, or whose worker's lease ran out.
 *
 * `due_at` stays as it is here, when the composition is persisted and when the send is claimed: each change of an
 * index's key costs two writes more, and a message is mostly terminal long before it is due. The reconciler, when it
 * finds a message that is held, checks it again after the hold.
 */
export function takeLease(claim: {
  readonly owner: string;
  readonly now: number;
  readonly version: string;
  readonly channel: Channel;
}): Change {
  const { set, history } = step('processing', claim.now);
  const leaseUntil = claim.now + TIMES.lease;
  const ours: Where = { channel_method: { equals: claim.channel } };
  return {
    name: 'take lease',
    when: [
      ...retryTimeHasCome({ ...ours, ...statusIs('initiated') }, claim.now),
      { ...ours, ...statusIs('processing'), lease_until: { below: timestamp(claim.now) } },
    ],
    set: {
      ...set,
      lease_owner: claim.owner,
      lease_until: timestamp(leaseUntil),
      processor_version: claim.version,
    },
    remove: ['retry_at', ...CLEARED_ON_PROGRESS],
    increase: { model_calls: MODEL_CALLS.ofLease },
    append: { history },
  };
}

/** A worker gives the message back untouched, to be taken again: the model, a secret or a setting is missing. */
export function releaseLease(back: Wait & { readonly owner: string; readonly calls?: LeaseCalls }): Change {
  const { set, remove, history } = waiting('initiated', back, back.retryAt + TIMES.reconcileAfter);
  return {
    name: 'release lease',
    when: [leasedBy(back.owner)],
    set: { ...set, ...endOfLease(back.calls).set },
    remove: ['lease_owner', 'lease_until', ...remove],
    increase: endOfLease(back.calls).increase,
    append: { history },
  };
}

/**
 * A composed message waits, its words kept: a secret or a setting that the send needs is missing. `seen` is the
 * record by which that was decided.
 */
export function deferComposed(wait: Wait & { readonly seen: Pick<Conversation, 'updated_at'> }): Change {
  const { set, remove, history } = waiting('composed', wait, wait.retryAt + TIMES.reconcileAfter);
  const unchanged: Where = { ...statusIs('composed'), updated_at: { equals: wait.seen.updated_at } };
  return { name: 'defer', when: [unchanged], set, remove, append: { history } };
}

/**
 * An operator has put right what the message waits for: it is tried now instead of at its next time, and its waits are
 * counted anew. A wait that began since it was seen keeps its time.
 */
export function retryNow(retried: {
  readonly seen: Pick<Conversation, 'updated_at' | 'conversation_status' | 'failure_reason'>;
  readonly now: number;
  readonly by: string;
}): Change {
  const { by, now, seen } = retried;
  const at = timestamp(now);
  return {
    name: 'retry now',
    when: [
      { ...statusIs('initiated', 'composed'), updated_at: { equals: seen.updated_at }, retry_at: { exists: true } },
    ],
    set: { updated_at: at, retry_at: at, due_at: timestamp(now + TIMES.reconcileAfter), wait_count: 0 },
    append: { history: { at, status: seen.conversation_status, reason: seen.failure_reason, by } },
  };
}

/** Words that were composed and proved by the worker which holds the record, and are not written yet. */
export interface ProvedWords {
  readonly owner: string;
  readonly composition: CompositionSnapshot;
  readonly message: ConversationMessage;
  readonly calls?: LeaseCalls;
}

/** The proved words are written. No redelivery changes them, and the model is not paid again for them. */
export function persistComposition({
  owner,
  composition,
  message,
  calls,
  now,
}: ProvedWords & { readonly now: number }): Change {
  const { set, history } = step('composed', now);
  return {
    name: 'persist composition',
    when: [leasedBy(owner)],
    set: { ...set, composition, wait_count: 0, ...endOfLease(calls).set },
    remove: ['lease_owner', 'lease_until', ...CLEARED_ON_PROGRESS],
    increase: endOfLease(calls).increase,
    append: { history, messages: message },
  };
}

/** The message waits for a person: its proof failed, or the company's settings ask for it. */
export function holdForReview(held: {
  readonly owner: string;
  readonly now: number;
  readonly reason: FailureReason;
  readonly detail?: string;
  readonly composition?: CompositionSnapshot;
  readonly calls?: LeaseCalls;
}): Change {
  const { set, history } = step('awaiting_review', held.now, held.reason);
  return {
    name: 'hold for review',
    when: [leasedBy(held.owner)],
    set: {
      ...set,
      composition: held.composition,
      failure_detail: held.detail,
      failure_reason: held.reason,
      hand_off_to_human: true,
      hand_off_to_human_reason: held.reason,
      attention: REVIEW_SHARD,
      due_at: timestamp(held.now),
      ...endOfLease(held.calls).set,
    },
    remove: ['lease_owner', 'lease_until'],
    increase: endOfLease(held.calls).increase,
    append: { history },
  };
}

/** Ends a message that this worker holds, before any send. */
export function failWhileProcessing(
  failed: Ending & { readonly owner: string; readonly now: number; readonly calls?: LeaseCalls },
): Change {
  const ended = end('fail while processing', [leasedBy(failed.owner)], failed);
  const { set, increase } = endOfLease(failed.calls);
  return { ...ended, set: { ...ended.set, ...set }, increase };
}

/** Ends a composed message that may not be sent any more: expired, opted out, attempts used up, settings withdrawn. */
export function failWhileComposed(failed: Ending & { readonly now: number }): Change {
  return end('fail while composed', [statusIs('composed')], failed);
}
