import type { ClaimBody, Reading } from './claim';
import { claim, take } from './claim';
import type { DateParts } from './date-parts';
import { dateClaims, fourDigitYear, isPossible } from './date-parts';
import { lazyPattern } from './lazy-pattern';
import { DIGIT_START, WORD_END } from './word-boundary';

type DateOrder = 'day first' | 'month first' | 'unknown';

/**
 * English is read all over the world, and its readers know two orders: only a template that names its region tells which.
 */
function dateOrder(language: string): DateOrder {
  if (/^(?:ja|zh|ko|hu)(?:-|$)|^en-US$/i.test(language)) return 'month first';
  if (/^en-(?:GB|IE|AU|NZ|IN|SG|MT)$/i.test(language)) return 'day first';
  return /^(?:de|fr|es|it|pt|nl|pl|sv|da|nb|no|fi|tr|ru|uk|cs|sk|ro|el)(?:-|$)/i.test(language) ? 'day first' : 'unknown';
}

type Groups = Readonly<Record<string, string | undefined>>;

const NUMERIC = lazyPattern(() => new RegExp(`${DIGIT_START}(?<first>\\d{1,2})(?<separator>[-/.])(?<second>\\d{1,2})\\k<separator>(?<year>\\d{4}|\\d{2})(?![-/.]?\\d)${WORD_END}`, 'gu'));
const PAIR = lazyPattern(() => new RegExp(`${DIGIT_START}(?<first>\\d+) ?/ ?(?<second>\\d+)(?!/\\d)${WORD_END}`, 'gu'));

/** Takes dates that are written in digits with their year, such as 03/04/2026. */
export function readNumericDates(reading: Reading, language: string): void {
  take(reading, NUMERIC(), ({ groups = {} }) => numericClaims(groups, dateOrder(language)));
}

/** Takes two numbers with a stroke between them: a date without a year, or something else. */
export function readPairs(reading: Reading, language: string): void {
  take(reading, PAIR(), ({ groups = {} }) => pairClaims(groups, dateOrder(language), language.endsWith('-US')));
}

/**
 * 03/04/2026 is March to one reader of English and April to another: only its own spelling proves it. Where language or
 * region tell the order, the date that it is there proves it too. With points the day always comes first.
 */
function numericClaims(
  { first = '', second = '', separator, year }: Groups, order: DateOrder,
): readonly ClaimBody[] | undefined {
  const dayFirst = { day: Number(first), month: Number(second), year: fourDigitYear(year) };
  const monthFirst = { day: Number(second), month: Number(first), year: fourDigitYear(year) };
  if (separator === '.' || !isPossible(monthFirst)) return dateClaims(dayFirst);
  if (!isPossible(dayFirst)) return dateClaims(monthFirst);
  const spelled = claim('date', `spelled ${Number(first)}/${Number(second)}/${dayFirst.year}`);
  return [alsoDate(spelled, order, dayFirst, monthFirst)];
}

/** 30/11 is a date, 24/7 may be, 2023/24 and 1/2 are none for sure: its spelling proves each. */
function pairClaims(
  { first = '', second = '' }: Groups, order: DateOrder, isAmerican: boolean,
): readonly ClaimBody[] | undefined {
  if (first.length + second.length >= 7 && !/^(?:19|20)\d\d(?:19|20)\d\d$/.test(first + second)) return undefined;
  const spelled = claim('number', `spelled ${Number(first)}/${Number(second)}`);
  const dayFirst = { day: Number(first), month: Number(second) };
  const monthFirst = { day: Number(second), month: Number(first) };
  const isShort = first.length <= 2 && second.length <= 2;
  const only = isPossible(dayFirst) ? dayFirst : isAmerican || order === 'month first' ? monthFirst : undefined;
  const isCertain = isShort && only !== undefined && !(isPossible(dayFirst) && isPossible(monthFirst));
  const [date] = isCertain ? dateClaims(only) ?? [] : [];
  if (!date) return [isShort ? alsoDate(spelled, order, dayFirst, monthFirst) : spelled];
  return [{
    kind: 'date', needs: [...date.needs, ...spelled.needs], offers: [...date.offers, ...spelled.offers],
  }];
}

/** What is written `6/4` is also proved by the date that it means where the template is read. */
function alsoDate(spelled: ClaimBody, order: DateOrder, dayFirst: DateParts, monthFirst: DateParts): ClaimBody {
  if (order === 'unknown') return spelled;
  const [date] = dateClaims(order === 'day first' ? dayFirst : monthFirst) ?? [];
  return date ? { ...spelled, needs: [...spelled.needs, ...date.needs] } : spelled;
}
