import * as z from 'zod/mini';
import { CHANNELS } from '../channel';
import { positive, text, VARIABLE_FIELDS } from '../channels/template-base';
import { A_CARD_FACT_PATH, CARD_FACT_PATH } from '../contract/fact-path';
import { byLanguage } from './by-language';

/**
 * Sizes of what a project's answers are made of. A company record is one item of at most 400 KB, and every request
 * reads it.
 */
export const CARD_LIMITS = {
  cards: 60, cardBytes: 131_072, facts: 200, factBytes: 65_536, when: 300, text: 20_000, subject: 200,
} as const;

const NAME = /^[a-z][a-z0-9_]{0,39}$/;
const A_NAME = 'must be a name of at most 40 lower-case letters, digits and underscores that begins with a letter';
const name = z.string().check(z.regex(NAME, A_NAME));

/** WhatsApp takes no longer name of a variable. */
const VARIABLE_NAME = /^[a-z][a-z0-9_]{0,15}$/;
const A_VARIABLE_NAME =
  'must have a name of at most 16 lower-case letters, digits and underscores that begins with a letter';

/** What a message may be beside words: the card for it is sent without a model. */
export const WORDLESS = ['media', 'reaction'] as const;

/** What becomes of the thread once the card is sent: nothing is waited for, an answer is, or a person goes on. */
export const AFTER_CARD = ['rest', 'await', 'hand_off'] as const;

const factPath = z.string().check(z.regex(CARD_FACT_PATH, A_CARD_FACT_PATH));

const cardVariable = z.object({
  ...VARIABLE_FIELDS,
  /** Dotted paths of facts, or sections of them: the model and the proof see these alone for this variable. */
  facts: z.optional(z.array(factPath).check(z.minLength(1))),
  /** The recipient's own words are repeated here. They prove nothing else, and nothing else proves them. */
  from: z.optional(z.literal('recipient')),
});

/** An answer that the company has approved: the model chooses one and fills its variables, and writes none itself. */
export const answerCardSchema = z.object({
  card_id: name,
  /** Counts up with each change; kept with every reply. */
  version: positive,
  /** What the recipient asks or says, in one sentence: the model chooses by it. */
  when: text.check(z.maxLength(CARD_LIMITS.when)),
  languages: byLanguage(z.object({
    text: text.check(z.maxLength(CARD_LIMITS.text)),
    /** Of a mail; absent: that of the mail which is answered. */
    subject: z.optional(text.check(z.maxLength(CARD_LIMITS.subject))),
  })),
  variables: z._default(z.record(z.string().check(z.regex(VARIABLE_NAME, A_VARIABLE_NAME)), cardVariable), {}),
  /** Where it may be sent; absent: on every channel of the project. */
  channels: z.optional(z.array(z.enum(CHANNELS)).check(z.minLength(1))),
  /** Dotted paths of facts without which it is not offered to the model. */
  needs: z.optional(z.array(factPath)),
  /** Sent without a model where a message is nothing but this. */
  on: z.optional(z.array(z.enum(WORDLESS)).check(z.minLength(1))),
  /** Sent without a model where the recipient presses a button with one of these payloads. */
  buttons: z.optional(z.array(text.check(z.maxLength(256))).check(z.minLength(1), z.maxLength(10))),
  then: z._default(z.enum(AFTER_CARD), 'rest'),
  /** Segments that it may cost by SMS at most. Default 3. */
  max_segments: z.optional(positive),
});

export type AnswerCard = z.infer<typeof answerCardSchema>;
export type CardVariable = z.infer<typeof cardVariable>;

/**
 * Dotted paths of the facts without which a card cannot be said: those that it names, and those of the request and the
 * company that it copies without other words for them.
 */
export function neededFacts({ needs = [], variables }: Pick<AnswerCard, 'needs' | 'variables'>): readonly string[] {
  const copied = Object.values(variables).flatMap(({ copy_of: path, required, fallback }) => (
    path !== undefined && required && fallback === undefined && /^(?:project_data|knowledge)\./.test(path) ? [path] : []
  ));
  return [...new Set([...needs, ...copied])];
}

const plain = z.union([text.check(z.maxLength(2_000)), z.number(), z.boolean()]);

/** A fact of the company's own, for its answer cards: `knowledge.<name>`. It proves as the facts of a request do. */
export const knowledgeSchema = z.object({
  name,
  value: z.union([plain, z.array(plain).check(z.minLength(1), z.maxLength(20)), z.record(z.string(), plain)]),
  /** The last day on which it is true, in the project's time zone (`2026-12-31`). Absent: until it is changed. */
  valid_until: z.optional(z.iso.date('must be a day such as 2026-12-31')),
});

export type Knowledge = z.infer<typeof knowledgeSchema>;

export const answerCardsSchema = z.array(answerCardSchema).check(z.maxLength(CARD_LIMITS.cards));
export const knowledgeListSchema = z.array(knowledgeSchema).check(z.maxLength(CARD_LIMITS.facts));
