import type { Clock } from '../../core/ports/clock';
import type { Conversation, HistoryEntry } from '../../core/lifecycle/conversation';
import { stepsOf } from '../../core/lifecycle/history-steps';
import { deliveryRank } from '../../core/lifecycle/receipt-transitions';
import { nextAction } from '../../core/lifecycle/next-action';

/** `rest`: the message has ended or waits for a person. `delivered`: what was sent has also arrived, or will not. */
export const WATCH_ENDS = ['rest', 'delivered'] as const;

export type WatchEnd = (typeof WATCH_ENDS)[number];

const POLL_MILLISECONDS = 500;

/** What a watch reports, each thing once. */
export type WatchEvent =
  | { readonly event: 'step'; readonly entry: HistoryEntry; readonly before?: HistoryEntry }
  | { readonly event: 'delivery'; readonly at: string; readonly delivery: string };

export type WatchResult =
  | { readonly outcome: 'ended'; readonly conversation: Conversation }
  | { readonly outcome: 'timed_out'; readonly conversation: Conversation }
  /** Its record is gone: it was erased, or its retention time is over. */
  | { readonly outcome: 'gone' };

export interface Watch {
  readonly until: WatchEnd;
  readonly timeoutMilliseconds: number;
  readonly clock: Clock;
  readonly report: (event: WatchEvent) => void;
}

/** Follows a message on its way until it needs nothing more, or a person. */
export async function watchConversation(
  find: () => Promise<Conversation | undefined>,
  watch: Watch,
): Promise<WatchResult> {
  const { clock, report, until } = watch;
  const end = clock.now() + watch.timeoutMilliseconds;
  let reported = 0;
  let delivery: string | undefined;
  for (;;) {
    const conversation = await find();
    if (!conversation) return { outcome: 'gone' };
    const { delivery_status: arrived, updated_at: at } = conversation;
    const history = stepsOf(conversation.history);
    for (; reported < history.length; reported += 1) {
      const entry = history[reported];
      if (entry) report({ event: 'step', entry, before: history[reported - 1] });
    }
    if (arrived !== undefined && arrived !== delivery) report({ event: 'delivery', at, delivery: arrived });
    delivery = arrived;
    if (hasEnded(conversation, until, clock.now())) return { outcome: 'ended', conversation };
    if (clock.now() >= end) return { outcome: 'timed_out', conversation };
    await clock.sleep(POLL_MILLISECONDS);
  }
}

function hasEnded(conversation: Conversation, until: WatchEnd, now: number): boolean {
  const { next } = nextAction(conversation, now);
  if (next === 'hand_off') return true;
  if (next !== 'none') return false;
  const { conversation_status: status, delivery_status: delivery } = conversation;
  if (until === 'rest' || status !== 'initial_message_sent') return true;
  return delivery !== undefined && deliveryRank(delivery) >= deliveryRank('undelivered');
}
