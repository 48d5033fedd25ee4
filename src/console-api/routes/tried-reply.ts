import * as z from 'zod/mini';
import type { AnswerValue } from '../../core/company/expected-answer';
import type { NotTried } from '../../operations/dry-run/dry-run';
import type { ReplyDryRun } from '../../operations/dry-run/dry-run-reply';

const count = z.number().check(z.int(), z.nonnegative());

/** What would become of a reply, as the page shows it. */
export const triedReplySchema = z.object({
  outcome: z.string(),
  /** In plain words. */
  message: z.string(),
  reason: z.optional(z.string()),
  /** Variables of the card with the rules that their values broke. */
  refused: z.optional(z.string()),
  answers: z.array(z.object({ name: z.string(), value: z.string(), quote: z.string() })),
  card: z.optional(z.object({
    card_id: z.string(), version: count, language: z.string(),
    values: z.array(z.object({ name: z.string(), value: z.string(), verdict: z.string() })),
  })),
  says: z.optional(z.string()),
  limits: z.optional(z.object({ perHour: count, perDay: count, inARow: count })),
  cost: z.optional(z.object({ currency: z.string(), reading: z.number(), answer: z.number() })),
});

type Shown = z.infer<typeof triedReplySchema>;

const OUTCOMES = {
  would_answer: 'The engine would answer this reply.',
  would_wait_for_a_person: 'This reply would wait for a person.',
  would_say_nothing: 'The engine would say nothing to this reply.',
  would_opt_out: 'This reply would opt the recipient out.',
} as const satisfies Record<ReplyDryRun['outcome'], string>;

/** `wordsOf`: what the rules of a detail say. `why`: what is said of a reply that could not be tried. */
export function showTriedReply(
  tried: ReplyDryRun | NotTried,
  { wordsOf, why }: {
    readonly wordsOf: (detail: string | undefined) => string | undefined;
    readonly why: Readonly<Record<NotTried['outcome'], string>>;
  },
): Shown {
  if (!('answers' in tried)) return { outcome: tried.outcome, message: why[tried.outcome], answers: [] };
  const { outcome, reason, detail, answers, card, says, limits, cost } = tried;
  return {
    outcome,
    message: OUTCOMES[outcome],
    reason,
    refused: wordsOf(detail),
    answers: answers.map(({ name, value, quote }) => ({ name, value: written(value), quote })),
    card: card && { ...card, values: [...card.values] },
    says,
    limits,
    cost,
  };
}

function written(value: AnswerValue): string {
  if (typeof value === 'boolean') return value ? 'yes' : 'no';
  return typeof value === 'object' ? `${value.currency} ${value.amount}` : String(value);
}
