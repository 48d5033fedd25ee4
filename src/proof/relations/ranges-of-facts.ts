import { RANGE_LINK } from '../claims/ranges';
import type { FoundClaim } from '../claims/extract-claims';
import type { Ground } from '../evidence';

interface Figure {
  readonly claim: FoundClaim;
  readonly grounds: readonly Ground[];
}

const BETWEEN = new RegExp(`^${RANGE_LINK}$`, 'iu');
/** Characters of opening hours and the like; in a longer text anything may stand beside anything. */
const LONGEST = 120;

/**
 * Two times said as the ends of a range that stand in one list of ranges, and of different ones: "from 10 to 19" of
 * `Tue 14:00-19:00, Wed 10:00-18:00`.
 */
export function brokenRanges(figures: readonly Figure[]): readonly FoundClaim[] {
  return figures.flatMap((one, index) => {
    const other = figures[index + 1];
    if (!other || one.claim.kind !== 'time' || other.claim.kind !== 'time' || one.claim.text !== other.claim.text) return [];
    if (!BETWEEN.test(one.claim.text.slice(one.claim.end, other.claim.start))) return [];
    const pairs = one.grounds.flatMap((left) => other.grounds.filter((right) => left.leaf === right.leaf)
      .map((right) => [left, right] as const));
    const isOfOneText = [...one.grounds, ...other.grounds].every(isInList) && pairs.length > 0;
    return isOfOneText && !pairs.some(([left, right]) => areEnds(left, right)) ? [one.claim, other.claim] : [];
  });
}

/** A number alone is no time that stands elsewhere. */
function isInList({ text }: Ground): boolean {
  return /^\d+$/u.test(text) || (text.length <= LONGEST && (text.match(/\d{1,2}[:.h]\d{2} ?[-–] ?\d{1,2}[:.h]\d{2}/gu) ?? []).length > 1);
}

function areEnds(left: Ground, right: Ground): boolean {
  return left.end <= right.start && BETWEEN.test(left.text.slice(left.end, right.start));
}
