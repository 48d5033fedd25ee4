import type { Evidence } from '../evidence';
import { NOTHING_KNOWN } from '../names/nothing-known';
import { unfoundedPromises } from '../wording/find-promises';
import { negationOf } from '../wording/find-contradictions';
import type { CitedLeaf } from './cited-leaves';
import { clausesOf } from './clauses';
import { FUNCTION_WORDS } from './function-words';
import { missingQualifiers } from './qualifiers';

/** Why a value that was proved may still say what no fact says. */
export type Doubt = 'unknown_word' | 'negation' | 'promise' | 'qualifier';

/**
 * The doubts about a proved value: reasons to have it read once more. Languages without a list of words have no unknown
 * ones.
 */
export function doubtsAbout(value: string, evidence: Evidence, cited: readonly CitedLeaf[]): readonly Doubt[] {
  const { language } = evidence;
  return [
    ...(hasUnknownClause(value, evidence) ? (['unknown_word'] as const) : []),
    ...(negationOf(language).test(value) && !cited.some((fact) => denies(fact, language))
      ? (['negation'] as const)
      : []),
    ...(unfoundedPromises(value, { language, vocabulary: () => NOTHING_KNOWN, leaves: [] }).length > 0 ? (['promise'] as const) : []),
    ...(missingQualifiers(
      value,
      cited.map(({ quote, value: fact, path }) => `${path.at(-1)?.replace(/_/g, ' ')} ${contextOf(quote, fact)}`),
    ).length > 0
      ? (['qualifier'] as const)
      : []),
  ];
}

/** The sentence that a quote is taken from: "only" may stand before what was quoted. */
function contextOf(quote: string, fact: CitedLeaf['value']): string {
  if (typeof fact !== 'string') return String(fact);
  const at = fact.indexOf(quote);
  if (at === -1) return fact;
  const before = fact.slice(0, at).split(/[.!?\n]/).at(-1) ?? '';
  const [after = ''] = fact.slice(at + quote.length).split(/[.!?\n]/);
  return `${before}${quote}${after}`;
}

/** The cited fact says no itself: then the rules have compared the two. */
function denies({ value, quote }: CitedLeaf, language: string): boolean {
  return value === false || (typeof value === 'string' && negationOf(language).test(contextOf(quote, value)));
}

/** Letters of a word from which it may say something new, and from which a fact may hold it. */
const SHORTEST = 4;
const SHORTEST_KNOWN = 3;

/** A clause says at least as much that no fact holds as that one does. */
function hasUnknownClause(value: string, { language, vocabulary }: Evidence): boolean {
  const list = FUNCTION_WORDS[language.toLowerCase().split('-')[0] ?? ''];
  if (list === undefined) return false;
  const free = new Set(list.split(' '));
  return clausesOf(value).some(({ words }) => {
    const said = (words.toLowerCase().match(/\p{L}[\p{L}\p{M}]*/gu) ?? []).filter((word) => !free.has(word));
    const isKnown = (word: string) => vocabulary().has(word) || vocabulary().begins(word);
    const known =
      said.filter((word) => word.length >= SHORTEST_KNOWN && isKnown(word)).length + (words.match(/\d+/g) ?? []).length;
    const unknown = said.filter((word) => word.length >= SHORTEST && !isKnown(word)).length;
    return unknown > 0 && unknown >= known;
  });
}
