import type { FoundClaim } from '../claims/extract-claims';
import type { Ground } from '../evidence';
import type { Leaf } from '../fact-places';
import { wordsOfKey } from '../fact-places';
import { agreement, tellingWords } from './concepts';

interface Figure {
  readonly claim: FoundClaim;
  readonly grounds: readonly Ground[];
}

/** Characters before a figure in which its part of the sentence begins. */
const REACH = 40;

/**
 * Figures that several facts prove together and that are said as one of these facts, whose own figure is said as
 * something else: "paid 286.40, 100 is left" where 100 was paid.
 */
export function exchangedWithParts(figures: readonly Figure[]): readonly FoundClaim[] {
  const derived = figures.filter(({ grounds }) => grounds.some(({ with: others }) => others !== undefined));
  return derived.flatMap(({ claim, grounds }) => {
    const parts = grounds.flatMap(({ leaf, with: others = [] }) => [leaf, ...others]);
    const swapped = figures.filter((other) => other.grounds.some(({ leaf, with: others }) =>
      others === undefined && parts.includes(leaf) && isSaidOf(claim, leaf) && !isSaidOf(other.claim, leaf)));
    return swapped.length > 0 ? [claim, ...swapped.map((other) => other.claim)] : [];
  });
}

/** The words right before a figure are those of the fact's own field. */
function isSaidOf({ text, start }: FoundClaim, { path }: Leaf): boolean {
  const before = text.slice(Math.max(0, start - REACH), start).split(/[.,;:!?\n]\s/u).at(-1) ?? '';
  const own = tellingWords(wordsOfKey(path.at(-1) ?? '').join(' '));
  return tellingWords(before).slice(-2).some((word) => own.some((name) => agreement(word, name) >= 0.8));
}
