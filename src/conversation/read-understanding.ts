import * as z from 'zod/mini';
import type { ProvedAnswer } from '../core/lifecycle/answer-transitions';
import type { ReplyHandOff } from '../core/lifecycle/hand-off-reasons';
import type { Understanding } from '../core/lifecycle/thread-record';
import { foldText } from '../proof/claims/folded-text';
import type { Burst, Expected } from './burst';
import type { Asks, Unclear } from './decide';
import type { FoundQuote } from './find-quote';
import { findQuote, isInDoubt, isTurnedRound } from './find-quote';
import { readValue } from './read-value';

/** By variable; null for one of another card, or that the facts do not give. */
const written = z.record(z.string(), z.nullable(z.string()));

const answered = z.object({
  answers: z.record(z.string(), z.nullable(z.object({ value: z.string(), quote: z.string() }))),
  asks: z.enum(['none', 'question', 'person', 'complaint', 'law', 'health', 'money']),
  card: z.optional(z.nullable(z.string())),
  values: z.optional(written),
  stop: z.enum(['none', 'unsure', 'clear']),
  stop_quote: z.nullable(z.string()),
  language: z.string(),
});

/** What of a model's answer is proved by the recipient's own words. */
export type ReadUnderstanding = Pick<Understanding, 'answers' | 'stop' | 'hand_off'>;

/** What a model's answer says, as far as the recipient's own words prove it. */
export interface Signals {
  readonly answers: Understanding['answers'];
  /** The recipient wants no more messages, by a quote. */
  readonly isStop: boolean;
  /** It may be a stop, and no quote proves it. */
  readonly isStopUnclear: boolean;
  readonly asks: Asks;
  readonly unclear: Unclear;
  /** The card that the model chose, and what it wrote for its variables: nothing of it is proved yet. */
  readonly card: string | undefined;
  readonly values: Readonly<Record<string, string>>;
  /** BCP 47, as the model says. */
  readonly language: string;
}

/** An answer whose quote stands in a message and says it. */
interface Proved {
  readonly expected: Expected;
  readonly proved: ProvedAnswer;
  readonly place: FoundQuote;
}

/**
 * Keeps of a model's answer what its quotes prove, and nothing else: the model decides only where to look. Undefined
 * for an answer of another form. `languageOf` is the language of a conversation's template.
 */
export function readSignals(
  values: Readonly<Record<string, unknown>>,
  burst: Burst,
  languageOf: (conversationId: string) => string,
): Signals | undefined {
  const parsed = answered.safeParse(values);
  if (!parsed.success) return undefined;
  const { answers, asks, card, stop, stop_quote: stopQuote, language } = parsed.data;
  const given = burst.expected.flatMap((expected) => {
    const answer = Object.hasOwn(answers, expected.key) ? answers[expected.key] : undefined;
    return answer ? [{ expected, answer }] : [];
  });
  const proved = given.flatMap(({ expected, answer }) => prove(expected, answer, burst, languageOf) ?? []);
  const kept = proved.filter((one) => !isAmbiguous(one, proved, burst));
  const isStop = stop === 'clear' && stopQuote !== null && quotedIn(burst, stopQuote) !== undefined;
  return {
    answers: byConversation(kept),
    isStop,
    isStopUnclear: stop !== 'none' && !isStop,
    asks,
    unclear: kept.length < proved.length ? 'ambiguous' : proved.length < given.length ? 'unproved' : 'no',
    card: card ?? undefined,
    values: withoutNulls(parsed.data.values ?? {}),
    language,
  };
}

/** The values of a repair; none of an answer of another form. */
export function readValues({ values }: Readonly<Record<string, unknown>>): Signals['values'] {
  const parsed = written.safeParse(values);
  return parsed.success ? withoutNulls(parsed.data) : {};
}

function withoutNulls(values: z.infer<typeof written>): Signals['values'] {
  return Object.fromEntries(Object.entries(values).flatMap(([name, value]) => (value === null ? [] : [[name, value]])));
}

/** The same where no card answers: what is not certain, or wants an answer, goes to a person. */
export function readUnderstanding(...read: Parameters<typeof readSignals>): ReadUnderstanding | undefined {
  const signals = readSignals(...read);
  if (!signals) return undefined;
  return { answers: signals.answers, ...(signals.isStop ? { stop: true as const } : handOffFor(signals)) };
}

function handOffFor({ isStopUnclear, asks, unclear }: Signals): { readonly hand_off?: ReplyHandOff } {
  if (isStopUnclear) return { hand_off: 'stop_unclear' };
  if (asks === 'person') return { hand_off: 'asked_for_person' };
  if (asks !== 'none') return { hand_off: asks };
  return unclear === 'no' ? {} : { hand_off: 'answer_unclear' };
}

/** The newest message that holds the quote: who says it again, or takes it back there, means that. */
function quotedIn({ messages }: Burst, quote: string) {
  for (const message of [...messages].reverse()) {
    const place = findQuote(message.content, quote);
    if (place) return { message, place };
  }
  return undefined;
}

function prove(
  expected: Expected,
  { value, quote }: { readonly value: string; readonly quote: string },
  burst: Burst,
  languageOf: (conversationId: string) => string,
): Proved | undefined {
  const found = quotedIn(burst, quote);
  const languages = languagesFor(languageOf(expected.conversation.conversation_id));
  if (!found || isTurnedRound(found.message.content, found.place, languages)) return undefined;
  const { message, place } = found;
  if (expected.answer.type !== 'text' && isInDoubt(message.content, place)) return undefined;
  const read = readValue(expected.answer, place.text, { languages, now: Date.parse(message.timestamp) });
  // The model's value is no source; but where it read something else, one of the two is wrong.
  if (read === undefined || (expected.answer.type !== 'text' && spelled(read) !== plain(value))) return undefined;
  const { message_id, sequence: position } = message;
  return { expected, proved: { value: read, quote: place.text, message_id, position }, place };
}

/** Recipients also write English to a template of another language. */
function languagesFor(language: string): readonly string[] {
  return /^en(?:-|$)/i.test(language) ? [language] : [language, 'en-GB'];
}

function spelled(value: ProvedAnswer['value']): string {
  if (typeof value === 'boolean') return value ? 'yes' : 'no';
  if (typeof value === 'object') return plain(`${value.currency} ${value.amount}`);
  return plain(String(value));
}

/** `GBP 42.50` and `GBP 42.5` are the same. */
function plain(text: string): string {
  const folded = foldText(text).toLowerCase().trim();
  return folded.replaceAll(/(?<!\d)\d{1,15}\.\d{1,6}/g, (number) => String(Number(number)));
}

/** The same words for two answers, or a question that two conversations ask: nobody can tell which is meant. */
function isAmbiguous(one: Proved, all: readonly Proved[], { expected }: Burst): boolean {
  const { conversation, answer } = one.expected;
  const isAskedTwice = expected.some((other) => (
    other.conversation !== conversation && other.answer.name === answer.name && isOpen(other)
  ));
  return isAskedTwice || all.some((other) => other !== one && sharesWords(one, other));
}

function isOpen({ conversation: { answers = {} }, answer }: Expected): boolean {
  return !Object.hasOwn(answers, answer.name);
}

function sharesWords(one: Proved, other: Proved): boolean {
  if (one.proved.message_id !== other.proved.message_id) return false;
  const overlaps = one.place.start < other.place.end && one.place.end > other.place.start;
  // A date may stand inside the words that explain it, if it is asked for beside them; the same words are one answer.
  const isInside = one.expected.conversation === other.expected.conversation
    && one.expected.answer.type !== other.expected.answer.type
    && one.place.text.length !== other.place.text.length;
  return overlaps && !isInside;
}

function byConversation(kept: readonly Proved[]): Understanding['answers'] {
  const found: Record<string, Record<string, ProvedAnswer>> = {};
  for (const { expected: { conversation, answer }, proved } of kept) {
    (found[conversation.conversation_id] ??= {})[answer.name] = proved;
  }
  return found;
}
