import * as z from 'zod/mini';
import type { ExpectedAnswer } from '../company/expected-answer';
import { expectedAnswersSchema } from '../company/expected-answer';
import { A_FACT_PATH, FACT_PATH, REQUEST_FACT } from '../contract/fact-path';

export const text = z.string().check(z.minLength(1));
export const positive = z.number().check(z.int(), z.minimum(1));

/** Forms in which the engine writes a copied fact in the template's language. */
export const COPY_FORMATS = ['date', 'time', 'amount', 'phone', 'list'] as const;
export type CopyFormat = (typeof COPY_FORMATS)[number];

/** The fields of a variable that a template and an answer card have in common. */
export const VARIABLE_FIELDS = {
  /** What the model should write here. */
  description: text,
  /** Characters at most. */
  max_length: positive,
  required: z._default(z.boolean(), true),
  /** Words to use when the model's value is refused. */
  fallback: z.optional(text),
  /** Dotted path in the facts (`recipient_data.recipient_first_name`): the value is copied, the model is not asked. */
  copy_of: z.optional(text),
  /** How the copied fact is written: a date in words, an amount with its currency. Absent: as it was sent. */
  format: z.optional(z.enum(COPY_FORMATS)),
};

const variable = z.object({
  ...VARIABLE_FIELDS,
  /** Dotted paths of facts, or sections of them: the model and the proof see these alone for this variable. */
  facts: z.optional(z.array(z.string().check(z.regex(FACT_PATH, A_FACT_PATH))).check(z.minLength(1))),
});

/** When a second model reads what the first one wrote. */
export const SECOND_READER = ['never', 'doubtful', 'always'] as const;

/** What the templates of all channels have. */
export const TEMPLATE_BASE = {
  name: text,
  /** Counts up with each change; frozen with every message. */
  version: positive,
  /** BCP 47, for example `en-GB`. */
  language: text,
  variables: z.record(z.string(), variable),
  /** Dotted paths of facts (`project_data.unclear_point`) without which a request for this template is refused. */
  needs: z.optional(z.array(z.string().check(z.regex(REQUEST_FACT)))),
  /**
   * Whether the fallback of a required variable that the model writes may go by itself (`send`, the default), only
   * after
   * a person has seen it (`review`), or not at all (`fail`).
   */
  on_fallback: z.optional(z.enum(['send', 'review', 'fail'])),
  /**
   * When the values that a model wrote are read by a model once more before they go: never (the default), where a rule
   * has
   * doubts, or always. The second reader can only refuse.
   */
  second_reader: z.optional(z.enum(SECOND_READER)),
  /** What becomes of a message whose second reader does not answer: a person sees it (default), or fallbacks go. */
  on_reader_outage: z.optional(z.enum(['review', 'fallback'])),
  /** Minutes after acceptance in which the message may still be sent. Default 1440. */
  valid_for_minutes: z.optional(positive),
  /**
   * A lost answer may be answered by a second send once the vendor's own list shows that nothing went. Off by default.
   */
  resend_on_unknown: z.optional(z.boolean()),
  /** What the message asks of its recipient; a request may narrow it (`request_data.expected_answers`). */
  answers: z.optional(expectedAnswersSchema),
};

/** One variable of an approved template (docs/architecture.md, composition). */
export type TemplateVariable = z.infer<typeof variable>;

/** A field that the channel does not know is its vendor's (`templateFields` of the adapter); it is kept unread. */
export interface TemplateBase {
  readonly name: string;
  readonly version: number;
  readonly language: string;
  readonly variables: Readonly<Record<string, TemplateVariable>>;
  readonly needs?: readonly string[] | undefined;
  readonly on_fallback?: 'send' | 'review' | 'fail' | undefined;
  readonly second_reader?: (typeof SECOND_READER)[number] | undefined;
  readonly on_reader_outage?: 'review' | 'fallback' | undefined;
  readonly valid_for_minutes?: number | undefined;
  readonly resend_on_unknown?: boolean | undefined;
  readonly answers?: readonly ExpectedAnswer[] | undefined;
}
