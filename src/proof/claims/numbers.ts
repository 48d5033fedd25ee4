import { lazyPattern } from './lazy-pattern';
import type { ClaimBody, Reading } from './claim';
import { claim, MASK, take } from './claim';
import { dateKey } from './date-parts';
import { entryKeys } from './entries';
import { codeKey } from './known-codes';
import { NUMBER, numberKeys } from './number-literal';
import { dottedTimeKeys } from './time-keys';
import { durationKey, unitBehind, unitOf } from './units';
import { DIGIT_START, WORD, WORD_END, WORD_START } from './word-boundary';

const ORDINAL = lazyPattern(
  () => new RegExp(`${DIGIT_START}(?<number>\\d{1,3}(?:'\\d{3}){0,5}|\\d+)(?:st|nd|rd|th)${WORD_END}`, 'giu'),
);
/** `ending in 2051`: the last digits of a longer number. */
const ENDING = lazyPattern(
  () =>
    new RegExp(
      `(?=\\d)(?<=${WORD_START}(?:ending|ends|ended|endet|endend|finissant|se `
        + 'terminant|termine|terminad[ao]|termina|che '
        + `finisce|finisce|eindig\\w{1,5}|kończąc\\w{1,3}|slutar|尾号|末尾|last (?:four|4|three|3) digits|last `
        + '(?:four|4) digits are)(?: (?:in|with|on|auf|mit|par|en|con|em|op|på|na|to|are|is|with the digits|in the '
        + `digits))?:? ?)(?<digits>\\d{2,6})${WORD_END}`,
      'giu',
    ),
);
/** `1枚1,800円`: one of each. */
const ONE_EACH = /(?<![\d.,'])1(?= ?(?:枚|人|泊|個|名|本|台|回|冊|席|部屋|晩)(?:あたり|につき|当たり|様)? ?[\uFFFC]| ?(?:매|명|인|박|개|회|장|시간|일)당)/gu;
/** `63.4 m2`: the digit is part of the unit. */
const SQUARE = /(?<=\d ?)(?:km|m|cm|ft|км|м|см)[23](?![\p{L}\p{N}])/gu;
/** `4.2kg`: whole numbers are words with a digit in them. */
const MEASURE = lazyPattern(
  () => new RegExp(`${DIGIT_START}(?<number>\\d{1,9}[.,]\\d{1,6})(?<unit>\\p{L}{1,16}²?)${WORD_END}`, 'gu'),
);
const OUT_OF = lazyPattern(
  () =>
    new RegExp(
      `${DIGIT_START}(?<part>\\d{1,6}) (?:out of|of the|of|von|sur|de|su|van|z|av|af|из) `
        + `(?<whole>\\d{1,6})(?![.,:]?\\d)${WORD_END}`,
      'giu',
    ),
);
/** A word with a digit in it: `ISO9001`, `B12`, `5kg`, `1990s`. */
const WITH_LETTERS = lazyPattern(() => new RegExp(`${WORD_START}${WORD}+`, 'gu'));
/** Groups of thousands that no telephone number has. */
const GROUPED = lazyPattern(
  () =>
    new RegExp(
      `(?=[-\\d])${WORD_START}-?(?:[1-9]\\d{0,2}(?:,\\d{3}){2,5}(?:\\.\\d+)?|[1-9]\\d{0,2}(?:\\.\\d{3}){2,5}(?:,\\d+)?|[1-9]\\d{0,2}(?:'\\d{3}){1,5}(?:[.,]\\d+)?)(?![.,']?\\d)${WORD_END}`,
      'gu',
    ),
);
const FRACTION_ONLY = lazyPattern(() => new RegExp(`(?<!\\.)${WORD_START}\\.(?<fraction>\\d+)${WORD_END}`, 'gu'));
const PLAIN = lazyPattern(() => new RegExp(`(?=[-\\d])${WORD_START}-?${NUMBER}`, 'gu'));
/** Whatever is left, so that no digit is ever outside a claim. */
const REST = /\p{N}+/gu;

/** Takes ordinals, codes and numbers grouped by thousands, which a reader of telephone numbers must not see. */
export function readMarkedNumbers(reading: Reading, language: string): void {
  reading.text = reading.text.replace(SQUARE, (unit) => MASK.repeat(unit.length)).replace(ONE_EACH, MASK);
  take(reading, ENDING(), ({ groups = {} }) => endingClaims(groups.digits ?? ''));
  take(reading, OUT_OF(), outOfClaims);
  take(reading, ORDINAL(), ({ groups = {} }) => [ordinalClaim(Number((groups.number ?? '').replace(/'/g, '')))]);
  take(reading, MEASURE(), (match) => measureClaims(match.groups ?? {}, language));
  take(reading, WITH_LETTERS(), ([word]) => codeClaims(word, language));
  take(reading, GROUPED(), (match) => [numberClaim(match, language)]);
}

/** Takes every digit that is left. */
export function readPlainNumbers(reading: Reading, language: string): void {
  take(reading, FRACTION_ONLY(), ({ groups = {} }) => [plainClaim(`0.${groups.fraction}`, 'en')]);
  take(reading, PLAIN(), (match) => [numberClaim(match, language)]);
  take(reading, REST, ([digits]) => [claim('number', `spelling:${digits}`)]);
}

/** A number proves the ordinal: `interview: 2`, `your second interview`. */
function ordinalClaim(value: number): ClaimBody {
  return {
    kind: 'number',
    needs: [`number:ordinal ${value}`, `number:number:${value}`],
    offers: [`number:ordinal ${value}`],
  };
}

/** `10er`, `2x`, `3e`: a number with an ending. */
const INFLECTED = /^(?:er|ers|ern|x|e|te|ten|ter|tes|ste|sten|nd|de|en|ème|ere|ère|do|ro|to|mo|vo|ga|ej|a|o|s|ins|fach|krotn\p{L}*)$/iu;

/** Digits in a row that a telephone could dial need more than prose, glued to letters too. */
function codeClaims(word: string, language: string): readonly ClaimBody[] | undefined {
  if (!/\p{N}/u.test(word) || /^\p{Nd}+$/u.test(word)) return undefined;
  const body = claim(/\d{7}/.test(word) ? 'telephone' : 'number', codeKey(word));
  const [, number = '', letters = ''] = /^(\d{1,9})(\p{L}{1,16})$/u.exec(word) ?? [];
  const unit = unitOf(letters);
  if (unit === undefined && INFLECTED.test(letters)) {
    return [{ ...body, needs: [...body.needs, ...numberKeys(number, language).map((key) => `number:${key}`)] }];
  }
  if (unit === undefined) return [body];
  // `8kg` is 8 kg, however the fact is written.
  const measures = numberKeys(number, language).map((key) => `number:${key} ${unit}`);
  const duration = durationKey(Number(number), unit);
  const measured = [...measures, ...(duration === undefined ? [] : [duration])];
  return [{ kind: body.kind, needs: [...body.needs, ...measured], offers: [...body.offers, ...measured] }];
}

function measureClaims(
  { number = '', unit: letters = '' }: Readonly<Record<string, string | undefined>>,
  language: string,
): readonly ClaimBody[] | undefined {
  const unit = unitOf(letters);
  if (unit === undefined) return undefined;
  const keys = numberKeys(number, language).map((key) => `number:${key}`);
  const measures = keys.map((key) => `${key} ${unit}`);
  return [{ kind: 'number', needs: [...measures, ...keys], offers: measures }];
}

function endingClaims(digits: string): readonly ClaimBody[] {
  const keys = numberKeys(digits, 'en').map((key) => `number:${key}`);
  return [{ kind: 'number', needs: [`number:ending ${digits}`, ...keys], offers: keys }];
}

/** `17 out of 20` is what `17/20` says, or two numbers of their own. */
function outOfClaims({ groups: { part = '', whole = '' } = {}, index, input, 0: written }: RegExpExecArray): readonly ClaimBody[] {
  const end = index + written.length;
  const entries: Readonly<Record<string, readonly string[]>> = {
    [whole]: entryKeys(input, end - whole.length, end), [part]: entryKeys(input, index, index + part.length),
  };
  const spelled = `number:spelled ${Number(part)}/${Number(whole)}`;
  const isPart = Number(part) <= Number(whole);
  return [part, whole].map((number) => ({
    kind: 'number',
    needs: [...(isPart ? [spelled, `number:number:${Number(number)}`] : [spelled]), ...entries[number] ?? []],
    offers: [`number:number:${Number(number)}`],
  }));
}

/** Entries of a list may be called so: two points, three pieces. */
const LISTED = new Set(['room', 'point', 'person', 'bedroom']);

function numberClaim(match: RegExpExecArray, language: string): ClaimBody {
  const [written] = match;
  const body = plainClaim(written, language);
  const value = Number(written.replace(',', '.'));
  const unit = unitBehind(match.input, match.index + written.length)?.unit;
  const day = dayBehindArticle(match, value);
  const counts = Number.isInteger(value) && value > 0 && value < 1_000 ? [`number:count ${value}`] : [];
  if (unit === undefined) {
    const entries = entryKeys(match.input, match.index, match.index + written.length);
    return { ...body, needs: [...body.needs, ...counts, ...day, ...entries] };
  }
  const measures = body.offers.map((key) => `${key} ${unit}`);
  const duration = durationKey(value, unit);
  const durations = duration === undefined ? [] : [duration];
  const listed = LISTED.has(unit) ? counts : [];
  return {
    ...body,
    needs: [...body.needs, ...measures, ...durations, ...listed],
    offers: [...body.offers, ...measures, ...durations],
  };
}

/** `el 22`, `den 3.`: a day whose month was named before. */
const ARTICLE = /(?<!\p{L})(?:el|le|il|o|dia|día|den|dem|am|zum|vom|al|du|au|del|do|dnia|op|de|den|the|em|le) $/iu;

function dayBehindArticle({ input, index, 0: written }: RegExpExecArray, value: number): readonly string[] {
  const isDay = Number.isInteger(value) && value >= 1 && value <= 31 && /^\d{1,2}$/.test(written);
  return isDay && ARTICLE.test(input.slice(Math.max(0, index - 6), index)) ? [dateKey({ day: value })] : [];
}

function plainClaim(written: string, language: string): ClaimBody {
  const keys = numberKeys(written, language).map((key) => `number:${key}`);
  // A year on its own is proved by any date in it.
  const year = /^\d{4}$/.test(written) ? [dateKey({ year: Number(written) })] : [];
  const [, hour, minute] = /^(\d{1,2})\.(\d{2})$/.exec(written) ?? [];
  const time = minute === undefined ? [] : dottedTimeKeys(Number(hour), Number(minute));
  return { kind: 'number', needs: [...keys, ...year, ...time], offers: keys };
}
