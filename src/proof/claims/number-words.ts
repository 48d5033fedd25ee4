import { lazyPattern } from './lazy-pattern';
import type { SpannedText } from './folded-text';
import { writeForeignNumbersAsDigits } from './foreign-number-words';
import { isAnotherWord } from './words-of-other-languages';
import { writeHalfHoursAsMinutes, writeSpokenMeasures } from './half-hours';
import { replaceSpanned } from './folded-text';
import { RANGE_LINK } from './ranges';
import { WORD_END, WORD_START } from './word-boundary';

const SMALL =
  'zero one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen sixteen seventeen eighteen nineteen'.split(
    ' ',
  );
const TENS = 'twenty thirty forty fifty sixty seventy eighty ninety'.split(' ');
const SMALL_ORDINALS = (
  'zeroth first second third fourth fifth sixth seventh eighth ninth tenth eleventh twelfth thirteenth fourteenth '
  + 'fifteenth sixteenth seventeenth ' +
  'eighteenth nineteenth'
).split(' ');
const TENS_ORDINALS = 'twentieth thirtieth fortieth fiftieth sixtieth seventieth eightieth ninetieth'.split(' ');
const MAGNITUDES: ReadonlyMap<string, number> = new Map([
  ['dozen', 12],
  ['thousand', 1e3],
  ['million', 1e6],
  ['billion', 1e9],
  ['trillion', 1e12],
]);
const SHORT_MAGNITUDES: ReadonlyMap<string, number> = new Map([
  ...MAGNITUDES,
  ['hundred', 100],
  ['grand', 1e3],
  ['k', 1e3],
  ['bn', 1e9],
  ['m', 1e6],
]);
/** Words for numbers that join no other number. */
const ALONE: ReadonlyMap<string, string> = new Map([
  ['half', '0.5'],
  ['twice', '2'],
  ['thrice', '3'],
  ['dozens', '12'],
  ['hundreds', '100'],
  ['thousands', '1000'],
  ['millions', "1'000'000"],
  ['billions', "1'000'000'000"],
  ['hundredth', '100th'],
  ['thousandth', '1000th'],
]);
const REPEATS: ReadonlyMap<string, number> = new Map([['double', 2], ['triple', 3]]);

const CARDINALS: ReadonlyMap<string, number> = new Map([
  ...SMALL.map((word, value) => [word, value] as const),
  ...TENS.map((word, index) => [word, 20 + 10 * index] as const),
]);
const ORDINALS: ReadonlyMap<string, number> = new Map([
  ...SMALL_ORDINALS.map((word, value) => [word, value] as const),
  ...TENS_ORDINALS.map((word, index) => [word, 20 + 10 * index] as const),
]);

const NUMBER_WORD = `(?:${[
  ...CARDINALS.keys(),
  ...ORDINALS.keys(),
  ...MAGNITUDES.keys(),
  ...ALONE.keys(),
  ...REPEATS.keys(),
  'hundred',
  'oh',
]
  .sort((left, right) => right.length - left.length)
  // "Ten and half past eleven" are two times.
  .map((word) => (word === 'half' ? 'half(?! past)' : word))
  .join('|')})`;
const NUMBER_WORDS = lazyPattern(
  () => new RegExp(`${WORD_START}${NUMBER_WORD}(?:(?: and |[ -])?${NUMBER_WORD})*${WORD_END}`, 'giu'),
);
const ONE_WORD = lazyPattern(() => new RegExp(`${NUMBER_WORD}|and`, 'gi'));

/** `1.5 million`, `45k`, `2 hundred`. */
const DIGITS_AND_MAGNITUDE = lazyPattern(
  () =>
    new RegExp(
      `(?=\\d)(?<![.,'])${WORD_START}(\\d{1,9}(?:[.,]\\d{1,2})?)[ `
        + `-]?(dozen|hundred|thousand|million|billion|trillion|grand|bn|k)${WORD_END}`,
      'giu',
    ),
);
/** `31 to 34.5 thousand`: the first has the magnitude, too. */
const SHARED_MAGNITUDE = lazyPattern(
  () => new RegExp(`(?=\\d)(?<![.,'])${WORD_START}(\\d{1,3}(?:[.,]\\d{1,2})?)(?=${RANGE_LINK}\\p{Sc}?\\d{1,3}(?:[.,]\\d{1,2})? ?(thousand|million|billion|k|bn)${WORD_END})`, 'giu'),
);
/** `5만`, `1.2万`, `3万5000`. */
const TEN_THOUSANDS = /(?<![\d.,])(\d{1,6}(?:[.,]\d{1,3})?) ?[万萬만] ?(?:(\d{1,4})(?!\d))?/gu;
/** `£1.5m`: without a currency the letter may be metres or minutes. */
const MONEY_AND_MILLIONS = lazyPattern(
  () => new RegExp(`(?<=\\p{Sc} ?)(\\d{1,9}(?:[.,]\\d{1,2})?) ?(m)${WORD_END}`, 'giu'),
);

/** `one point five`, `minus 3`, once the words are digits. */
const POINT = lazyPattern(() => new RegExp(`${WORD_START}(\\d{1,9}) point (\\d{1,9})${WORD_END}`, 'giu'));
const MINUS = lazyPattern(() => new RegExp(`${WORD_START}minus (?=\\d)`, 'giu'));

/** `1 and a half`, once the words are digits. */
const AND_A_HALF = lazyPattern(() => new RegExp(`${WORD_START}(\\d{1,9}) and (?:a )?0\\.5${WORD_END}`, 'giu'));

/** "One" that stands for a thing named before, and "first" and "half" that count nothing. */
const PRONOUN_BEFORE =
  /(?:^|[^a-z])(?:new|this|that|which|the|another|each|every|any|no|same|other|only|right|wrong|best|old|small|large|big|free|better|different|good|spare|loved) $/i;
const PRONOUN_AFTER =
  /^(?:'s |ly|self| ?[.,;:!?)"]| (?:of|another|that|which|who|more|in|on|at|for|from|to|with|is|was|has|will|can|if|when|you|we|after|before)(?![a-z])|$)/i;
const FIRST_BEFORE = /(?:^|[^a-z])(?:at|in the) $/i;
const FIRST_AFTER = /^(?:,| (?:of all|names?|things?|aid|come|place|day)(?![a-z]))/i;
/** "The first on Tuesday" points at one of those that were named. */
const POINTS_BEFORE = /(?:^|[^a-z])the $/i;
const POINTS_AFTER = /^(?:[,:]| (?:on|is|at|in|from|starts|begins|will|being|one)(?![a-z]))/i;
const HALF_AFTER = /^(?: |-)(?:term|board|time)(?![a-z])/i;

function countsNothing(phrase: string, before: string, after: string): boolean {
  switch (phrase.toLowerCase()) {
    case 'one':
      return PRONOUN_BEFORE.test(before) || PRONOUN_AFTER.test(after);
    case 'first':
      return (
        FIRST_BEFORE.test(before) || FIRST_AFTER.test(after) || (POINTS_BEFORE.test(before) && POINTS_AFTER.test(after))
      );
    case 'second':
      return POINTS_BEFORE.test(before) && POINTS_AFTER.test(after);
    case 'half':
      return HALF_AFTER.test(after);
    case 'third':
      return /^[ -]part(?:y|ies)(?![a-z])/i.test(after) || (POINTS_BEFORE.test(before) && POINTS_AFTER.test(after));
    default:
      return false;
  }
}

/** Writes number words as digits, so that `twenty-three`, `23`, `fünfzig`, `1.5 million` and `1,500,000` compare. */
export function writeNumbersAsDigits(text: SpannedText, language = 'en'): SpannedText {
  const inMinutes = writeHalfHoursAsMinutes(text, language);
  const inEnglish = language.toLowerCase().startsWith('en')
    ? inMinutes
    : writeForeignNumbersAsDigits(inMinutes, language);
  const multiplied = ANY_DIGIT.test(inEnglish.text) ? multiplyDigits(inEnglish, language) : inEnglish;
  const inDigits = replaceSpanned(multiplied, NUMBER_WORDS(), (match) => {
    const end = match.index + match[0].length;
    const isWord =
      isAnotherWord(match[0], language) ||
      countsNothing(
        match[0],
        match.input.slice(Math.max(0, match.index - 12), match.index),
        match.input.slice(end, end + 12),
      );
    return isWord ? undefined : readWords(match[0]);
  });
  if (!ANY_DIGIT.test(inDigits.text)) return inDigits;
  const pointed = replaceSpanned(inDigits, POINT(), ([, whole = '', fraction = '']) => `${whole}.${fraction}`);
  const halved = writeSpokenMeasures(pointed);
  return replaceSpanned(replaceSpanned(halved, AND_A_HALF(), ([, whole = '']) => `${whole}.5`), MINUS(), () => '-');
}

const ANY_DIGIT = /\d/;

/** `1.5 million`, `5만` and the like; only texts with digits have them. */
function multiplyDigits(inEnglish: SpannedText, language: string): SpannedText {
  const expand = ([, number = '', magnitude = '']: RegExpExecArray) =>
    isAnotherWord(magnitude, language) ? undefined : multiply(number, magnitude);
  const ofTenThousands = replaceSpanned(inEnglish, TEN_THOUSANDS, ([, ten = '', rest = '0']) =>
    group(Math.round(Number(ten.replace(',', '.')) * 10_000) + Number(rest)),
  );
  return replaceSpanned(
    replaceSpanned(replaceSpanned(ofTenThousands, SHARED_MAGNITUDE(), expand), MONEY_AND_MILLIONS(), expand),
    DIGITS_AND_MAGNITUDE(),
    expand,
  );
}

function multiply(digits: string, magnitude: string): string {
  return group(Math.round(Number(digits.replace(',', '.')) * (SHORT_MAGNITUDES.get(magnitude.toLowerCase()) ?? 1)));
}

/** Apostrophes group thousands in no locale's decimal notation, so that the reading is certain. */
function group(value: number): string {
  const digits = String(value);
  return value < 10_000 ? digits : digits.replace(/\B(?=(?:\d{3}){1,7}$)/g, '\'');
}

function readWords(phrase: string): string {
  const words = phrase.toLowerCase().match(ONE_WORD()) ?? [];
  // On their own these two are ordinary words: "double check", "oh".
  if (words.length === 1 && words.every((word) => REPEATS.has(word) || word === 'oh')) return phrase;
  const read: string[] = [];
  for (let at = 0; at < words.length;) {
    const { text, next } = readNext(words, at);
    read.push(text);
    at = next;
  }
  return read.join(' ');
}

function readNext(words: readonly string[], at: number): { readonly text: string; readonly next: number } {
  const word = words[at] ?? '';
  if (word === 'oh') return { text: '0', next: at + 1 };
  const repeats = REPEATS.get(word);
  const following = words[at + 1] ?? '';
  const repeated = following === 'oh' ? 0 : CARDINALS.get(following);
  if (repeats !== undefined && repeated !== undefined && repeated < 10) {
    return { text: Array(repeats).fill(repeated).join(' '), next: at + 2 };
  }
  return readCardinal(words, at) ?? { text: ALONE.get(word) ?? word, next: at + 1 };
}

function readCardinal(
  words: readonly string[],
  from: number,
): { readonly text: string; readonly next: number } | undefined {
  let total = 0;
  let smallest = Infinity;
  let current: number | undefined;
  let at = from;
  for (; at < words.length; at += 1) {
    const word = words[at] ?? '';
    const ordinal = ORDINALS.get(word);
    const value = CARDINALS.get(word) ?? ordinal;
    const magnitude = MAGNITUDES.get(word);
    if (value !== undefined && joins(current, value)) {
      current = (current ?? 0) + value;
      if (ordinal !== undefined) return { text: `${group(total + current)}th`, next: at + 1 };
    } else if (word === 'hundred' && (current ?? 1) < 100 && current !== 0) {
      current = (current ?? 1) * 100;
    } else if (magnitude !== undefined && magnitude < smallest) {
      total += (current ?? 1) * magnitude;
      current = undefined;
      smallest = magnitude;
    } else if (word !== 'and' || !continues(current, total, words[at + 1])) {
      break;
    }
  }
  return at === from ? undefined : { text: group(total + (current ?? 0)), next: at };
}

/** Twenty takes three; hundred takes anything below it; three takes nothing. */
function joins(current: number | undefined, value: number): boolean {
  if (current === undefined) return true;
  if (current > 0 && current % 100 === 0) return value < 100;
  return current % 10 === 0 && current % 100 >= 20 && value > 0 && value < 10;
}

function continues(current: number | undefined, total: number, next: string | undefined): boolean {
  const followed = next !== undefined && (CARDINALS.has(next) || ORDINALS.has(next));
  return followed && (current === undefined ? total > 0 : current > 0 && current % 100 === 0);
}
