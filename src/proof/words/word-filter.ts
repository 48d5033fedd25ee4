/** Bits of the filter: some ten a word, so that about one name in a hundred passes for a word. */
export const WORD_FILTER_BITS = 65_536;
const HASHES = 6;
/** The largest prime below 2^32: products with the small factors below stay exact. */
const PRIME = 4_294_967_291;

/** The bits that stand for a word. */
export function bitsOf(word: string): readonly number[] {
  const first = hash(word, 31);
  const second = 2 * hash(word, 131) + 1;
  return Array.from({ length: HASHES }, (_, index) => (first + index * second) % WORD_FILTER_BITS);
}

/** Whether a filter holds a word; one in a hundred that it does not hold passes, too. */
export function hasBits(filter: Uint8Array, word: string): boolean {
  return bitsOf(word).every((bit) => Math.floor((filter[Math.floor(bit / 8)] ?? 0) / 2 ** (bit % 8)) % 2 === 1);
}

function hash(word: string, factor: number): number {
  let value = 7;
  for (let index = 0; index < word.length; index += 1) value = (value * factor + word.charCodeAt(index)) % PRIME;
  return value;
}
