import type { Clock } from '../../core/ports/clock';
import type { Conversation } from '../../core/lifecycle/conversation';
import { deliveryRank } from '../../core/lifecycle/receipt-transitions';
import { nextAction } from '../../core/lifecycle/next-action';
import { CommandError } from '../command-error';
import { duration, wayLine } from './lines';

/** `rest`: the message has ended or waits for a person. `delivered`: what was sent has also arrived, or will not. */
export const WATCH_ENDS = ['rest', 'delivered'] as const;

const POLL_MILLISECONDS = 500;

/** Follows a message on its way and tells each step once; answers the record as it came to rest. */
export async function watchConversation(
  find: () => Promise<Conversation | undefined>,
  watch: {
    readonly conversationId: string;
    readonly until: (typeof WATCH_ENDS)[number];
    readonly timeoutMilliseconds: number;
    readonly clock: Clock;
    readonly tell: (line: string) => void;
  },
): Promise<Conversation> {
  const { clock, conversationId, tell, until } = watch;
  const end = clock.now() + watch.timeoutMilliseconds;
  let told = 0;
  let delivery: string | undefined;
  for (;;) {
    const conversation = await find();
    if (!conversation) throw new CommandError(`Watching ${conversationId} failed: its record is gone; it was erased, or its time of keeping is over.`);
    const { history, delivery_status: arrived } = conversation;
    for (; told < history.length; told += 1) {
      const entry = history[told];
      if (entry) tell(wayLine(entry, history[told - 1]));
    }
    if (arrived !== delivery) tell(`  ${conversation.updated_at}  delivery: ${arrived ?? ''}`);
    delivery = arrived;
    if (hasEnded(conversation, until, clock.now())) return conversation;
    if (clock.now() >= end) {
      const state = [conversation.conversation_status, arrived].filter(Boolean).join(', ');
      throw new CommandError(`Watching ${conversationId} stopped after ${duration(watch.timeoutMilliseconds)}: it is still ${state}; see conversation show, or watch it again with a longer --timeout.`);
    }
    await clock.sleep(POLL_MILLISECONDS);
  }
}

function hasEnded(conversation: Conversation, until: (typeof WATCH_ENDS)[number], now: number): boolean {
  const { next } = nextAction(conversation, now);
  if (next === 'hand_off') return true;
  if (next !== 'none') return false;
  const { conversation_status: status, delivery_status: delivery } = conversation;
  if (until === 'rest' || status !== 'initial_message_sent') return true;
  return delivery !== undefined && deliveryRank(delivery) >= deliveryRank('undelivered');
}
