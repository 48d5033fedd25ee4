/** Signs that turn the order of what is read, or that no program shows. */
const UNPRINTABLE = /(?![\n\t])[\p{Cc}\u202a-\u202e\u2066-\u2069\ufeff\p{Cs}\p{Co}]/u;

/** Whether words may be sent as they stand. */
export function isPrintable(words: string): boolean {
  return !UNPRINTABLE.test(words);
}
