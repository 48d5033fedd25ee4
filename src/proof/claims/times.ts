import type { ClockWords } from '../words/tables';
import { lazyPattern } from './lazy-pattern';
import type { ClaimBody, Reading } from './claim';
import { claim, take } from './claim';
import { clockWords, ordinalHours as ordinalHoursOf } from './clock-words';
import { eitherKey, timeClaim } from './time-keys';
import { hourOrNumber, shareRanges } from './time-ranges';
import { durationKey } from './units';
import { DIGIT_START, LETTER, WORD_END, WORD_START } from './word-boundary';

const HALF_DAY = '(?<half>a\\.?m\\.?|p\\.?m\\.?)' + WORD_END;
const WITH_HALF_DAY = lazyPattern(() => new RegExp(`${DIGIT_START}(?<hour>\\d{1,2})(?:[:.](?<minute>\\d{2}))?(?::(?<second>\\d{2}))? ?${HALF_DAY}`, 'giu'));
const CLOCK = lazyPattern(() => new RegExp(`${DIGIT_START}(?<hour>\\d{1,2}):(?<minute>\\d{2})(?::(?<second>\\d{2}))?(?!:\\d)${WORD_END}`, 'gu'));
const HOUR_WORD = lazyPattern(() => new RegExp(`${DIGIT_START}(?<hour>\\d{1,2})(?:(?:[:.](?<minute>\\d{2}))? ?(?:Uhr|uur)(?: (?<behind>\\d{2}))?| ?h ?(?<after>\\d{2}))${WORD_END}`, 'giu'));
/** `17 h` may be a time of day or a length of time. */
const HOURS = lazyPattern(() => new RegExp(`${DIGIT_START}(?<hour>\\d{1,2}) ?h${WORD_END}`, 'giu'));
const NAMED = lazyPattern(() => new RegExp(`${WORD_START}(?<name>noon|midday|midnight)${WORD_END}`, 'giu'));
/** `2:1`, a degree or a ratio. */
const RATIO = lazyPattern(() => new RegExp(`${DIGIT_START}\\d+:\\d+${WORD_END}`, 'gu'));

/** What may follow a bare hour: nothing, or a word that no hour counts ("at 9 Canal Walk" and "by 9 percent" are not times). */
const AFTER_HOUR = '(?=[.,;!?)]?(?:$|\\s+(?:$|on|in|for|and|or|to|if|when|sharp|please|until|at|the|your|we|you|with|from|by|but|so|as|because|this|today|tomorrow|is)(?![A-Za-z0-9])|\\n)|[.,;!?)]\\s)';
const BARE_HOUR = lazyPattern(() => new RegExp(`(?=\\d)(?<=${WORD_START}(?:at|by|until|till) )(?<hour>\\d{1,2})${AFTER_HOUR}`, 'giu'));

type Groups = Readonly<Record<string, string | undefined>>;

interface ClockPatterns {
  readonly forms: ReadonlyArray<readonly [pattern: RegExp, minutes: number]>;
  readonly withHalfDay?: RegExp;
  readonly withHourWord?: RegExp;
  readonly afterLead?: RegExp;
  readonly ordinalHours?: RegExp;
  readonly countsTo24: boolean;
}

const patterns = new Map<string, ClockPatterns>();

/** Takes times of day; half past two in the afternoon is 14:30, whichever way it is written. Zones are not compared. */
export function readTimes(reading: Reading, language = 'en', hasDigits = true): void {
  take(reading, NAMED(), ({ groups = {} }) => found(timeClaim((groups.name ?? '').toLowerCase() === 'midnight' ? 0 : 12, 0, 0)));
  if (!hasDigits) {
    const { ordinalHours } = clockPatterns(language);
    if (ordinalHours) take(reading, ordinalHours, ({ groups = {} }) => ordinalHour(groups));
    return;
  }
  const isEnglish = language.toLowerCase().startsWith('en');
  take(reading, WITH_HALF_DAY(), ({ groups = {}, 0: written, index, input }) => {
    // In German "am" is a little word: "um sechs am Parkplatz".
    if (!isEnglish && /am$/.test(written) && /^ \p{L}/u.test(input.slice(index + written.length))) return undefined;
    const afternoon = (groups.half ?? '').toLowerCase().startsWith('p');
    return withHalfDay(Number(groups.hour), Number(groups.minute ?? 0), afternoon, Number(groups.second ?? 0));
  });
  const clocks = language.toLowerCase().startsWith('en') ? [clockPatterns('en')] : [clockPatterns(language), clockPatterns('en')];
  for (const clock of clocks) readClock(reading, clock);
  take(reading, CLOCK(), ({ groups = {} }) => found(timeClaim(Number(groups.hour), Number(groups.minute), Number(groups.second ?? 0))));
  take(reading, HOUR_WORD(), ({ groups: { hour, minute, behind, after } = {} }) =>
    found(timeClaim(Number(hour), Number(minute ?? behind ?? after ?? 0), 0)));
  take(reading, HOURS(), ({ groups = {} }) => hoursClaims(Number(groups.hour)));
  take(reading, BARE_HOUR(), ({ groups = {} }) => found(eitherHalf(Number(groups.hour), 0)));
  shareRanges(reading, language);
  for (const { afterLead } of clocks) {
    if (afterLead) take(reading, afterLead, (match) => hourOrNumber(match, language));
  }
  take(reading, RATIO(), ([match]) => [claim('number', `spelled ${match}`)]);
}

function readClock(reading: Reading, clock: ClockPatterns): void {
  for (const [pattern, minutes] of clock.forms) take(reading, pattern, ({ groups = {} }) => formClaims(groups, minutes));
  const { withHalfDay: halfDay, withHourWord: hourWord, ordinalHours } = clock;
  if (halfDay) take(reading, halfDay, ({ groups = {} }) => clockClaims(groups, clock.countsTo24));
  if (hourWord) take(reading, hourWord, ({ groups = {} }) => clockClaims(groups, clock.countsTo24));
  if (ordinalHours) take(reading, ordinalHours, ({ groups = {} }) => ordinalHour(groups));
}

/** A time whose half of the day is left open. */
function eitherHalf(hour: number, minute: number): ClaimBody | undefined {
  if (hour > 12 || hour < 1) return timeClaim(hour, minute, 0);
  if (minute > 59) return undefined;
  const key = eitherKey(hour, minute);
  return { kind: 'time', needs: [key], offers: [key] };
}

function withHalfDay(hour: number, minute: number, afternoon: boolean, second = 0): readonly ClaimBody[] | undefined {
  return hour < 1 || hour > 12 ? undefined : found(timeClaim((hour % 12) + (afternoon ? 12 : 0), minute, second));
}

function halfDayOf({ morning, afternoon, morningBefore, afternoonBefore }: Groups): 'morning' | 'afternoon' | undefined {
  if ((morning ?? morningBefore) !== undefined) return 'morning';
  return (afternoon ?? afternoonBefore) === undefined ? undefined : 'afternoon';
}

function atHalf(groups: Groups, hour: number, minute: number, countsTo24: boolean): readonly ClaimBody[] | undefined {
  const half = halfDayOf(groups);
  // "14 Uhr nachmittags" says it twice.
  if (half && hour <= 12) return withHalfDay(hour, minute, half === 'afternoon');
  return found(countsTo24 ? timeClaim(hour, minute, 0) : eitherHalf(hour, minute));
}

/** Minutes that the form itself says, or the text: one or two behind the hour, a hundred around the half of it. */
function spokenMinutes(minutes: number, written: number): number {
  if (minutes === AFTER_HALF) return written - 30;
  if (minutes === BEFORE_HALF) return -30 - written;
  return Math.abs(minutes) <= 2 ? Math.sign(minutes) * written : minutes;
}

/** `tien over half vier`, `fünf vor halb vier`. */
const AFTER_HALF = 100;
const BEFORE_HALF = 101;

/** `half past H`, `halb H`, `H y cuarto`: minutes of one or two are said by the text itself, negative ones belong to the hour before. */
function formClaims(groups: Groups, minutes: number): readonly ClaimBody[] | undefined {
  const spoken = spokenMinutes(minutes, Number(groups.minute));
  const hour = Number(groups.hour);
  if (hour > 24 || Math.abs(spoken) > 59) return undefined;
  return spoken < 0 ? atHalf(groups, hour === 1 ? 12 : hour - 1, 60 + spoken, false) : atHalf(groups, hour, spoken, false);
}

/** The word for hours of the clock is in many languages the word for hours of work, too. */
function clockClaims(groups: Groups, countsTo24: boolean): readonly ClaimBody[] | undefined {
  const hour = Number(groups.hour);
  const claims = atHalf(groups, hour, Number(groups.minute ?? 0), countsTo24);
  if (groups.minute !== undefined || halfDayOf(groups)) return claims;
  return claims?.map((body) => ({ ...body, needs: [...body.needs, ...lengthKeys(hour)], offers: [...body.offers, ...lengthKeys(hour)] }));
}

function lengthKeys(hours: number): readonly string[] {
  const duration = durationKey(hours, 'hour');
  return [`number:number:${hours}`, ...(duration === undefined ? [] : [duration])];
}

function ordinalHour(groups: Groups): readonly ClaimBody[] | undefined {
  const at = Object.entries(groups).find(([name, word]) => name.startsWith('ordinal') && word !== undefined)?.[0].slice('ordinal'.length);
  const hour = Number(at);
  if (at === undefined) return undefined;
  return groups.half === undefined ? atHalf(groups, hour, 0, false) : atHalf(groups, hour === 1 ? 12 : hour - 1, 30, false);
}

function hoursClaims(hour: number): readonly ClaimBody[] {
  const time = timeClaim(hour, 0, 0);
  return [{ kind: 'time', needs: [...(time?.needs ?? []), ...lengthKeys(hour)], offers: [...lengthKeys(hour), ...(time?.offers ?? [])] }];
}

function clockPatterns(language: string): ClockPatterns {
  const key = language.toLowerCase().split('-')[0] ?? '';
  const known = patterns.get(key);
  if (known) return known;
  const made = makePatterns(key, clockWords(key));
  if (patterns.size >= 100) patterns.clear();
  patterns.set(key, made);
  return made;
}

function makePatterns(language: string, words: ClockWords | undefined): ClockPatterns {
  if (!words) return { forms: [], countsTo24: false };
  const { morning, afternoon, morningBefore, afternoonBefore, hour, lead, forms = [], countsTo24 = false } = words;
  const spaced = !['zh', 'ja', 'ko'].includes(language);
  const before = morningBefore === undefined ? '' : `(?:(?<morningBefore>${morningBefore}) ?|(?<afternoonBefore>${afternoonBefore}) ?)?`;
  const after = morning === undefined ? '' : `(?:,? ?(?:(?<morning>${morning})|(?<afternoon>${afternoon}))(?!${LETTER}))?`;
  const number = `${spaced ? WORD_START : ''}(?<hour>\\d{1,2})`;
  const form = (written: string) => written.replace('H', '(?<hour>\\d{1,2})').replace('M', '(?<minute>\\d{1,2})');
  const needsHalf = before !== '' || after !== '';
  const sure = before === '' ? after.replace(/\?$/, '') : before.replace(/\?$/, '');
  const numeral = `${number}(?:[:.](?<minute>\\d{2}))?(?: ?(?:${hour ?? '[]'}))?`;
  return {
    countsTo24,
    forms: forms.map(([written, minutes]) => [new RegExp(`${before}(?<![\\p{N}.,:])${form(written)}(?![\\d.,:]*\\d)${spaced ? WORD_END : ''}${after}`, 'giu'), minutes]),
    ...(needsHalf ? { withHalfDay: new RegExp(before === '' ? `(?=\\d)${numeral}${sure}` : `${sure}${numeral}`, 'giu') } : {}),
    ...(hour === undefined ? {} : { withHourWord: new RegExp(`(?=\\d)${number}(?:[:.](?<minute>\\d{2}))? ?(?:${hour})${spaced ? WORD_END : ''}`, 'giu') }),
    ...(lead === undefined ? {} : { afterLead: new RegExp(`(?=\\d)(?<=${WORD_START}(?:${lead}) )(?<hour>\\d{1,2})(?:[:.](?<minute>\\d{2}))?(?![\\d.,:/]*\\d|%| ?\\p{Sc})${WORD_END}`, 'giu') }),
    ...(ordinalHoursOf(language) !== '' ? { ordinalHours: ordinalPattern(language, words) } : {}),
  };
}

function ordinalPattern(language: string, { morning, afternoon }: ClockWords): RegExp {
  const hours = ordinalHoursOf(language).split(' ').map((word, index) => `(?<ordinal${index + 1}>${word})`).join('|');
  const lead = language === 'ru' ? '(?<half>половин[аеу]) ' : '(?:(?<half>wpół do) |(?<=o (?:godzinie )?|od |do ))';
  return new RegExp(`(?<!${LETTER})${lead}(?:${hours})(?!${LETTER})(?: (?:(?<morning>${morning})|(?<afternoon>${afternoon}))(?!${LETTER}))?`, 'giu');
}

function found(body: ClaimBody | undefined): readonly ClaimBody[] | undefined {
  return body && [body];
}
