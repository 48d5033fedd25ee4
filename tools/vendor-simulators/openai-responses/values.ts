import type { JsonRecord } from '../json-record';
import { isJsonRecord } from '../json-record';
import type { Fact } from './facts';

/** What the model says where no fact fits: it holds no number, link or name, so that it needs no proof. */
const NEUTRAL_PHRASE = 'the details that we already hold';

/** Words that tell nothing about which fact is meant. */
const FILLER_WORDS = new Set(
  (
    'a an and as at be by characters for from in into is it its most not of on one or short that the their this to '
    + 'with your you we our ' +
    'value text write use only sentence word phrase given which who what data plain about'
  ).split(' '),
);

/** Fills a strict schema from the facts, always in the same way: the same schema and facts give the same values. */
export function fillSchema(schema: JsonRecord, facts: readonly Fact[]): unknown {
  return fillProperty('', schema, facts);
}

function fillProperty(name: string, schema: JsonRecord, facts: readonly Fact[]): unknown {
  if ('const' in schema) return schema.const;
  if (Array.isArray(schema.enum)) return chooseFromList(name, schema, schema.enum, facts);
  if (Array.isArray(schema.anyOf)) {
    return isJsonRecord(schema.anyOf[0]) ? fillProperty(name, schema.anyOf[0], facts) : null;
  }
  switch (Array.isArray(schema.type) ? schema.type[0] : schema.type) {
    case 'object':
      if (asksForEvidence(schema)) return answerWithEvidence(name, schema, facts);
      return Object.fromEntries(Object.entries(isJsonRecord(schema.properties) ? schema.properties : {})
        .map(([key, inner]) => [key, isJsonRecord(inner) ? fillProperty(key, inner, facts) : null]));
    case 'array':
      return isJsonRecord(schema.items) ? [fillProperty(name, schema.items, facts)] : [];
    case 'boolean':
      return false;
    case 'number':
    case 'integer':
      return numericFact(name, schema, facts);
    case 'null':
      return null;
    default:
      return shorten(bestFact(name, schema, facts)?.text ?? NEUTRAL_PHRASE, longest(schema));
  }
}

/** A text together with the facts that it uses. */
export function asksForEvidence(schema: JsonRecord): boolean {
  const { properties } = schema;
  return isJsonRecord(properties) && isJsonRecord(properties.value) && isJsonRecord(properties.evidence);
}

/** The value as ever, and the fact that it was taken from, quoted as far as the value goes. */
function answerWithEvidence(name: string, schema: JsonRecord, facts: readonly Fact[]): JsonRecord {
  const form = isJsonRecord(schema.properties) && isJsonRecord(schema.properties.value) ? schema.properties.value : {};
  const fact = bestFact(name, form, facts);
  const value = shorten(fact?.text ?? NEUTRAL_PHRASE, longest(form));
  // A list of plain values is one fact here, and each of its entries one for the engine.
  const [quote = ''] = value.split('; ');
  return { evidence: fact ? [{ path: fact.path.join('.'), quote }] : [], value };
}

function chooseFromList(
  name: string,
  schema: JsonRecord,
  choices: readonly unknown[],
  facts: readonly Fact[],
): unknown {
  const wanted = bestFact(name, schema, facts)?.text.toLowerCase();
  return choices.find((choice) => typeof choice === 'string' && choice.toLowerCase() === wanted) ?? choices[0];
}

function numericFact(name: string, schema: JsonRecord, facts: readonly Fact[]): number {
  const numbers = facts.filter((fact) => /^-?\d+(\.\d+)?$/.test(fact.text));
  const chosen = Number(bestFact(name, schema, numbers)?.text ?? 0);
  return schema.type === 'integer' ? Math.trunc(chosen) : chosen;
}

/**
 * The fact whose path has most words in common with the property's name and description; its last word counts double.
 */
function bestFact(name: string, schema: JsonRecord, facts: readonly Fact[]): Fact | undefined {
  const wanted = new Set(words(`${name} ${typeof schema.description === 'string' ? schema.description : ''}`));
  let best: Fact | undefined;
  let bestScore = 0;
  for (const fact of facts) {
    const leaf = fact.path.at(-1) ?? '';
    const score = count(wanted, words(fact.path.join(' '))) + count(wanted, words(leaf));
    if (score > bestScore) [best, bestScore] = [fact, score];
  }
  return best;
}

function count(wanted: ReadonlySet<string>, found: readonly string[]): number {
  return new Set(found.filter((word) => wanted.has(word))).size;
}

/** Lower-case words without their plural ending. */
function words(text: string): readonly string[] {
  return text.replace(/([a-z])([A-Z])/g, '$1 $2').toLowerCase().split(/[^a-z]+/)
    .filter((word) => word.length > 1 && !FILLER_WORDS.has(word))
    .map((word) => (word.length > 3 && word.endsWith('s') ? word.slice(0, -1) : word));
}

/** Characters at most: the schema's own limit, or the one that its description states ("at most 80 characters"). */
export function longest(schema: JsonRecord): number {
  if (typeof schema.maxLength === 'number') return schema.maxLength;
  const stated = /(\d+)\s+characters/.exec(typeof schema.description === 'string' ? schema.description : '');
  return stated?.[1] === undefined ? Number.POSITIVE_INFINITY : Number(stated[1]);
}

function shorten(text: string, limit: number): string {
  if (text.length <= limit) return text;
  const cut = text.slice(0, limit + 1);
  const lastSpace = cut.lastIndexOf(' ');
  return (lastSpace > 0 ? cut.slice(0, lastSpace) : text.slice(0, limit)).replace(/[\s,;:(]+$/, '');
}
