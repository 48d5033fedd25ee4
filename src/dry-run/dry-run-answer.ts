import * as z from 'zod/mini';
import { VALUE_SOURCES } from '../core/lifecycle/value-sources';

const text = z.string();
const count = z.number().check(z.int(), z.nonnegative());
const faults = z.array(z.object({ path: text, message: text }));

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
  usage: z.object({ prompt_tokens: count, completion_tokens: count, total_tokens: count }),
  warnings: z.optional(faults),
});

export type DryRunAnswer = z.infer<typeof dryRunAnswerSchema>;
