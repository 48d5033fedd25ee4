import { filledFreeText } from '../core/channels/free-text';
import type { Channel } from '../core/channel';
import type { Project } from '../core/company/company';
import { chargedParts, MILLION, pricesOf, tokensCost } from '../core/usage/cost';
import type { TriedReply } from './tried-reply';

/** What a reply costs, in the budget's currency: reading it, and the send of what answers it. */
export interface ReplyCost {
  readonly currency: string;
  readonly reading: number;
  readonly answer: number;
}

/** By the prices of the project's budget; undefined where it has none. */
export function costOfReply(
  { budget }: Pick<Project, 'budget'>, channel: Channel, { usage, says }: Pick<TriedReply, 'usage' | 'says'>,
): ReplyCost | undefined {
  if (!budget) return undefined;
  const prices = pricesOf(budget, channel);
  return {
    currency: prices.currency,
    reading: tokensCost(prices, usage.prompt_tokens, usage.completion_tokens) / MILLION,
    answer: says === undefined ? 0 : prices.send * chargedParts(filledFreeText(channel, says, '')),
  };
}
