import type { JsonRecord } from '../json-record';
import { isJsonRecord } from '../json-record';
import type { Behaviour } from './behaviours';
import { longest } from './values';

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
};

function changeTexts(values: JsonRecord, change: (text: string, name: string) => string): JsonRecord {
  return Object.fromEntries(
    Object.entries(values).map(([name, value]) => [name, typeof value === 'string' ? change(value, name) : value]),
  );
}

function excess(schema: JsonRecord, name: string): number {
  const property = isJsonRecord(schema.properties) ? schema.properties[name] : undefined;
  const limit = isJsonRecord(property) ? longest(property) : Number.POSITIVE_INFINITY;
  return Number.isFinite(limit) ? limit + 1 : 2000;
}
