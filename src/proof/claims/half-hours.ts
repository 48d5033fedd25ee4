import { tables } from '../words/tables';
import type { SpannedText } from './folded-text';
import { replaceSpanned } from './folded-text';
import { lazyPattern } from './lazy-pattern';
import { unitOf } from './units';
import { LETTER, WORD_END, WORD_START } from './word-boundary';

/** Marks months among the minutes. */
export const MONTH = 100_000;

interface PartsOfAnHour {
  /** Most texts hold none of it. */
  readonly any: RegExp;
  readonly each: ReadonlyArray<readonly [minutes: number, pattern: RegExp]>;
}

const patterns = new Map<string, PartsOfAnHour>();

/** Writes `half an hour` as minutes, in English and in the text's language. */
export function writeHalfHoursAsMinutes(text: SpannedText, language: string): SpannedText {
  const { any, each } = patternsOf(language.toLowerCase().split('-')[0] ?? 'en');
  if (!any.test(text.text)) return text;
  return each.reduce((changed, [minutes, pattern]) => replaceSpanned(changed, pattern, () => written(minutes)), text);
}

function written(minutes: number): string {
  return minutes >= MONTH ? `${minutes / MONTH} months` : `${minutes} minutes`;
}

function patternsOf(language: string): PartsOfAnHour {
  const known = patterns.get(language);
  if (known) return known;
  const { partsOfAnHour: parts } = tables();
  const own = language !== 'en' && Object.hasOwn(parts, language) ? parts[language] ?? [] : [];
  const all = [...own, ...(parts.en ?? [])];
  const each = all.map(
    ([minutes, words]) =>
      [
        minutes,
        new RegExp(`(?<!${LETTER})(?:${words})(?!${/^[\u3000-\uFFFF]/u.test(words) ? '[]' : LETTER})`, 'giu'),
      ] as const,
  );
  const made = { any: new RegExp(all.map(([, words]) => words).join('|'), 'iu'), each };
  if (patterns.size >= 100) patterns.clear();
  patterns.set(language, made);
  return made;
}

/** `2 heures et demie` as a length; behind a preposition it is a time of day. */
const HOURS_AND_A_HALF = lazyPattern(
  () => new RegExp(`(?<!(?:à|las|alle|dalle|às|as|vers|dès|om|kl\\.|klockan) )${WORD_START}(\\d{1,2}) (?:heures? et demie|horas? y media|ore e mezz[ao]|horas? e meia|godziny i pół|timmar och en halv|timer og en halv|og en halv time|och en halv timme)${WORD_END}`, 'giu'),
);

/** Writes lengths and amounts of two parts in the smaller one, once the number words are digits. */
export function writeSpokenMeasures(text: SpannedText): SpannedText {
  return writeHundredthsAsFraction(writeTwoLengthsAsOne(writeHoursAndAHalf(text)));
}

/** Writes so many hours and a half as minutes. */
function writeHoursAndAHalf(text: SpannedText): SpannedText {
  return replaceSpanned(text, HOURS_AND_A_HALF(), ([, hours = '']) => `${Number(hours) * 60 + 30} minutes`);
}

const AND = '(?: (?:and|und|et|y|e|en|i|och|og|ve|и|та))?';
const ONE = '(?:an?|ein(?:e[nrs]?)?|une?|un[oa]?|uma?|een|en|ett|et)';
/** `4 horas y 45 minutos`, `2 weeks and a day`: two lengths, the smaller behind the larger. */
const TWO_LENGTHS = lazyPattern(
  () =>
    new RegExp(
      `${WORD_START}(?<many>\\d{1,3}) ?(?<larger>\\p{L}{1,10}),?${AND} (?<few>\\d{1,3}|${ONE}) ?(?<smaller>\\p{L}{1,10})${WORD_END}`,
      'giu',
    ),
);

/** So many of the smaller unit make one of the larger. */
const PER_LARGER: Readonly<Record<string, number>> = {
  'hour minute': 60, 'minute second': 60, 'day hour': 24, 'week day': 7, 'year month': 12,
};

/** Writes a length of two units in the smaller one. */
function writeTwoLengthsAsOne(text: SpannedText): SpannedText {
  return replaceSpanned(text, TWO_LENGTHS(), ({ groups = {} }) => {
    const { many = '', larger = '', few = '', smaller = '' } = groups;
    const unit = unitOf(smaller);
    const size = PER_LARGER[`${unitOf(larger) ?? ''} ${unit ?? ''}`];
    return size === undefined ? undefined : `${Number(many) * size + (/^\d/u.test(few) ? Number(few) : 1)} ${unit ?? ''}s`;
  });
}

/** `4 zł 99 gr`, `2 euros 50`: an amount and its hundredths. */
const TWO_AMOUNTS =
  /(?<![\d.,])(?<whole>\d{1,6}) ?(?<currency>zł|złotych|złote|euros?|€|pounds?|£|kr|kronor|kroner|TL|lira|рублей|руб\.?) (?<part>\d{2}) ?(?:gr|groszy|cents?|centimes|c[eé]ntimos|centesimi|cêntimos|pence|p|öre|øre|kuruş|копеек|коп\.?)(?!\p{L})/giu;

/** Writes hundredths behind an amount as its fraction. */
function writeHundredthsAsFraction(text: SpannedText): SpannedText {
  return replaceSpanned(text, TWO_AMOUNTS, ({ groups = {} }) =>
    `${groups.whole ?? ''}.${groups.part ?? ''} ${groups.currency ?? ''}`);
}
