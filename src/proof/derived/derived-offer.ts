import type { Leaf } from '../fact-places';
import { wordsOfKey } from '../fact-places';

/** A key that several facts prove together, with the facts. */
export interface DerivedOffer {
  readonly key: string;
  readonly from: readonly Leaf[];
}

/**
 * Figures of a group beyond which none are reckoned with: among many, nearly every amount is the sum or the difference
 * of two. It also bounds the work, which grows with the square of a group.
 */
export const MOST_FIGURES = 8;

/** Items by their key, in their order. */
export function groupBy<Item, Key>(
  items: readonly Item[], keyOf: (item: Item) => Key,
): ReadonlyMap<Key, readonly Item[]> {
  const groups = new Map<Key, Item[]>();
  for (const item of items) {
    const group = groups.get(keyOf(item));
    if (group) group.push(item);
    else groups.set(keyOf(item), [item]);
  }
  return groups;
}

/** The words of the field that holds a value. */
export function nameOf({ path }: Leaf): readonly string[] {
  return wordsOfKey(path.at(-1) ?? '');
}

/** The path of an entry without its place in the list. */
export function shapeOf({ path }: Leaf): string {
  return path.map((key) => (/^\d+$/.test(key) ? '*' : key)).join('.');
}

/** Two numbers of one thing: they have the same unit, or a word in common. */
export function areAlike(one: Leaf, other: Leaf): boolean {
  if (one.units.unit !== undefined || other.units.unit !== undefined) return one.units.unit === other.units.unit;
  const [left, right] = [nameOf(one), nameOf(other)];
  return left.some((word) => word.length > 2 && right.includes(word));
}

/** Names of fields that hold how many there are. */
export const QUANTITY =
  /^(?:qty|quantity|count|menge|anzahl|cantidad|quantité|quantite|quantita|quantità|quantidade|aantal|ilość|antal|antall|adet)$/iu;
/** No quantity in a message is larger. */
export const LARGEST_QUANTITY = 1_000;
