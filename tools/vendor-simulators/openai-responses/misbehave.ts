import type { JsonRecord } from '../json-record';
import { isJsonRecord } from '../json-record';
import type { Behaviour } from './behaviours';
import { inStyle, styleOf } from './answer-styles';
import { longest } from './values';

/** Good values in the words of a model's style. */
export function inStyleOf(model: string, values: JsonRecord, schema: JsonRecord): JsonRecord {
  return changeTexts(values, (text, name) => inStyle(styleOf(model), text, limitOf(schema, name)));
}

/**
 * Turns good values into the words (or the shape) that a behaviour asks for; other behaviours leave them as they are.
 */
export function misbehave(behaviour: Behaviour | undefined, values: JsonRecord, schema: JsonRecord): JsonRecord {
  const [first] = Object.keys(values);
  if (first === undefined) return values;
  switch (behaviour) {
    case 'missing-key':
      return Object.fromEntries(Object.entries(values).filter(([key]) => key !== first));
    case 'extra-key':
      return { ...values, remark: 'As you wished.' };
    case 'wrong-type':
      return { ...values, [first]: 42 };
    case 'too-long':
      return changeTexts(values, (text, name) => text.padEnd(excess(schema, name), ' and so on'));
    case 'empty':
      return changeTexts(values, () => '');
    case 'blank':
      return changeTexts(values, () => '   ');
    case 'swaps-name':
      return changeTexts(values, (text) => text.replace(NAME, SWAPPED_NAME));
    case 'misquotes':
      return changeQuotes(values, (quote) => `${quote} indeed`);
    default: {
      const words = behaviour === undefined ? undefined : ADDED_WORDS[behaviour];
      return words === undefined ? values : changeTexts(values, (text) => `${text}${words}`);
    }
  }
}

/** What each behaviour appends to every text. None of it occurs in any honest fact. */
const ADDED_WORDS: Readonly<Partial<Record<Behaviour, string>>> = {
  'invents-link': ' (see https://claims.example.net/confirm)',
  'invents-email': ' (write to offers@invented.example.net)',
  'invents-phone': ' (call +44 7700 900555)',
  'invents-amount': ' for £4,950.75',
  'invents-date': ' by 31 February 2031',
  'invents-number': ' in 8642 steps',
  'newline': '\nand more',
  'tab': '\tand more',
  'spaces': '      and more',
  'placeholder': ' {{9}}',
  'emoji': ' 🎉',
  'concludes': ' So the other entries look right to us.',
};

/** A name inside a sentence, and the one that takes its place: no honest fact holds it. */
const NAME = /(?<=\p{Ll}\p{P}? )\p{Lu}\p{Ll}+(?: \p{Lu}\p{Ll}+)*/u;
const SWAPPED_NAME = 'Southmere Lodge';

function changeQuotes(values: JsonRecord, change: (quote: string) => string): JsonRecord {
  const misquoted = (entry: unknown) => (
    isJsonRecord(entry) && typeof entry.quote === 'string' ? { ...entry, quote: change(entry.quote) } : entry
  );
  return Object.fromEntries(Object.entries(values).map(([name, answer]) => [
    name,
    isJsonRecord(answer) && Array.isArray(answer.evidence)
      ? { ...answer, evidence: answer.evidence.map(misquoted) }
      : answer,
  ]));
}

function changeTexts(values: JsonRecord, change: (text: string, name: string) => string): JsonRecord {
  return Object.fromEntries(
    Object.entries(values).map(([name, answer]) => {
      if (typeof answer === 'string') return [name, change(answer, name)];
      const isText = isJsonRecord(answer) && typeof answer.value === 'string';
      return [name, isText ? { ...answer, value: change(String(answer.value), name) } : answer];
    }),
  );
}

/** Characters that a text may have. */
function limitOf(schema: JsonRecord, name: string): number {
  const property = isJsonRecord(schema.properties) ? schema.properties[name] : undefined;
  const inner = isJsonRecord(property) && isJsonRecord(property.properties) ? property.properties.value : undefined;
  const form = isJsonRecord(inner) ? inner : property;
  return isJsonRecord(form) ? longest(form) : Number.POSITIVE_INFINITY;
}

function excess(schema: JsonRecord, name: string): number {
  const limit = limitOf(schema, name);
  return Number.isFinite(limit) ? limit + 1 : 2000;
}
