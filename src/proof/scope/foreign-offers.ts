import type { Leaf } from '../fact-places';
import type { Offer } from '../fact-offers';
import { numberOffers, textOffers } from '../fact-offers';
import { withoutDemands } from './untrusted-text';

/** What strangers never prove: sums, shares, and where to go or whom to call. */
const NEVER = /^(?:amount|percentage|link|address|telephone):/;

/** What a fact proves that a stranger wrote. */
export interface ForeignOffers {
  /** The fact without its demands. */
  readonly leaf: Leaf;
  readonly offers: readonly Offer[];
  /** Its demands: nothing may repeat them. */
  readonly excluded: readonly string[];
}

/** Reads a fact that a stranger wrote: what it demands is no fact, and what is left proves no sum, share or contact. */
export function foreignOffers(leaf: Leaf, language: string): ForeignOffers {
  const { value, units } = leaf;
  const { kept, excluded } = withoutDemands(typeof value === 'string' ? value : '');
  const own = typeof value === 'string' ? { ...leaf, value: kept } : leaf;
  const offers = typeof value === 'number' ? numberOffers(value, units) : textOffers(kept, language, units);
  return { leaf: own, offers: offers.filter(({ key }) => !NEVER.test(key)), excluded };
}
