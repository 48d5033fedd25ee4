import type { JsonRecord } from '../json-record';
import { isJsonRecord, parseJson } from '../json-record';
import type { Behaviour } from './behaviours';
import { readFacts } from './facts';

/** The schema asks for a verdict on each clause of each value. */
export function asksForReading(schema: JsonRecord): boolean {
  const properties = Object.values(isJsonRecord(schema.properties) ? schema.properties : {});
  return properties.length > 0 && properties.every((property) => {
    const items = isJsonRecord(property) ? property.items : undefined;
    return isJsonRecord(items) && isJsonRecord(items.properties) && 'supported' in items.properties;
  });
}

/** Reads each value sentence by sentence: supported is what a fact or the template has most words of. */
export function readValues(input: string, behaviour: Behaviour | undefined): JsonRecord {
  const question = parseJson(input);
  const values = isJsonRecord(question) && isJsonRecord(question.values) ? question.values : {};
  const facts = isJsonRecord(question) && isJsonRecord(question.facts) ? readFacts(JSON.stringify(question.facts)) : [];
  const template = isJsonRecord(question) ? JSON.stringify(question.template) : '';
  const verdict = (clause: string) => {
    const wanted = longWords(clause);
    const known = facts.find(({ text }) => share(wanted, longWords(text)) >= MOST_OF_IT);
    const path = known
      ? known.path.join('.')
      : share(wanted, longWords(`${template} ${COURTESY}`)) >= 1
        ? 'template'
        : null;
    const supported = path !== null && behaviour !== 'reader-refuses';
    return { clause, path: supported ? path : null, supported };
  };
  return Object.fromEntries(
    Object.entries(values).map(([name, value]) => [name, sentences(String(value)).map(verdict)]),
  );
}

/** Share of a sentence's longer words that a fact has to hold. */
const MOST_OF_IT = 0.6;
const COURTESY =
  'thank thanks please kind regards hello dear your time could would explain this details that already hold';

function sentences(text: string): readonly string[] {
  return text.split(/(?<=[.!?]) /).filter((sentence) => sentence !== '');
}

function longWords(text: string): ReadonlySet<string> {
  return new Set(text.toLowerCase().match(/\p{L}{4,}/gu) ?? []);
}

function share(wanted: ReadonlySet<string>, known: ReadonlySet<string>): number {
  return wanted.size === 0 ? 1 : [...wanted].filter((word) => known.has(word)).length / wanted.size;
}
