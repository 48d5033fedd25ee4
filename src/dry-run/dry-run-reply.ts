import { replyModelAccess } from '../conversation/model-access';
import { reserveTurn } from '../conversation/reserve-turn';
import { valueSources } from '../core/lifecycle/value-sources';
import { CallMeter } from '../core/usage/call-meter';
import { NO_USAGE } from '../processor/composition/write-values';
import type { AdmittedCall } from '../router/admit-call';
import type { DryRunPorts } from './dry-run-ports';
import type { DryRunAnswer } from './dry-run-answer';
import { costOfReply } from './reply-cost';
import { proofOf } from './show-dry-run';
import type { ReplyNotTried, TriedReply } from './tried-reply';
import { tryReply } from './try-reply';

type Admitted = Extract<AdmittedCall, { admitted: true }>;
type Shown = NonNullable<DryRunAnswer['reply']>;

/** Calls of the model for one reply: it may be asked once more for values. */
const CALLS = 2;

/** What would become of a reply to the request's message, by `until` (milliseconds since 1970). */
export async function dryRunReply(
  { request, project, settings, record }: Admitted,
  reply: string,
  until: number,
  ports: DryRunPorts,
): Promise<Shown> {
  const access = await replyModelAccess(settings, ports);
  if (!access) return unknown('model_key_unusable');
  const now = ports.clock.now();
  const calls = new CallMeter(CALLS);
  const tried = await tryReply(
    { request, record, project, settings, wrote: [reply], access, calls, now, timeBudgetMilliseconds: until - now },
    {
      model: ports.model,
      clock: ports.clock,
      reserve: async (burst, question) => (
        reserveTurn(ports.newIdentifier(), { burst, question, most: CALLS }, { project, channel: settings }, ports)
      ),
    },
  );
  return 'answers' in tried ? shown(tried, costOfReply(project, settings.content.channel, tried)) : away(tried);
}

function shown(tried: TriedReply, cost: ReturnType<typeof costOfReply>): Shown {
  const { outcome, reason, detail, answers, card, says, limits, usage } = tried;
  return {
    outcome,
    reason: reason ?? null,
    proof: detail === undefined ? [] : proofOf(detail),
    answers: answers.map(({ name, value, quote }) => ({ name, value, quote })),
    card: card
      ? {
        card_id: card.card_id, version: card.version, language: card.language,
        variables: valueSources({
          verdicts: Object.fromEntries(card.values.map(({ name, verdict }) => [name, verdict])),
        }),
      }
      : null,
    message: says === undefined ? null : { text: says },
    limits: limits
      ? { replies_per_hour: limits.perHour, replies_per_day: limits.perDay, replies_in_a_row: limits.inARow }
      : null,
    usage,
    cost: cost ?? null,
  };
}

function away({ outcome }: ReplyNotTried): Shown {
  return unknown(outcome);
}

function unknown(reason: string): Shown {
  return {
    outcome: 'not_known', reason, proof: [], answers: [], card: null, message: null, limits: null, usage: NO_USAGE,
    cost: null,
  };
}
