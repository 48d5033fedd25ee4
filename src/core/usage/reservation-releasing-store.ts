import type { Change, ChangeResult, ConversationStore } from '../lifecycle/change';
import type { Conversation, ConversationKey } from '../lifecycle/conversation';
import { TERMINAL_STATUSES } from '../lifecycle/conversation';
import type { Observer } from '../ports/observer';
import { costOf, MILLION } from './cost';
import type { OpenConversations } from './request-limits';

/**
 * The conversation records. When a change makes a message terminal, its conversation no longer counts as open and its
 * actual cost replaces the reservation. The same happens when a step finds the record already terminal, because a crash
 * may have come between the two. If the release fails, the reservation expires by itself and the change stands.
 */
export class ReservationReleasingStore implements ConversationStore {
  constructor(
    private readonly records: ConversationStore,
    private readonly usage: OpenConversations,
    private readonly observer: Pick<Observer, 'error' | 'count'>,
  ) {}

  create(conversation: Conversation): Promise<ChangeResult> {
    return this.records.create(conversation);
  }

  find(key: ConversationKey): Promise<Conversation | undefined> {
    return this.records.find(key);
  }

  async change(key: ConversationKey, change: Change): Promise<ChangeResult> {
    const result = await this.records.change(key, change);
    // Receipts and replies change what has come to rest long since.
    if (change.set.conversation_status !== undefined && result.conversation) {
      await this.releaseReservation(result.conversation);
    }
    return result;
  }

  private async releaseReservation(conversation: Conversation): Promise<void> {
    const {
      usage_entry: entry,
      usage_prices: prices,
      company_id: company,
      project_id: project,
      request_id: requestId,
    } = conversation;
    if (entry === undefined || !isSettled(conversation)) return;
    try {
      const cost = prices && costOf(prices, conversation);
      const settled = await this.usage.releaseReservation({
        company,
        project,
        requestId,
        entry,
        ...(cost === undefined ? {} : { cost }),
      });
      if (settled && prices && cost) this.observer.count('Spent', { currency: prices.currency }, cost / MILLION);
    } catch (error) {
      this.observer.error('a terminal conversation is still counted as open', error, {
        conversation_id: conversation.conversation_id,
      });
    }
  }
}

/** A send whose answer was lost needs the engine no more, unless it may be sent again. */
function isSettled({ conversation_status: status, composition }: Conversation): boolean {
  if (status === 'send_unknown') return composition?.resend_on_unknown !== true;
  return TERMINAL_STATUSES.some((terminal) => terminal === status);
}
