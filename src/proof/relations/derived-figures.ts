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
      others === undefined && parts.includes(leaf) && isCounted(claim, other.claim, leaf)));
    return swapped.length > 0 ? [claim, ...swapped.map((other) => other.claim)] : [];
  });
}

/** It is said as the part itself, or the part is said to be added to what holds it already. */
function isCounted(claim: FoundClaim, part: FoundClaim, leaf: Leaf): boolean {
  const isBehind = part.text === claim.text && part.start >= claim.end;
  if (isBehind && ADDED.test(claim.text.slice(claim.end, part.start))) return isSum(claim, part);
  return isSaidOf(claim, leaf) && !isSaidOf(part, leaf) && !isNamedBehind(part, leaf);
}

/** "… font 100,50 €, plus 4,50 €". */
const ADDED = /^,? ?(?:plus|and another|zuzüglich|zzgl\.?|plus encore|más|più|mais|pluss|artı|плюс) (?:\p{L}+ ){0,2}$/iu;

/** The larger of the two: what is left is said beside its parts, too. */
function isSum(claim: FoundClaim, part: FoundClaim): boolean {
  const [whole = 0, other = 0] = [claim, part].map(({ text, start, end }) => figure(text.slice(start, end)));
  return whole > other;
}

function figure(written: string): number {
  return Number(written.replace(/[^\d.,]/gu, '').replace(/[.,](?=\d{3})/gu, '').replace(',', '.'));
}

/** "4,50 € de frais". */
function isNamedBehind({ text, end }: FoundClaim, { path }: Leaf): boolean {
  const [behind = ''] = text.slice(end, end + REACH).split(/[.,;:!?\n\d]/u);
  const own = tellingWords(wordsOfKey(path.at(-1) ?? '').join(' '));
  return tellingWords(behind).slice(0, 1).some((word) => own.some((name) => agreement(word, name) >= 0.8));
}

/** The words right before a figure are those of the fact's own field. */
function isSaidOf({ text, start }: FoundClaim, { path }: Leaf): boolean {
  const before = text.slice(Math.max(0, start - REACH), start).split(/[.,;:!?\n]\s/u).at(-1) ?? '';
  const own = tellingWords(wordsOfKey(path.at(-1) ?? '').join(' '));
  return tellingWords(before).slice(-2).some((word) => own.some((name) => agreement(word, name) >= 0.8));
}
