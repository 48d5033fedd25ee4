import type { FoundClaim } from '../claims/extract-claims';
import { extractClaims } from '../claims/extract-claims';
import { foldText } from '../claims/folded-text';

/** A stretch of a text; `end` is one past its last character. */
export interface Place {
  readonly start: number;
  readonly end: number;
}

/** Where a stretch of the folded text stands in the text as it was written. */
export function placeInOriginal(original: string, { start, end }: Place): Place {
  const folded = (length: number) => foldText(original.slice(0, length)).length;
  if (foldText(original) === original) return { start, end };
  const first = lastWhere(original.length, (length) => folded(length) <= start);
  return { start: first, end: Math.max(first, firstWhere(original.length, (length) => folded(length) >= end)) };
}

/** Folding a longer text never gives a shorter one, so that both ends are found by halving. */
function lastWhere(most: number, holds: (length: number) => boolean): number {
  return firstWhere(most, (length) => length === most || !holds(length + 1));
}

function firstWhere(most: number, holds: (length: number) => boolean): number {
  let [low, high] = [0, most];
  while (low < high) {
    const middle = Math.floor((low + high) / 2);
    if (holds(middle)) high = middle;
    else low = middle + 1;
  }
  return low;
}

/**
 * Where a claim stands in the folded text that it was read from, by its number in the order of `extractClaims`: claims
 * are read once number words are digits, which moves what stands behind them.
 */
export function placesOfClaims(
  folded: string,
  language: string,
  codes?: ReadonlySet<string>,
): (index: number, claim: FoundClaim) => Place {
  let moved: readonly FoundClaim[] | undefined;
  const spans = () => folded.split('').map((_, index) => ({ start: index, end: index + 1, variable: String(index) }));
  return (index, claim) => {
    if (claim.text === folded) return claim;
    moved ??= extractClaims({ text: folded, spans: spans() }, language, codes);
    const touched = (moved[index]?.variables ?? []).map(Number);
    return { start: touched[0] ?? 0, end: (touched.at(-1) ?? -1) + 1 };
  };
}
