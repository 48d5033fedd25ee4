import type { ClaimBody, Reading } from './claim';
import { claim, take } from './claim';
import { dateKey } from './date-parts';
import { NUMBER, numberKeys } from './number-literal';
import { DIGIT_START, WORD, WORD_END, WORD_START } from './word-boundary';

const ORDINAL = new RegExp(`${DIGIT_START}(?<number>\\d{1,3}(?:'\\d{3}){0,5}|\\d+)(?:st|nd|rd|th)${WORD_END}`, 'giu');
/** A word with a digit in it: `ISO9001`, `B12`, `5kg`, `1990s`. */
const WITH_LETTERS = new RegExp(`${WORD_START}${WORD}+`, 'gu');
/** Groups of thousands that no telephone number has. */
const GROUPED = new RegExp(`(?=[-\\d])${WORD_START}-?(?:[1-9]\\d{0,2}(?:,\\d{3}){2,5}(?:\\.\\d+)?|[1-9]\\d{0,2}(?:\\.\\d{3}){2,5}(?:,\\d+)?|[1-9]\\d{0,2}(?:'\\d{3}){1,5}(?:[.,]\\d+)?)(?![.,']?\\d)${WORD_END}`, 'gu');
const FRACTION_ONLY = new RegExp(`(?<!\\.)${WORD_START}\\.(?<fraction>\\d+)${WORD_END}`, 'gu');
const PLAIN = new RegExp(`(?=[-\\d])${WORD_START}-?${NUMBER}`, 'gu');
/** Whatever is left, so that no digit is ever outside a claim. */
const REST = /\p{N}+/gu;

/** Takes ordinals, codes and numbers grouped by thousands, which a reader of telephone numbers must not see. */
export function readMarkedNumbers(reading: Reading, language: string): void {
  take(reading, ORDINAL, ({ groups = {} }) => [ordinalClaim(Number((groups.number ?? '').replace(/'/g, '')))]);
  take(reading, WITH_LETTERS, ([word]) => codeClaims(word));
  take(reading, GROUPED, ([number]) => [numberClaim(number, language)]);
}

/** Takes every digit that is left. */
export function readPlainNumbers(reading: Reading, language: string): void {
  take(reading, FRACTION_ONLY, ({ groups = {} }) => [numberClaim(`0.${groups.fraction}`, 'en')]);
  take(reading, PLAIN, ([number]) => [numberClaim(number, language)]);
  take(reading, REST, ([digits]) => [claim('number', `spelling:${digits}`)]);
}

/** A number proves the ordinal: `interview: 2`, `your second interview`. */
function ordinalClaim(value: number): ClaimBody {
  return { kind: 'number', needs: [`number:ordinal ${value}`, `number:number:${value}`], offers: [`number:ordinal ${value}`] };
}

/** Digits in a row that a telephone could dial need more than prose, glued to letters too. */
function codeClaims(word: string): readonly ClaimBody[] | undefined {
  if (!/\p{N}/u.test(word) || /^\p{Nd}+$/u.test(word)) return undefined;
  return [claim(/\d{7}/.test(word) ? 'telephone' : 'number', `code ${word.toLowerCase()}`)];
}

function numberClaim(written: string, language: string): ClaimBody {
  const keys = numberKeys(written, language).map((key) => `number:${key}`);
  // A year on its own is proved by any date in it.
  const year = /^\d{4}$/.test(written) ? [dateKey({ year: Number(written) })] : [];
  return { kind: 'number', needs: [...keys, ...year], offers: keys };
}
