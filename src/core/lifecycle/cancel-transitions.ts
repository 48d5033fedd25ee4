import type { Change } from './change';
import type { Conversation, ConversationStatus } from './conversation';
import { CLEARED_WHEN_TERMINAL, statusIs, step } from './transition';

/**
 * States in which a message was certainly not sent and no send of it is claimed. A worker that composes it fails at its
 * next write.
 */
const CANCELLABLE = [
  'initiated',
  'awaiting_review',
  'processing',
  'composed',
] as const satisfies readonly ConversationStatus[];

/** Who cancels where the client itself does. */
export const CLIENT = 'client';

/** Whoever asked for the message wants it no more. */
export function cancel({ seen, now, by }: {
  readonly seen: Pick<Conversation, 'reply_attention'>;
  readonly now: number;
  /** `CLIENT`, or the operator's name. */
  readonly by: string;
}): Change {
  const { set, history } = step('cancelled', now, 'cancelled');
  // A reply that waits for a person keeps waiting.
  const isAnswered = seen.reply_attention !== undefined;
  return {
    name: 'cancel',
    when: [statusIs(...CANCELLABLE)],
    set: { ...set, failure_reason: 'cancelled', ...(isAnswered ? {} : { hand_off_to_human: false }) },
    remove: [...CLEARED_WHEN_TERMINAL, ...(isAnswered ? [] : (['hand_off_to_human_reason'] as const)), 'failure_detail'],
    append: { history: { ...history, by } },
  };
}
