import { timestamp } from '../ports/clock';
import type { Timestamp } from '../ports/clock';
import type { Change } from './change';
import type { Conversation } from './conversation';
import { TERMINAL_STATUSES } from './conversation';
import type { Asked } from './follow-up';
import { whenSent } from './follow-up';
import { dueShard } from './work-due-index';
import { ATTEMPTS, TIMES } from './limits';
import { CLEARED_WHEN_TERMINAL, end, CLEARED_ON_PROGRESS, statusIs, step } from './transition';

const MINUTE = 60_000;
const HOUR = 60 * MINUTE;

/** Milliseconds from the claim after which a vendor's list that cannot be read is not waited for any longer. */
export const LONGEST_SETTLING = 24 * HOUR;

/** The moment of the first send that was claimed and of the last; undefined where none was. */
export function claimedAt(
  conversation: Pick<Conversation, 'history'>,
): { readonly first: number; readonly last: number } | undefined {
  const claims = conversation.history.filter(({ status }) => status === 'sending').map(({ at }) => Date.parse(at));
  return claims.length === 0 ? undefined : { first: Math.min(...claims), last: Math.max(...claims) };
}

/**
 * The record was checked and is due again later; `seen` is the moment at which it was due, so that no other check is
 * deferred.
 */
export function scheduleNextCheck(look: { readonly seen: Timestamp; readonly dueAt: number }): Change {
  return {
    name: 'schedule next check',
    when: [{ due_at: { equals: look.seen } }],
    set: { due_at: timestamp(look.dueAt) },
  };
}

/** A terminal record that is still in the work-due index. */
export function stopChecking(): Change {
  return { name: 'stop checks', when: [statusIs(...TERMINAL_STATUSES)], set: {}, remove: ['attention', 'due_at'] };
}

/** Ends a message that no worker holds, that was not sent and is of no use any more. */
export function expireUnsent(expired: { readonly now: number; readonly detail?: string }): Change {
  const { now, detail } = expired;
  const tooLate = { send_before: { below: timestamp(now) } };
  const when = [
    { ...statusIs('initiated', 'composed'), ...tooLate },
    { ...statusIs('processing'), ...tooLate, lease_until: { below: timestamp(now) } },
  ];
  return end('expire', when, { status: 'expired', reason: 'expired', now, ...(detail ? { detail } : {}) });
}

/**
 * The vendor has reported all that it will, and nothing proves the send. A late receipt still proves the message as
 * sent.
 */
export function leaveUnconfirmed(left: { readonly attemptId: string; readonly now: number }): Change {
  const { set, history } = step('send_unconfirmed', left.now, 'never_confirmed');
  return {
    name: 'leave unconfirmed',
    when: [{ ...statusIs('send_unknown'), attempt_id: { equals: left.attemptId } }],
    set: { ...set, failure_reason: 'never_confirmed' },
    remove: CLEARED_WHEN_TERMINAL,
    append: { history },
  };
}

/**
 * The vendor's own list shows that this attempt did not go, and the template allows a second one. The attempt
 * stays counted.
 */
export function resend(again: { readonly attemptId: string; readonly now: number }): Change {
  const { set, history } = step('composed', again.now, 'answer_lost');
  return {
    name: 'resend',
    when: [
      {
        ...statusIs('send_unknown'),
        attempt_id: { equals: again.attemptId },
        attempt_count: { below: ATTEMPTS },
        send_before: { atLeast: timestamp(again.now) },
      },
    ],
    set: { ...set, due_at: timestamp(again.now + TIMES.reconcileAfter), wait_count: 0 },
    append: { history },
  };
}

/** Milliseconds for which a message is of use again once a person has said that it is to be sent a second time. */
export const RENEWED_FOR = HOUR;

interface Resolved {
  /** The attempt that was judged: a later one is another matter. */
  readonly attemptId: string;
  readonly now: number;
  /** Who says so. */
  readonly by: string;
}

/** A person found the message in the vendor's console. */
export function resolveAsSent({
  attemptId,
  now,
  by,
  vendorMessageId,
  asked,
}: Resolved & { readonly vendorMessageId?: string; readonly asked: Asked }): Change {
  const { set, history } = step('initial_message_sent', now);
  const watched = whenSent(asked, now);
  return {
    name: 'resolve as sent',
    when: [{ ...statusIs('send_unconfirmed'), attempt_id: { equals: attemptId } }],
    set: {
      ...set,
      ...watched.set,
      sent_at: set.updated_at,
      delivery_status: 'accepted',
      ...(vendorMessageId ? { vendor_message_id: vendorMessageId } : {}),
    },
    remove: [...watched.remove, 'wait_count', ...CLEARED_ON_PROGRESS],
    append: { history: { ...history, by } },
  };
}

/**
 * A person found that the vendor never had the message, and wants it sent. Its time may be over by now, and is
 * renewed. A late receipt of the attempt that was given up still cancels the second one.
 */
export function resolveToResend({ attemptId, now, by, requestId }: Resolved & { readonly requestId: string }): Change {
  const { set, history } = step('composed', now, 'never_confirmed');
  return {
    name: 'resolve to resend',
    when: [{ ...statusIs('send_unconfirmed'), attempt_id: { equals: attemptId }, attempt_count: { below: ATTEMPTS } }],
    set: {
      ...set,
      send_before: timestamp(now + RENEWED_FOR),
      attention: dueShard(requestId),
      due_at: timestamp(now + TIMES.reconcileAfter),
      wait_count: 0,
    },
    remove: CLEARED_ON_PROGRESS,
    append: { history: { ...history, by } },
  };
}
