import { RANGE_LINK } from '../claims/ranges';
import { unitBehind } from '../claims/units';
import type { Ground } from '../evidence';
import { agreement } from './concepts';
import type { WeightedWord } from './figure-context';
import type { Place, SaidOf } from './figure-words';

/** Something that a value says and facts hold, with what the value says of it. */
export interface Said<What extends Place = Place> extends SaidOf {
  readonly claim: What;
  readonly grounds: readonly Ground[];
}

/** What the place of a fact says of it. */
export type ContextOf = (ground: Ground) => readonly WeightedWord[];

/** By how much an exchange has to fit better. */
const MARGIN = 0.9;

/** How well words fit the best of some facts. */
export function score(words: readonly string[], grounds: readonly Ground[], context: ContextOf): number {
  return Math.max(0, ...grounds.map((ground) => words.reduce((sum, word) => sum + best(word, context(ground)), 0)));
}

function best(word: string, context: readonly WeightedWord[]): number {
  return context.reduce((most, [known, weight]) => Math.max(most, weight * agreement(word, known)), 0);
}

/** One text of the facts says both, in the same order. */
export function standsSo(one: Said, other: Said): boolean {
  return one.grounds.some((left) =>
    other.grounds.some((right) => left.leaf === right.leaf && left.start < right.start),
  );
}

/** Two of which each has the other's words. */
export function exchanged<One extends Said>(
  figures: readonly One[], context: ContextOf, margin = MARGIN,
): readonly One[] {
  const found: One[] = [];
  figures.forEach((one, index) => figures.slice(index + 1).forEach((other) => {
    if (one.grounds.some((ground) => other.grounds.includes(ground)) || isTold(one, other, figures)) return;
    const straight = score(one.words, one.grounds, context) + score(other.words, other.grounds, context);
    const swapped = score(one.words, other.grounds, context) + score(other.words, one.grounds, context);
    if (swapped > straight + margin) found.push(one, other);
  }));
  return found;
}

/** Something else than their words tells two figures apart: a fact's text, their order in a range, their units. */
function isTold(one: Said, other: Said, figures: readonly Said[]): boolean {
  return standsSo(one, other) || isAscendingRange(one, other) || haveOwnUnits(one, other)
    || (isInRange(one, figures) && isInRange(other, figures));
}

/** "7 years" and "11.4 lbs" are told apart by their units, which the facts have too. */
function haveOwnUnits(one: Said, other: Said): boolean {
  const [left, right] = [one, other].map(({ claim: { text, end }, grounds }) => {
    const unit = unitBehind(text, end)?.unit;
    return grounds.some((ground) => ground.leaf.units.unit === unit) ? unit : undefined;
  });
  return left !== undefined && right !== undefined && left !== right;
}

/** `7200-9000`: its order says which is the lower end. */
function isAscendingRange({ claim: one }: Said, { claim: other }: Said): boolean {
  if (!isBetween(one, other)) return false;
  const [low, high] = [one, other].map(({ text, start, end }) => figureIn(text.slice(start, end)));
  return low !== undefined && high !== undefined && low < high;
}

const BETWEEN = new RegExp(`^(?! (?:auf|naar) )${RANGE_LINK}$`, 'iu');

function isBetween(one: Place, other: Place): boolean {
  return one.text === other.text && BETWEEN.test(one.text.slice(one.end, other.start));
}

function figureIn(written: string): number | undefined {
  const digits = written.replace(/[^0-9]/g, '');
  return digits === '' || /[:.,]\d{1,2}(?!\d)/.test(written) ? undefined : Number(digits);
}

/** One end of a range that a text of the facts holds. */
function isInRange(figure: Said, figures: readonly Said[]): boolean {
  return figures.some((other) => other !== figure && (
    (isBetween(figure.claim, other.claim) && standsSo(figure, other))
    || (isBetween(other.claim, figure.claim) && standsSo(other, figure))
  ));
}
