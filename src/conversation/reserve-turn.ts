import type { CallMeter } from '../core/usage/call-meter';
import { costOf, MILLION, monthlyMicros, pricesOf, tokensCost } from '../core/usage/cost';
import type { ChannelSettings, Project } from '../core/company/company';
import type { Burst } from './burst';
import type { TurnPorts } from './turn-ports';
import type { Question } from './understand-question';
import { questionTokensAtMost } from './understand-question';

/** Milliseconds after which what was reserved for a turn counts no longer, whatever became of it. */
const RESERVED_FOR = 10 * 60_000;

export interface TurnBudget {
  readonly allowed: boolean;
  /** Puts what the calls did cost in the place of what was reserved. */
  readonly settle: (calls: CallMeter) => Promise<void>;
}

/** Reserves in the project's budget what a turn may cost at the most: each of its calls of the model. */
export async function reserveTurn(
  threadId: string,
  { burst: { thread }, question, most }: {
    readonly burst: Burst;
    readonly question: Question;
    /** Calls of the model. */
    readonly most: number;
  },
  { project, channel }: { readonly project: Project; readonly channel: ChannelSettings },
  { clock, limits, observer, usage }: Pick<TurnPorts, 'clock' | 'limits' | 'observer' | 'usage'>,
): Promise<TurnBudget> {
  const { budget, company_id: company, project_id: projectId } = project;
  const free = { allowed: true, settle: async () => Promise.resolve() };
  if (!budget) return free;
  const prices = { ...pricesOf(budget, channel.content.channel), send: 0 };
  const call = Math.ceil(tokensCost(prices, questionTokensAtMost(question), question.maxOutputTokens));
  const now = clock.now();
  const requestId = `${threadId}#${thread.sequence}#${thread.turn_owner ?? ''}`;
  const counted = { company, project: projectId, requestId, now };
  const decision = await limits.take({
    ...counted,
    limits: { requests_per_minute: null, requests_per_day: null, concurrent_conversations: null },
    budget: { monthly: monthlyMicros(budget), reserved: most * call },
    openUntil: now + RESERVED_FOR,
  });
  if (!decision.allowed) return { ...free, allowed: false };
  const { entry } = decision;
  return {
    allowed: true,
    settle: async (calls: CallMeter) => {
      if (entry === undefined) return;
      const asked = { model_calls: calls.used, ...(calls.answers ? { model_answers: calls.answers } : {}) };
      const cost = costOf({ ...prices, call }, { conversation_status: 'expired', attempt_count: 0, ...asked });
      try {
        await usage.releaseReservation({ ...counted, entry, cost });
        if (cost > 0) observer.count('Spent', { currency: prices.currency }, cost / MILLION);
      } catch (error) {
        // What was reserved runs out by itself.
        observer.error('the cost of a turn could not be counted', error, { company, project: projectId });
      }
    },
  };
}
