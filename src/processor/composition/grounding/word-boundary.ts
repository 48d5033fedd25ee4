/** Scripts written without spaces: a digit next to such a letter is a number of its own, not part of a code. */
const SPACELESS = '\\p{Script=Han}\\p{Script=Hiragana}\\p{Script=Katakana}\\p{Script=Hangul}\\p{Script=Thai}\\p{Script=Khmer}\\p{Script=Lao}\\p{Script=Myanmar}';

/** They multiply the digits before them (5万 is 50,000), so they always belong to the number. */
const EAST_ASIAN_MAGNITUDES = '十百千万萬億亿兆만억조천백십';

/** One character of a word, a number or a code such as `ISO9001`. */
export const WORD = `(?:[\\p{N}${EAST_ASIAN_MAGNITUDES}]|(?![${SPACELESS}])\\p{L})`;

/** No word character stands before this place. */
export const WORD_START = `(?<!${WORD})`;

/** No word character follows this place. */
export const WORD_END = `(?!${WORD})`;

/** The first digit of a number that no word character precedes; the look-ahead comes first because it rejects most places at once. */
export const DIGIT_START = `(?=\\d)${WORD_START}`;
