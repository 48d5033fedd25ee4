import * as z from 'zod/mini';

/** Forms in which a client wants an answer. What each value looks like: `AnswerValue`. */
export const ANSWER_TYPES = ['text', 'date', 'number', 'amount', 'choice', 'yes_no'] as const;
export type AnswerType = (typeof ANSWER_TYPES)[number];

/** Sizes of a list of expected answers: it stands in every record of a conversation that expects them. */
export const ANSWER_LIMITS = { answers: 10, question: 200, choices: 12, choice: 60 } as const;

/** What a client reads the answer under. */
export const ANSWER_NAME = /^[a-z][a-z0-9_]{0,39}$/;
export const AN_ANSWER_NAME =
  'must be a name of at most 40 lower-case letters, digits and underscores that begins with a letter';

const name = z.string().check(z.regex(ANSWER_NAME, AN_ANSWER_NAME));
const choices = z
  .array(z.string().check(z.regex(/\S/), z.maxLength(ANSWER_LIMITS.choice)))
  .check(z.maxLength(ANSWER_LIMITS.choices));

/** One answer that a template asks for. */
export const expectedAnswerSchema = z.object({
  name,
  /** What is asked, in the template's language: the model and the person who takes over read it. */
  question: z.string().check(z.regex(/\S/), z.maxLength(ANSWER_LIMITS.question)),
  type: z.enum(ANSWER_TYPES),
  /** Of a `choice`: the words to choose from, as the client wants to read them. */
  choices: z.optional(choices),
  /** The conversation is answered once every required answer is there. */
  required: z._default(z.boolean(), true),
});

export const expectedAnswersSchema = z.array(expectedAnswerSchema).check(z.maxLength(ANSWER_LIMITS.answers));

export interface ExpectedAnswer {
  readonly name: string;
  readonly question: string;
  readonly type: AnswerType;
  readonly choices?: readonly string[] | undefined;
  readonly required: boolean;
}

/** One answer that a request wants, out of those of its template. */
export interface WantedAnswer {
  readonly name: string;
  /** Some of the template's choices; absent: all of them. */
  readonly choices?: string[] | undefined;
}

/**
 * An answer as the client reads it: `text` and `choice` a string (a choice in its own spelling), `date` an ISO 8601
 * date (`2026-11-22`), `number` a number, `yes_no` a boolean, `amount` an object with the ISO 4217 currency.
 */
export type AnswerValue = string | number | boolean | { readonly amount: number; readonly currency: string };

/** An answer with the recipient's own words that prove it. */
export interface KeptAnswer {
  readonly value: AnswerValue;
  /** A verbatim part of the message. */
  readonly quote: string;
  /** The inbound message that holds the quote. */
  readonly message_id: string;
  /** The place of the newest message that says so in its thread; absent in older records. */
  readonly position?: number;
  /** When it was kept. */
  readonly at: string;
  /** 1 for the first answer under this name; each correction counts one up. */
  readonly version: number;
}

/** What the recipient has answered, by the name of the expected answer. */
export type KeptAnswers = Readonly<Record<string, KeptAnswer>>;
