/**
 * Letters and marks of a folded text beyond ASCII. Folding has replaced all other such characters but currency signs,
 * so that three wide ranges
 * do: `\p{L}` has some 650 ranges, which every pattern would compile again (a quarter of a second at the start of a
 * function).
 */
const BEYOND_ASCII =
  '\\u00AA\\u00B5\\u00BA\\u00C0-\\u1FFF\\u20D0-\\u218F\\u2C00-\\u2FFF\\u3040-\\uFFEF\\u{10000}-\\u{1EFFF}\\u{20000}-\\u{10FFFF}';

/** One letter. */
export const LETTER = `[A-Za-z${BEYOND_ASCII}]`;

/**
 * One character of a word, a number or a code such as `ISO9001`; folding has set numbers apart from scripts without
 * spaces.
 */
export const WORD = `[0-9A-Za-z${BEYOND_ASCII}]`;

/** One character of a host's name. */
export const LABEL = `[0-9A-Za-z_\\-${BEYOND_ASCII}]`;

/** No word character stands before this place. */
export const WORD_START = `(?<!${WORD})`;

/** No word character follows this place. */
export const WORD_END = `(?!${WORD})`;

/**
 * The first digit of a number that no word character precedes; the look-ahead comes first because it rejects most
 * places at once.
 */
export const DIGIT_START = `(?=\\d)${WORD_START}`;
