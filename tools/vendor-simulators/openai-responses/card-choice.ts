import type { JsonRecord } from '../json-record';
import { isJsonRecord } from '../json-record';

/** Words that tell no card from another. */
const FILLER_WORDS = new Set(
  (
    'the and for are you your they their that this what which when where who how from with does not say says said asks '
    + 'ask person candidate recipient could would will can please want wants have has had about there here our also thank'
  ).split(' '),
);

/** What the messages were found to say, for the choice of a card. */
export interface FoundAnswers {
  readonly texts: readonly string[];
  readonly isQuestion: boolean;
  /** What was asked for and is still missing, in the company's words. */
  readonly open: readonly string[];
}

/**
 * The card that a good model would choose, by plain overlap of words: for a question the card whose `when` it meets,
 * otherwise the one that asks for what is still missing. Null if none fits.
 */
export function chooseCard(question: JsonRecord, found: FoundAnswers): { card: string | null; values: JsonRecord } {
  const cards = (Array.isArray(question.cards) ? question.cards : []).filter((card) => isJsonRecord(card));
  const [open] = found.open;
  const asked = found.isQuestion ? wordsOf(found.texts.join(' ')) : wordsOf(open ?? '');
  const sought = (card: JsonRecord) => wordsOf(String(found.isQuestion ? card.when : card.text));
  const scored = cards
    .filter((card) => found.isQuestion === /\basks?\b/i.test(String(card.when)))
    .map((card) => ({ card, score: overlap(asked, sought(card)) }))
    .sort((one, other) => other.score - one.score);
  const [best] = scored;
  if (!best || best.score === 0) return { card: null, values: {} };
  return { card: String(best.card.id), values: valuesOf(best.card, question.facts, found.texts) };
}

function valuesOf({ variables }: JsonRecord, facts: unknown, texts: readonly string[]): JsonRecord {
  const leaves = leavesOf(facts, []);
  return Object.fromEntries(Object.entries(isJsonRecord(variables) ? variables : {}).map(([name, about]) => {
    const { description, from } = isJsonRecord(about) ? about : {};
    if (from === 'recipient') return [name, (texts.at(-1) ?? '').split(' ').slice(0, 5).join(' ')];
    const wanted = wordsOf(`${name.replaceAll('_', ' ')} ${String(description)}`);
    const [fact] = leaves
      .map((leaf) => ({ ...leaf, score: overlap(wanted, wordsOf(leaf.path.join(' ').replaceAll('_', ' '))) }))
      .filter(({ score }) => score > 0)
      .sort((one, other) => other.score - one.score);
    return [name, fact?.text ?? null];
  }));
}

interface Leaf {
  readonly path: readonly string[];
  readonly text: string;
}

function leavesOf(value: unknown, path: readonly string[]): readonly Leaf[] {
  if (typeof value === 'string' || typeof value === 'number') return [{ path, text: String(value) }];
  if (typeof value !== 'object' || value === null) return [];
  return Object.entries(value).flatMap(([key, inner]) => leavesOf(inner, [...path, key]));
}

function wordsOf(text: string): readonly string[] {
  const words = text.toLowerCase().match(/\p{L}{3,}/gu) ?? [];
  return [...new Set(words)].filter((word) => !FILLER_WORDS.has(word));
}

/** "Pays" and "pay" are the same word here. */
function overlap(one: readonly string[], other: readonly string[]): number {
  return one.filter((word) => other.some((known) => known.startsWith(word) || word.startsWith(known))).length;
}
