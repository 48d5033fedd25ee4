import type { Evidence, Ground } from '../evidence';
import type { JudgedText } from '../grounding';
import type { Leaf } from '../fact-places';
import { inflects } from '../names/find-names';
import type { FoundName } from '../names/find-names';
import { MESSAGE_SECTIONS } from '../names/name-facts';
import { vocabularyOf } from '../names/vocabulary';
import { misplacedFigures } from '../relations/find-misplaced';
import { namesWithAnotherTitle } from '../relations/name-titles';
import type { Rule } from '../rules/rules';
import type { CitedLeaf } from './cited-leaves';
import { isReversed } from './find-reversed';

/**
 * What is wrong with a value, judged by the facts that were cited for it. A value without citations is not judged here.
 */
export function citedFaults(
  name: string,
  judged: JudgedText,
  evidence: Evidence,
  cited: readonly CitedLeaf[],
): readonly Rule[] {
  const span = judged.folded.spans.find(({ variable }) => variable === name);
  if (cited.length === 0 || !span) return [];
  const isInside = ({ start, end }: FoundName) => start < span.end && end > span.start;
  const paths = new Set(cited.map(({ path }) => path.join('.')));
  const isCited = (leaf: Leaf) => MESSAGE_SECTIONS.includes(leaf.path[0] ?? '') || isBeside(leaf.path.join('.'), paths);
  const claims = judged.claims
    .filter(({ claim, rule }) => rule === undefined && claim.variables.includes(name))
    .map(({ claim }) => claim);
  const hasUncited = claims.some(
    ({ needs }) => !needs.some((key) => isProvedBy(evidence.offered.get(key) ?? [], isCited)),
  );
  const leaves = evidence.leaves.filter(isCited);
  const vocabulary = vocabularyOf(leaves, evidence.language, inflects(evidence.language));
  const names = judged.names.unknownTo(() => vocabulary).filter(isInside);
  const value = judged.folded.text.slice(span.start, span.end);
  const all = judged.names.all.filter(isInside);
  return [
    ...(hasUncited || names.length > 0 ? (['uncited'] as const) : []),
    ...(isMisplaced(name, judged, evidence, isCited) ||
    namesWithAnotherTitle(judged.folded.text, all, evidence.leaves).length > 0
      ? (['unknown_relation'] as const)
      : []),
    ...(isReversed(value, cited, evidence.language) ? (['contradiction'] as const) : []),
  ];
}

/** A list is cited with its entries, and an entry with its list. */
function isBeside(path: string, cited: ReadonlySet<string>): boolean {
  return cited.has(path) || [...cited].some((known) => known.startsWith(`${path}.`) || path.startsWith(`${known}.`));
}

/** So many grounds of one key are kept; where there are more, the cited one may be among those that are not. */
const MOST_GROUNDS = 40;

function isProvedBy(grounds: readonly Ground[], isCited: (leaf: Leaf) => boolean): boolean {
  return grounds.length >= MOST_GROUNDS || grounds.some(({ leaf }) => isCited(leaf));
}

/** A figure that several facts hold counts as that of the cited one. */
function isMisplaced(
  name: string,
  { claims }: JudgedText,
  evidence: Evidence,
  isCited: (leaf: Leaf) => boolean,
): boolean {
  // Where every fact that holds a figure is cited, or none, the rules have compared it already.
  const isMixed = claims.some(({ claim }) => claim.needs.some((key) => {
    const grounds = evidence.offered.get(key) ?? [];
    return grounds.some(({ leaf }) => isCited(leaf)) && !grounds.every(({ leaf }) => isCited(leaf));
  }));
  if (!isMixed) return false;
  const narrowed = new Map(
    [...evidence.offered].map(([key, grounds]) => {
      const own = grounds.filter(({ leaf }) => isCited(leaf));
      return [key, own.length > 0 ? own : grounds] as const;
    }),
  );
  const misplaced = misplacedFigures(
    claims.map(({ claim }) => claim),
    { ...evidence, offered: narrowed },
  );
  return misplaced.some(({ variables }) => variables.includes(name));
}
