import type { JsonRecord } from '../json-record';
import { isJsonRecord, parseJson } from '../json-record';
import type { FoundAnswers } from './card-choice';
import { chooseCard } from './card-choice';

/** The schema asks what a person's messages answer. */
export function asksForUnderstanding(schema: JsonRecord): boolean {
  const { properties } = schema;
  return isJsonRecord(properties) && ['answers', 'asks', 'stop', 'stop_quote'].every((name) => name in properties);
}

/** Reads messages as a good model does, by plain patterns: each answer is a part of one message. */
export function understandMessages(input: string, schema: JsonRecord = {}): JsonRecord {
  const parsed = parseJson(input);
  const question = isJsonRecord(parsed) ? parsed : {};
  const { expected, messages, cards } = question;
  const texts = (Array.isArray(messages) ? messages : []).map(String);
  const asked = Object.entries(isJsonRecord(expected) ? expected : {});
  const stop = firstMatch(texts, /(?:stop (?:writing|messaging|texting)|leave me alone|no more messages)[^.!?]*/i);
  const answers = Object.fromEntries(
    asked.map(([key, about]) => [key, isJsonRecord(about) ? find(about, texts) : null]),
  );
  const asks = wishOf(texts.join(' '));
  const open = asked.flatMap(([key, about]) => (
    isJsonRecord(about) && about.known === undefined && answers[key] === null ? [String(about.question)] : []
  ));
  return {
    answers,
    asks,
    ...(cards === undefined ? {} : cardOf(question, { texts, isQuestion: asks === 'question', open }, schema)),
    stop: stop === undefined ? 'none' : 'clear',
    stop_quote: stop ?? null,
    language: 'en-GB',
  };
}

/** The card, and a value or null for each variable that the schema names. */
function cardOf(question: JsonRecord, found: FoundAnswers, { properties }: JsonRecord): JsonRecord {
  const { card, values } = chooseCard(question, found);
  const asked = isJsonRecord(properties) && isJsonRecord(properties.values) ? properties.values.properties : undefined;
  if (!isJsonRecord(asked)) return { card };
  return { card, values: Object.fromEntries(Object.keys(asked).map((name) => [name, values[name] ?? null])) };
}

function wishOf(text: string): string {
  if (/\b(?:complain|complaint)\b/i.test(text)) return 'complaint';
  if (/\b(?:speak|talk) (?:to|with)\b/i.test(text)) return 'person';
  return text.includes('?') ? 'question' : 'none';
}

/** What was answered before is given again only where a person corrects it, which this model never hears. */
function find({ type, choices, known }: JsonRecord, texts: readonly string[]): JsonRecord | null {
  if (known !== undefined) return null;
  switch (type) {
    case 'date':
      return dated(texts);
    case 'number':
      return asIs(firstMatch(texts, /\b\d{1,9}(?:\.\d{1,4})?\b/));
    case 'amount': {
      const quote = firstMatch(texts, /£ ?\d{1,9}(?:\.\d{2})?/);
      return quote === undefined ? null : { value: `GBP ${quote.replace(/[£ ]/g, '')}`, quote };
    }
    case 'choice': {
      const all = (Array.isArray(choices) ? choices : []).map(String);
      const chosen = all.find((choice) => texts.some((text) => text.toLowerCase().includes(choice.toLowerCase())));
      return chosen === undefined ? null : { value: chosen, quote: chosen };
    }
    case 'yes_no': {
      const quote = firstMatch(texts, /\b(?:yes|no)\b/i);
      return quote === undefined ? null : { value: quote.toLowerCase(), quote };
    }
    default:
      return asIs(firstMatch(texts, /[^.!?\n]*\b(?:was|were|had|have|worked|lived|studied)\b[^.!?\n]*/i)?.trim());
  }
}

const MONTHS = 'January February March April May June July August September October November December'.split(' ');

function dated(texts: readonly string[]): JsonRecord | null {
  const quote = firstMatch(texts, new RegExp(`\\b\\d{1,2} (?:${MONTHS.join('|')}) \\d{4}\\b`));
  const [day = '', month = '', year = ''] = quote?.split(' ') ?? [];
  if (quote === undefined) return null;
  const number = String(MONTHS.indexOf(month) + 1).padStart(2, '0');
  return { value: `${year}-${number}-${day.padStart(2, '0')}`, quote };
}

function asIs(quote: string | undefined): JsonRecord | null {
  return quote === undefined ? null : { value: quote, quote };
}

function firstMatch(texts: readonly string[], pattern: RegExp): string | undefined {
  return texts.flatMap((text) => pattern.exec(text)?.[0] ?? [])[0];
}
