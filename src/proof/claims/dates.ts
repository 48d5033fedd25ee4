import { lazyPattern } from './lazy-pattern';
import { calendarWords } from './calendar-words';
import type { Claim, ClaimBody, Reading } from './claim';
import { claim, take, takePlaces } from './claim';
import type { DateParts } from './date-parts';
import { dateClaims, dayClaims, fourDigitYear } from './date-parts';
import { readNumericDates, readPairs } from './numeric-dates';
import { RANGE_LINK } from './ranges';
import { relativeWords } from './relative-words';
import { numberKeys } from './number-literal';
import { dottedTimeKeys, timeClaim } from './time-keys';
import { DIGIT_START, LETTER, WORD_END, WORD_START } from './word-boundary';

type Groups = Readonly<Record<string, string | undefined>>;

interface DatePatterns {
  readonly months: ReadonlyMap<string, number>;
  readonly weekdays: ReadonlyMap<string, number>;
  readonly named: readonly RegExp[];
  readonly alone: RegExp;
  readonly weekday: RegExp;
  readonly dayBefore: RegExp;
  readonly weekdayAndDay: RegExp;
}

const ISO = lazyPattern(() => new RegExp(`${DIGIT_START}(?<year>\\d{4})([-/.])(?<month>\\d{1,2})\\2(?<day>\\d{1,2})(?:[T ](?<hour>\\d{2}):(?<minute>\\d{2})(?::(?<second>\\d{2})(?:\\.\\d+)?)?(?:Z|[+-]\\d{2}:?\\d{2})?)?(?![-/]\\d)${WORD_END}`, 'gu'));
const YEAR_MONTH = lazyPattern(() => new RegExp(`${DIGIT_START}(?<year>(?:19|20)\\d{2})-(?<month>0[1-9]|1[0-2])(?!-?\\d)${WORD_END}`, 'gu'));
const MONTH_YEAR = lazyPattern(() => new RegExp(`${DIGIT_START}(?<month>0?[1-9]|1[0-2])[/.](?<year>(?:19|20)\\d{2})(?![./]\\d)${WORD_END}`, 'gu'));
/** `on the 30th.`: a day, as long as nothing follows that it could count. */
const DAY_OF_MONTH = lazyPattern(() => new RegExp(`(?=\\d)(?<=(?:the|on) )(?<day>\\d{1,2})(?:st|nd|rd|th)${WORD_END}(?! ?-? ?${LETTER}| ?\\d)`, 'giu'));
const EAST_ASIAN = /(?<year>\d{4}) ?[年년] {0,2}(?<month>\d{1,2}) ?[月월](?: {0,2}(?<day>\d{1,2}) ?[日일号號])?/gu;
const EAST_ASIAN_DAY = /(?<![\d.])(?<month>\d{1,2}) ?[月월] {0,2}(?<day>\d{1,2}) ?[日일号號]/gu;
/** `am 12.3.`, without a year. */
const DAY_AND_MONTH = lazyPattern(() => new RegExp(`${DIGIT_START}(?<![.])(?<day>\\d{1,2})\\. ?(?<month>\\d{1,2})\\.(?!\\d| ?\\d{4})`, 'gu'));
/** A day before a date that shares its month: `12 to 15 April`, `vom 22. bis 25. Februar`. */
const dayBefore = (weekdays: string) => new RegExp(`(?<![\\p{L}\\p{N}.,:'/-])(?<day>\\d{1,2})(?:st|nd|rd|th|er|\\.)?(?:${RANGE_LINK}|, ?)(?:(?:${weekdays})\\.?,? )?(?:the |den |dem |le |el |il |o |de )?$`, 'iu');
/** A day behind a month and a day: `April 12 to 15`. */
const DAY_BEHIND = lazyPattern(() => new RegExp(`^${RANGE_LINK}(?:the )?(?<day>\\d{1,2})(?:st|nd|rd|th)?(?![.:,]?\\d|[\\p{L}%])`, 'iu'));
/** `04.12` without a second point, where days and months are written so. It may be a time or a number as well. */
const POINTED_DAY = lazyPattern(() => new RegExp(`${DIGIT_START}(?<![.])(?<day>\\d{1,2})\\.(?<month>\\d{2})(?![.,:]?\\d)${WORD_END}`, 'gu'));
const WRITES_POINTED_DAYS = /^(?:pl|ru|uk|cs|sk|de|fi|nb|no|da|tr|ro|hu)(?:-|$)/i;
/** A day of the month that the text has named before: 20日. */
const EAST_ASIAN_DAY_ALONE = /(?<![\d.,月월年년] ?)(?<day>\d{1,2}) ?[日일](?![\p{Script=Han}\p{Script=Hangul}]*?[間间数前後后])/gu;
/** Words that may follow a day without being what it counts. */
const BEHIND_A_DAY =
  'at|from|to|until|and|or|alle|dalle|al|às|à|a las|von|bis|um|ab|om|van|tot|kl|do|od|och|till|og|til|entre|tra|zwischen';
/** A month on its own: 8月, 8월. */
const EAST_ASIAN_MONTH = /(?<![\d.]|年 ?)(?<month>\d{1,2}) ?[月월](?! ?[\d间間])/gu;
const EAST_ASIAN_BEHIND = /^(?: ?\([\p{Script=Han}\p{Script=Hangul}]{1,3}\))? ?(?:から|到|至|~|-|–|부터|에서|、|和|と) ?(?<day>\d{1,2}) ?(?=[日일号號])/u;
/** Characters around a date in which the other end of its range stands. */
const RANGE_WIDTH = 30;
/** A question such as `May we ask` names no month. */
const NOT_THE_VERB = `(?!(?<=(?:^|[.!?:;,\\n"] {0,2}))may (?:i|we|you|he|she|they|it)${WORD_END})`;

const patterns = new Map<string, DatePatterns>();

/** Takes dates: with names or numbers, whole or in part, and words such as `tomorrow`. Impossible dates stay for the readers of numbers. */
export function readDates(reading: Reading, language: string, hasDigits = true): void {
  const { months, weekdays, alone, weekday } = datePatterns(language);
  const words = calendarWords(language);
  const first = reading.claims.length;
  if (hasDigits) readDatesInDigits(reading, language);
  take(reading, relativeWords(language), (match) => relativeClaims(match, language));
  take(reading, alone, ([name]) => (words.standsAlone(name) ? dateClaims({ month: months.get(name.toLowerCase()) }) : undefined));
  const afterDates = reading.claims.length;
  take(reading, weekday, ({ groups: { name = '' } = {} }) => (words.standsAlone(name) ? dateClaims({ weekday: weekdays.get(name.toLowerCase()) }) : undefined));
  reading.claims.push(...bindWeekdays(reading.text, reading.claims.slice(first, afterDates), reading.claims.splice(afterDates)));
}

function readDatesInDigits(reading: Reading, language: string): void {
  const { months, named } = datePatterns(language);
  const first = reading.claims.length;
  const written = reading.text;
  take(reading, ISO(), ({ groups = {} }) => isoClaims(groups));
  take(reading, EAST_ASIAN, ({ groups = {} }) => dateClaims(numbers(groups)));
  take(reading, EAST_ASIAN_DAY, ({ groups = {} }) => dateClaims(numbers(groups)));
  for (const pattern of named) {
    take(reading, pattern, ({ groups = {} }) => {
      const month = months.get((groups.month ?? '').toLowerCase());
      return month === undefined ? undefined : dateClaims({ ...numbers(groups), month });
    });
  }
  shareMonths(reading, { first, written, pattern: datePatterns(language).dayBefore });
  take(reading, EAST_ASIAN_MONTH, ({ groups = {} }) => dateClaims(numbers(groups)));
  take(reading, DAY_AND_MONTH(), ({ groups = {} }) => dayAndMonth(groups));
  if (WRITES_POINTED_DAYS.test(language)) take(reading, POINTED_DAY(), ({ groups = {} }) => dayAndMonth(groups));
  if (reading.claims.slice(first).some((date) => partsOf(date)?.month !== undefined)) {
    take(reading, EAST_ASIAN_DAY_ALONE, ({ groups = {} }) => dayAlone(Number(groups.day)));
  }
  take(reading, datePatterns(language).weekdayAndDay, ({ groups = {} }) => {
    const weekday = datePatterns(language).weekdays.get((groups.name ?? '').toLowerCase());
    return dateClaims({ day: Number(groups.day), weekday });
  });
  take(reading, DAY_OF_MONTH(), ({ groups = {} }) => dayClaims(Number(groups.day)));
  readNumericDates(reading, language);
  take(reading, YEAR_MONTH(), ({ groups = {} }) => dateClaims(numbers(groups)));
  take(reading, MONTH_YEAR(), ({ groups = {} }) => dateClaims(numbers(groups)));
  readPairs(reading, language);
}

/** Days of a list or a range take month and year from the date that ends or begins it. */
function shareMonths(
  reading: Reading, { first, written, pattern }: { first: number; written: string; pattern: RegExp },
): void {
  const dates = reading.claims.slice(first);
  const shared: Claim[] = [];
  for (let at = 0; at < dates.length; at += 1) {
    const date = dates[at];
    const parts = date && partsOf(date);
    if (!date || parts?.month === undefined || parts.day === undefined) continue;
    const from = Math.max(0, date.start - RANGE_WIDTH);
    const before = pattern.exec(reading.text.slice(from, date.start));
    // Only where the month stands first: in "8 juin à 10 h" the number behind is an hour.
    const eastAsian = EAST_ASIAN_BEHIND.exec(reading.text.slice(date.end, date.end + RANGE_WIDTH));
    const behind = eastAsian ?? (before || !/^\p{L}/u.test(written.slice(date.start, date.start + 2)) ? undefined : DAY_BEHIND().exec(reading.text.slice(date.end, date.end + RANGE_WIDTH)));
    const day = (before ?? behind)?.groups?.day ?? '';
    const start = before ? from + before.index : date.end + (behind?.[0].lastIndexOf(day) ?? 0);
    const claims = day === '' ? [] : dateClaims({ day: Number(day), month: parts.month, year: parts.year }) ?? [];
    for (const body of claims) {
      shared.push({ ...body, start, end: start + day.length });
      dates.push({ ...body, start, end: start + day.length });
    }
  }
  takePlaces(reading, shared);
}

/** What a claim's own key says. */
function partsOf({ kind, needs: [need = ''] }: Claim): DateParts | undefined {
  if (kind !== 'date') return undefined;
  const part = (name: string) => {
    const [, value] = new RegExp(`(?:^date:| )${name} (\\d+)`).exec(need) ?? [];
    return value === undefined ? undefined : Number(value);
  };
  return { year: part('year'), month: part('month'), day: part('day') };
}

/** German `Morgen` inside a sentence is the morning. */
function relativeClaims({ 0: words, index, input }: RegExpExecArray, language: string): readonly ClaimBody[] | undefined {
  if (language.startsWith('de') && words === 'Morgen' && !/(?:^|[.!?:\n"]\s{0,2})$/.test(input.slice(Math.max(0, index - 3), index))) return undefined;
  return [claim('date', words.toLowerCase())];
}

function datePatterns(language: string): DatePatterns {
  const cached = patterns.get(language);
  if (cached) return cached;
  const { months, weekdays } = calendarWords(language);
  const month = `(?<month>${alternatives(months)})\\.?`;
  const link = '(?:of |de |del |do |di |of the )?';
  const year = '(?<year>\\d{4}|\'\\d{2})';
  const made: DatePatterns = {
    months,
    weekdays,
    named: [
      // In `Oct 24–Nov 23` the dash belongs to a range.
      new RegExp(`${DIGIT_START}(?!(?<=(?:${alternatives(months)})\\.? )\\d{1,2} ?-)(?<day>\\d{1,2})(?:st|nd|rd|th|er|\\.)?[ /-]{0,2}${link}${month}(?:[ ,/-]{1,2}${link}${year})?${WORD_END}`, 'giu'),
      new RegExp(`${WORD_START}${month}[ -]{1,2}(?:the )?(?<day>\\d{1,2})(?:st|nd|rd|th)?(?:,? {1,2}${year})?(?![:.,]\\d)${WORD_END}`, 'giu'),
      new RegExp(`${WORD_START}${month},?[ /-]{0,2}${link}${year}${WORD_END}`, 'giu'),
    ],
    alone: new RegExp(`${NOT_THE_VERB}${WORD_START}(?:${alternatives(months)})${WORD_END}`, 'giu'),
    dayBefore: dayBefore(alternatives(weekdays)),
    weekdayAndDay: new RegExp(`${WORD_START}(?<name>${alternatives(weekdays)}),? (?:the |den |dem |le |el |il |o |de )?(?<day>\\d{1,2})(?:st|nd|rd|th)?(?! ?[.:/-]?\\d| ?(?!(?:${BEHIND_A_DAY}) )\\p{L}|[%°])${WORD_END}`, 'giu'),
    weekday: new RegExp(`${WORD_START}(?<name>${alternatives(weekdays)})s?${WORD_END}`, 'giu'),
  };
  if (patterns.size >= 100) patterns.clear();
  patterns.set(language, made);
  return made;
}

/** Longest first, so that no name hides behind its own beginning. */
function alternatives(names: ReadonlyMap<string, number>): string {
  return [...names.keys()].sort((left, right) => right.length - left.length).join('|');
}

function numbers(groups: Groups): DateParts {
  const whole = (written: string | undefined) => (written === undefined ? undefined : Number(written));
  return { year: fourDigitYear(groups.year), month: whole(groups.month), day: whole(groups.day) };
}

/** `11.05.` at the end of a sentence may be a time or a number. */
function dayAndMonth(groups: Groups): readonly ClaimBody[] | undefined {
  const { day = '', month = '' } = groups;
  const numberOf = numberKeys(`${day}.${month}`, 'en').map((key) => `number:${key}`);
  const also = [...numberOf, ...(month.length < 2 ? [] : dottedTimeKeys(Number(day), Number(month)))];
  return dateClaims(numbers(groups))?.map((body) => ({ ...body, needs: [...body.needs, ...also] }));
}

/** A day, or so many days. */
function dayAlone(day: number): readonly ClaimBody[] | undefined {
  const also = [`number:number:${day}`, `number:number:${day} day`, `number:seconds ${day * 86_400}`];
  return dateClaims({ day })?.map((body) => ({ ...body, needs: [...body.needs, ...also] }));
}

function isoClaims(groups: Groups): readonly ClaimBody[] | undefined {
  const date = dateClaims(numbers(groups));
  if (!date || groups.hour === undefined) return date;
  const time = timeClaim(Number(groups.hour), Number(groups.minute), Number(groups.second ?? 0));
  return time ? [...date, time] : undefined;
}

/** `Monday 30 November` claims that this date is a Monday, which is more than either part. */
function bindWeekdays(text: string, dates: readonly Claim[], weekdays: readonly Claim[]): readonly Claim[] {
  const byStart = new Map(dates.map((date) => [date.start, date]));
  const byEnd = new Map(dates.map((date) => [date.end, date]));
  return weekdays.map((weekday) => {
    const date = following(text, weekday, byStart) ?? preceding(text, weekday, byEnd);
    // `12/9` may be another thing as well.
    const dateNeed = date?.needs.find((need) => /^date:(?:year|month|day)/.test(need));
    const [weekdayNeed = ''] = weekday.needs;
    if (!date || dateNeed === undefined) return weekday;
    const together = `${dateNeed} ${weekdayNeed.replace('date:', '')}`;
    const [start, end] = [Math.min(date.start, weekday.start), Math.max(date.end, weekday.end)];
    return { kind: 'date', needs: [together], offers: [together, ...weekday.offers], start, end };
  });
}

function following(text: string, weekday: Claim, byStart: ReadonlyMap<number, Claim>): Claim | undefined {
  const [gap = ''] = /^[ ,(]{0,3}(?:(?:the|den|dem|am|le|el|il) )?/i.exec(text.slice(weekday.end, weekday.end + 8)) ?? [];
  return byStart.get(weekday.end + gap.length);
}

function preceding(text: string, weekday: Claim, byEnd: ReadonlyMap<number, Claim>): Claim | undefined {
  const [gap = ''] = /[ ,(]{1,3}$/.exec(text.slice(Math.max(0, weekday.start - 3), weekday.start)) ?? [];
  return gap === '' ? undefined : byEnd.get(weekday.start - gap.length);
}
