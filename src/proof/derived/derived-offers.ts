import type { Leaf } from '../fact-places';
import { amountOf, remainders, together, withinObject } from './amounts';
import type { DerivedOffer } from './derived-offer';
import { groupBy, MOST_FIGURES } from './derived-offer';
import { numbersWithin, totals } from './numbers';

/** Objects beyond which facts are not looked at. */
const MOST_OBJECTS = 60;
/** Keys beyond which no more are derived, whatever the facts are. */
const MOST_OFFERS = 5_000;

/**
 * What the facts say together: what is left of an amount, a sum, a price by its quantity or with its tax, an exact
 * percentage, how much more or less, how long it is between two times. Only plain steps between facts that stand
 * together; of two steps only a price by its quantity with a fee, and what is left of an amount after a list.
 */
export function derivedOffers(leaves: readonly Leaf[]): readonly DerivedOffer[] {
  const offers: DerivedOffer[] = [];
  for (const offer of allOffers(leaves)) {
    if (offers.length >= MOST_OFFERS) break;
    offers.push(offer);
  }
  return offers;
}

function* allOffers(leaves: readonly Leaf[]): Generator<DerivedOffer> {
  const amounts = leaves.flatMap((leaf) => amountOf(leaf) ?? []);
  yield* together(amounts);
  yield* remainders(amounts);
  yield* totals(leaves);
  const objects = groupBy(leaves, ({ parent }) => parent);
  if (objects.size > MOST_OBJECTS) return;
  const amountsOf = groupBy(amounts, ({ leaf }) => leaf.parent);
  for (const [parent, object] of objects) {
    const own = amountsOf.get(parent) ?? [];
    if (amounts.length > MOST_FIGURES) yield* together(own);
    yield* withinObject(own, object);
    yield* numbersWithin(object);
  }
}

