import type { Evidence } from '../evidence';
import { NOTHING_KNOWN } from '../names/nothing-known';
import { unfoundedPromises } from '../wording/find-promises';
import { negationOf } from '../wording/find-contradictions';
import type { CitedLeaf } from './cited-leaves';
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
    ...(unknownWords(value, evidence).length > 0 ? (['unknown_word'] as const) : []),
    ...(negationOf(language).test(value) ? (['negation'] as const) : []),
    ...(unfoundedPromises(value, language, () => NOTHING_KNOWN).length > 0 ? (['promise'] as const) : []),
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

/** Letters of a word from which it may say something new. */
const SHORTEST = 4;

function unknownWords(value: string, { language, vocabulary }: Evidence): readonly string[] {
  const known = FUNCTION_WORDS[language.toLowerCase().split('-')[0] ?? ''];
  if (known === undefined) return [];
  const free = new Set(known.split(' '));
  const words = value.match(/\p{L}[\p{L}\p{M}]*/gu) ?? [];
  return words.filter((word) => {
    const lower = word.toLowerCase();
    return lower.length >= SHORTEST && !free.has(lower) && !vocabulary().has(lower) && !vocabulary().begins(lower);
  });
}
