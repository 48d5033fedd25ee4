import type { StoredRecord } from '../../core/ports/company-records';
import { cardsOf, withCards } from './card-versions';
import type { RecordRules } from './check-record';
import { checkRecord } from './check-record';
import { isFields } from './known-fields';
import type { RecordFinding } from './record-faults';

/** Cards and facts that are to be set. */
export interface GivenCards {
  readonly cards: readonly StoredRecord[];
  readonly knowledge: readonly StoredRecord[];
}

/** The record with these cards and facts in the place of those of the same names. */
export function withGiven(record: StoredRecord, { cards, knowledge }: GivenCards): StoredRecord {
  const next = cards.length === 0 ? record : withCards(record, cards.map((card) => ({ version: 1, ...card })));
  if (knowledge.length === 0) return next;
  const names = new Map(knowledge.map((fact) => [fact.name, fact]));
  const kept = factsOf(record).map((fact) => names.get(fact.name) ?? fact);
  const known = new Set(factsOf(record).map(({ name }) => name));
  return { ...next, knowledge: [...kept, ...knowledge.filter(({ name }) => !known.has(name))] };
}

/** The record without a card. */
export function withoutCard(record: StoredRecord, cardId: string): StoredRecord {
  const left = [...cardsOf(record).values()].filter(({ card_id: id }) => id !== cardId);
  return { ...record, answer_cards: left };
}

/** What is wrong with the answers of a record; every rule of it counts. Paths are those of the record. */
export function checkAnswers(record: StoredRecord, rules: RecordRules): readonly RecordFinding[] {
  return checkRecord(record, rules).filter(({ path }) => /^(?:answer_cards|knowledge|assistant)(?:\.|$)/.test(path));
}

/**
 * What is wrong with given cards and facts, and what they would break of those that are there; what was wrong before
 * is not told again. Paths are those of the given lists, and empty for what is elsewhere.
 */
export function checkGiven(record: StoredRecord, given: GivenCards, rules: RecordRules): readonly RecordFinding[] {
  const next = withGiven(record, given);
  const before = new Set(checkAnswers(record, rules).map((found) => named(record, found)));
  const twice = given.cards.flatMap(({ card_id: id }, index): readonly RecordFinding[] => (
    given.cards.findIndex((one) => one.card_id === id) === index ? []
      : [{ severity: 'fault', path: `answer_cards.${index}.card_id`, message: `is used twice: ${String(id)}` }]
  ));
  if (twice.length > 0) return twice;
  return checkAnswers(next, rules).flatMap((found) => {
    const path = pathAmong(given, next, found.path);
    if (path !== undefined) return [{ ...found, path }];
    if (before.has(named(next, found))) return [];
    return [{ ...found, path: '', message: `${placeByName(next, found.path)} ${found.message}` }];
  });
}

function named(record: StoredRecord, { path, message }: RecordFinding): string {
  return `${placeByName(record, path)} ${message}`;
}

/** A path with the names of cards and facts instead of their places. */
export function placeByName(record: StoredRecord, path: string): string {
  const [list = '', index = '', ...rest] = path.split('.');
  const entry = entryAt(record, list, index);
  const name = entry?.card_id ?? entry?.name;
  return typeof name === 'string' ? [list, name, ...rest].join('.') : path;
}

/** The path among what is given; undefined for anything else of the record. */
function pathAmong({ cards, knowledge }: GivenCards, record: StoredRecord, path: string): string | undefined {
  const [list = '', index = '', ...rest] = path.split('.');
  const entry = entryAt(record, list, index);
  const place = list === 'answer_cards' ? cards.findIndex(({ card_id: id }) => id === entry?.card_id)
    : knowledge.findIndex(({ name }) => name === entry?.name);
  return entry === undefined || place === -1 ? undefined : [list, place, ...rest].join('.');
}

function entryAt(record: StoredRecord, list: string, index: string): StoredRecord | undefined {
  const listed = list === 'answer_cards' || list === 'knowledge' ? record[list] : undefined;
  const entry: unknown = Array.isArray(listed) && /^\d+$/.test(index) ? listed[Number(index)] : undefined;
  return isFields(entry) ? entry : undefined;
}

export function factsOf({ knowledge }: StoredRecord): readonly StoredRecord[] {
  const facts: readonly unknown[] = Array.isArray(knowledge) ? knowledge : [];
  return facts.filter(isFields);
}
