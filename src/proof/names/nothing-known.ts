import type { Vocabulary } from './vocabulary';

/** A vocabulary without a word: what a text names or promises before any fact is asked. */
export const NOTHING_KNOWN: Vocabulary = {
  has: () => false,
  begins: () => false,
  holdsBeginning: () => false,
  areTogether: () => true,
  isPartOfName: () => false,
  holds: () => false,
};
