import type { Channel } from '../../core/channel';
import { CHANNELS } from '../../core/channel';
import type { Conversation, ConversationStatus } from '../../core/lifecycle/conversation';
import { TERMINAL_STATUSES } from '../../core/lifecycle/conversation';
import { isTestMessage } from '../../core/lifecycle/test-message';
import { costOf, MILLION } from '../../core/usage/cost';

/**
 * Parts of a message's way. `queue`: from its acceptance until a worker has it. `composition`: until its words are
 * proved. `sending`: until the vendor has taken it. `delivery`: until the vendor says that it arrived.
 */
export const SPEED_STEPS = ['queue', 'composition', 'sending', 'delivery'] as const;
export type SpeedStep = (typeof SPEED_STEPS)[number];

/** How long messages of a channel took for one part of their way. */
export interface StageSpeed {
  readonly channel: Channel;
  readonly step: SpeedStep;
  readonly count: number;
  /** Seconds of the one in the middle. */
  readonly median: number;
  /** Seconds within which 95 of a hundred were through. */
  readonly most: number;
}

/** What the vendor says once a message has arrived. */
const ARRIVED: readonly unknown[] = ['delivered', 'read'];

/** By channel and part, what messages took that were neither tests nor to be sent later nor seen by a person first. */
export function speedOf(records: readonly Conversation[]): readonly StageSpeed[] {
  const usual = records.filter((one) => !isTestMessage(one) && one.send_at === undefined);
  return CHANNELS.flatMap((channel) => {
    const ways = usual.filter(({ channel_method: own }) => own === channel).map(secondsOf);
    return SPEED_STEPS.flatMap((step) => {
      const taken = ways.flatMap((way) => way[step] ?? []).sort((one, other) => one - other);
      return taken.length === 0
        ? []
        : [{ channel, step, count: taken.length, median: within(taken, 0.5), most: within(taken, 0.95) }];
    });
  });
}

function secondsOf({
  created_at: accepted, history, sent_at: sent,
}: Conversation): Readonly<Partial<Record<SpeedStep, number>>> {
  const reached = (wanted: ConversationStatus) => history.find(({ status }) => status === wanted)?.at;
  const [begun, composed] = [reached('processing'), reached('composed')];
  const arrived = history.find(({ delivery }) => ARRIVED.includes(delivery))?.at;
  // What a person looked at waited for the person.
  const isHeld = reached('awaiting_review') !== undefined;
  return {
    queue: between(accepted, begun),
    composition: isHeld ? undefined : between(begun, composed),
    sending: isHeld ? undefined : between(composed, sent),
    delivery: between(sent, arrived),
  };
}

function between(from: string | undefined, to: string | undefined): number | undefined {
  if (from === undefined || to === undefined) return undefined;
  const seconds = (Date.parse(to) - Date.parse(from)) / 1000;
  return seconds >= 0 ? seconds : undefined;
}

/** Of sorted values, the one within which this share of them lies. */
function within(sorted: readonly number[], share: number): number {
  return sorted[Math.max(0, Math.ceil(sorted.length * share) - 1)] ?? 0;
}

export interface Spent {
  readonly currency: string;
  readonly amount: number;
}

/** What ended messages have cost, by currency; those of projects without prices are left out. */
export function spentOn(records: readonly Conversation[]): readonly Spent[] {
  const sums = new Map<string, number>();
  for (const record of records) {
    const { usage_prices: prices, conversation_status: status } = record;
    if (!prices || !ENDED.includes(status)) continue;
    sums.set(prices.currency, (sums.get(prices.currency) ?? 0) + costOf(prices, record));
  }
  return [...sums].map(([currency, millionths]) => ({ currency, amount: millionths / MILLION }));
}

const ENDED: readonly ConversationStatus[] = TERMINAL_STATUSES;
