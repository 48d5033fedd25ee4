/** Fields of an object beyond which none are counted. */
const MOST_ENTRIES = 20;

/** The values of an object are all of one type, so that its fields are entries of one thing. */
export function areCounted(entries: ReadonlyArray<readonly [string, unknown]>): boolean {
  const types = new Set(entries.map(([, entry]) => (Array.isArray(entry) || entry === null ? 'other' : typeof entry)));
  return entries.length > 1 && entries.length <= MOST_ENTRIES && types.size === 1 && !types.has('other');
}

/** A letter and a number of one object are said together: row F and seat 12 are `F12`, or `12F`. */
export function placesTogether(entries: ReadonlyArray<readonly [string, unknown]>): readonly string[] {
  const letters = entries.flatMap(([, value]) =>
    typeof value === 'string' && /^\p{Lu}{1,2}$/u.test(value) ? [value] : [],
  );
  const numbers = entries.flatMap(([, value]) =>
    (typeof value === 'number' || typeof value === 'string') && /^\d{1,3}$/.test(String(value)) ? [String(value)] : [],
  );
  if (letters.length === 0 || letters.length > 2 || numbers.length > 3) return [];
  return letters.flatMap((letter) => numbers.flatMap((number) => [`${letter}${number}`, `${number}${letter}`]));
}
