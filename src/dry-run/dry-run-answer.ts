import * as z from 'zod/mini';
import { VALUE_SOURCES } from '../core/lifecycle/value-sources';
import { REPLY_OUTCOMES } from './tried-reply';

const text = z.string();
const count = z.number().check(z.int(), z.nonnegative());
const faults = z.array(z.object({ path: text, message: text }));

const usage = z.object({ prompt_tokens: count, completion_tokens: count, total_tokens: count });

/** What would become of a reply to the message. */
const replySchema = z.object({
  outcome: z.enum([...REPLY_OUTCOMES, 'not_known']),
  /** A word of a closed list: why a person would see it, nothing would be said, or nobody knows. */
  reason: z.nullable(text),
  /** Variables of the chosen card and the rules that their values broke; never the values. */
  proof: faults,
  answers: z.array(z.object({
    name: text,
    value: z.union([text, z.number(), z.boolean(), z.object({ amount: z.number(), currency: text })]),
    quote: text,
  })),
  card: z.nullable(z.object({
    card_id: text,
    version: count,
    language: text,
    variables: z.array(z.object({ name: text, source: z.enum(VALUE_SOURCES) })),
  })),
  /** What the recipient would read: the card, or that a person goes on. */
  message: z.nullable(z.object({ text })),
  /** The engine's replies in one chat at most; null where the project does not answer. */
  limits: z.nullable(z.object({ replies_per_hour: count, replies_per_day: count, replies_in_a_row: count })),
  usage,
  /** Null where the project has no budget. */
  cost: z.nullable(z.object({ currency: text, reading: z.number(), answer: z.number() })),
});

/** The answer to `POST /dry-run`: what would become of the request's message. */
export const dryRunAnswerSchema = z.object({
  status: z.literal('success'),
  request_id: text,
  outcome: z.enum(['would_send', 'would_wait_for_review', 'would_fail', 'not_known']),
  /** Why it would not go by itself, or why that is not known. */
  reason: z.nullable(z.object({ code: text, message: text })),
  /** Variables and the rules that their values broke, in words; never the values. */
  proof: faults,
  template_name: text,
  template_version: count,
  variables: z.array(z.object({ name: text, source: z.enum(VALUE_SOURCES) })),
  /** What the recipient would read; null where the words are not complete. */
  message: z.nullable(z.object({ subject: z.optional(text), text })),
  usage,
  /** Only where the dry run tried a reply, too. */
  reply: z.optional(replySchema),
  warnings: z.optional(faults),
});

export type DryRunAnswer = z.infer<typeof dryRunAnswerSchema>;
