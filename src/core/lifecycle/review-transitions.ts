import { timestamp } from '../ports/clock';
import type { Change, Where } from './change';
import type { Conversation, ConversationMessage, CompositionSnapshot, ReviewDecision } from './conversation';
import { dueShard } from './work-due-index';
import { TIMES } from './limits';
import { CLEARED_WHEN_TERMINAL, CLEARED_ON_PROGRESS, statusIs, step } from './transition';

/** Milliseconds after which an alarm reports that a message still waits for a person. */
export const REVIEW_LIMIT = 4 * 60 * 60_000;

/**
 * One wait for a person: a message that was held again meanwhile, with other words, is another one than the person saw.
 */
export type Held = Pick<Conversation, 'due_at' | 'request_id' | 'send_before'>;

interface Decided {
  readonly held: Held;
  readonly decision: ReviewDecision;
  readonly now: number;
}

/** Of no interest once a person has decided. The history keeps why the message was held. */
const NO_LONGER_HELD = ['hand_off_to_human_reason'] as const;

/** A person approved these words: they are written and go to the channel, unless the message has expired. */
export function approveWords(
  approved: Decided & { readonly composition: CompositionSnapshot; readonly message: ConversationMessage },
): Change {
  const { composition, message } = approved;
  const { when, set, remove, history } = release('composed', approved);
  return { name: 'approve', when, set: { ...set, composition }, remove, append: { history, messages: message } };
}

/** A person approved a message whose words are not all written yet: it is composed, and goes if they can be proved. */
export function approveUnwritten(approved: Decided): Change {
  const { when, set, remove, history } = release('initiated', approved);
  return {
    name: 'approve unwritten',
    when,
    set,
    remove: [...remove, 'composition'],
    append: { history },
  };
}

/** A person decided that the message does not go. */
export function rejectHeld({ held, decision, now }: Decided): Change {
  const { set, history } = step('rejected', now, 'review_rejected');
  return {
    name: 'reject',
    when: [waiting(held)],
    set: { ...set, failure_reason: 'review_rejected', hand_off_to_human: false, review: decision },
    remove: [...CLEARED_WHEN_TERMINAL, ...NO_LONGER_HELD, 'failure_detail'],
    append: { history: { ...history, by: decision.reviewer } },
  };
}

/** No person decided while the message was of use. */
export function expireHeld(expired: { readonly held: Held; readonly now: number; readonly detail: string }): Change {
  const { set, history } = step('expired', expired.now, 'expired');
  return {
    name: 'expire held',
    when: [{ ...waiting(expired.held), send_before: { below: timestamp(expired.now) } }],
    set: { ...set, failure_reason: 'expired', failure_detail: expired.detail, hand_off_to_human: false },
    remove: [...CLEARED_WHEN_TERMINAL, ...NO_LONGER_HELD],
    append: { history },
  };
}

function waiting({ due_at: since }: Held): Where {
  return { ...statusIs('awaiting_review'), ...(since === undefined ? {} : { due_at: { equals: since } }) };
}

function release(status: 'composed' | 'initiated', { held, decision, now }: Decided) {
  const { set, history } = step(status, now);
  return {
    when: [{ ...waiting(held), send_before: { atLeast: timestamp(now) } }],
    set: {
      ...set,
      review: decision,
      hand_off_to_human: false,
      attention: dueShard(held.request_id),
      due_at: timestamp(now + TIMES.reconcileAfter),
      wait_count: 0,
    },
    remove: [...NO_LONGER_HELD, ...CLEARED_ON_PROGRESS, 'retry_at'] as const,
    history: { ...history, by: decision.reviewer },
  };
}
