import { timestamp } from '../ports/clock';
import type { Change, Where } from './change';
import type { ConversationStatus } from './conversation';
import type { FailureReason } from './failure';
import type { Asked } from './follow-up';
import { whenSent } from './follow-up';
import { ATTEMPTS, TIMES } from './limits';
import type { ProvedWords } from './message-transitions';
import { endOfLease } from './model-call-transitions';
import type { Wait } from './transition';
import {
  CLEARED_ON_PROGRESS,
  end,
  leasedBy,
  retryTimeHasCome,
  statusIs,
  step,
  waiting,
} from './transition';

const sendable = (now: number, attempts: number = ATTEMPTS): Where => ({
  attempt_count: { below: attempts },
  send_before: { atLeast: timestamp(now) },
});

interface SendClaim {
  readonly attemptId: string;
  readonly now: number;
  /** Sends that the message may make in all; absent: the engine's own bound. */
  readonly attempts?: number;
}

/** Only the worker whose claim applies may send, and only this attempt. */
export function claimSend(claim: SendClaim): Change {
  const { set, history } = step('sending', claim.now);
  const deadline = timestamp(claim.now + TIMES.sendWindow);
  return {
    name: 'claim send',
    when: retryTimeHasCome({ ...statusIs('composed'), ...sendable(claim.now, claim.attempts) }, claim.now),
    set: { ...set, attempt_id: claim.attemptId, send_deadline: deadline },
    remove: ['retry_at', ...CLEARED_ON_PROGRESS],
    increase: { attempt_count: 1 },
    append: { history, attempt_ids: claim.attemptId },
  };
}

/** *Persist composition* and *claim send* in one write, for the worker that composed the words and sends at once. */
export function persistAndClaim(send: ProvedWords & SendClaim): Change {
  const { owner, composition, message, calls, ...claim } = send;
  const claimed = claimSend(claim);
  return {
    ...claimed,
    name: 'persist composition and claim send',
    when: [{ ...leasedBy(owner), ...sendable(claim.now, claim.attempts) }],
    set: { ...claimed.set, composition, wait_count: 0, ...endOfLease(calls).set },
    remove: ['lease_owner', 'lease_until', ...CLEARED_ON_PROGRESS],
    increase: { ...claimed.increase, ...endOfLease(calls).increase },
    append: { ...claimed.append, messages: message },
  };
}

const myAttempt = (attemptId: string, ...statuses: readonly ConversationStatus[]): Where => ({
  ...statusIs(...statuses),
  attempt_id: { equals: attemptId },
});

/** This attempt certainly sent nothing: it was too late to send, or the vendor refused it for now. It is given back. */
export function releaseSendClaim(back: Wait & { readonly attemptId: string }): Change {
  const { set, remove, history } = waiting('composed', back, back.retryAt + TIMES.reconcileAfter);
  return {
    name: 'release send claim',
    when: [myAttempt(back.attemptId, 'sending')],
    set,
    remove: ['send_deadline', ...remove],
    increase: { attempt_count: -1 },
    append: { history },
  };
}

/** The vendor accepted this attempt; `acceptedAt` is when we accepted the request, or its client wanted it sent. */
export function recordSent(sent: {
  readonly attemptId: string;
  readonly now: number;
  readonly vendorMessageId: string;
  readonly acceptedAt: number;
  readonly asked: Asked;
}): Change {
  const { set, history } = step('initial_message_sent', sent.now);
  const watched = whenSent(sent.asked, sent.now);
  return {
    name: 'record sent',
    when: [myAttempt(sent.attemptId, 'sending', 'send_unknown', 'send_unconfirmed')],
    set: {
      ...set,
      ...watched.set,
      vendor_message_id: sent.vendorMessageId,
      sent_at: set.updated_at,
      delivery_status: 'accepted',
      initial_processing_time_ms: sent.now - sent.acceptedAt,
    },
    remove: [...watched.remove, ...CLEARED_ON_PROGRESS],
    append: { history },
  };
}

/** A receipt came before the vendor's answer: only the vendor's identifier is added. */
export function addVendorId(answered: {
  readonly attemptId: string;
  readonly now: number;
  readonly vendorMessageId: string;
}): Change {
  return {
    name: 'add vendor id',
    when: [{ ...myAttempt(answered.attemptId, 'initial_message_sent'), vendor_message_id: { exists: false } }],
    set: { vendor_message_id: answered.vendorMessageId, updated_at: timestamp(answered.now) },
  };
}

/** The vendor refused this attempt for good. */
export function refuseSend(refused: {
  readonly attemptId: string;
  readonly now: number;
  readonly reason: FailureReason;
  readonly detail?: string;
}): Change {
  const status = refused.reason === 'recipient_opted_out' ? 'suppressed' : 'failed_to_send_message';
  return end('refuse send', [myAttempt(refused.attemptId, 'sending')], { ...refused, status });
}

/** This attempt may have gone: no worker sends again before the vendor proves that it did not. */
export function markSendUnknown(lost: {
  readonly attemptId: string;
  readonly now: number;
  readonly detail: string;
}): Change {
  const { set, history } = step('send_unknown', lost.now, 'answer_lost');
  return {
    name: 'mark send unknown',
    when: [myAttempt(lost.attemptId, 'sending')],
    set: {
      ...set,
      failure_reason: 'answer_lost',
      failure_detail: lost.detail,
      due_at: timestamp(lost.now + TIMES.reconcileAfter),
    },
    remove: ['send_deadline'],
    append: { history },
  };
}

/**
 * The worker that claimed the send is gone, and its answer with it. The first process that finds the deadline passed
 * writes this.
 */
export function expireSendWindow(missed: { readonly now: number }): Change {
  const { set, history } = step('send_unknown', missed.now, 'answer_lost');
  return {
    name: 'expire send window',
    when: [{ ...statusIs('sending'), send_deadline: { below: timestamp(missed.now) } }],
    set: { ...set, failure_reason: 'answer_lost', due_at: timestamp(missed.now) },
    remove: ['send_deadline', 'failure_detail'],
    append: { history },
  };
}
