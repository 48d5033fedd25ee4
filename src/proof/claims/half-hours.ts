import { tables } from '../words/tables';
import type { SpannedText } from './folded-text';
import { replaceSpanned } from './folded-text';
import { lazyPattern } from './lazy-pattern';
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
  () => new RegExp(`(?<!(?:à|las|alle|dalle|às|as|vers|dès|om|kl\\.|klockan) )${WORD_START}(\\d{1,2}) (?:heures? et demie|horas? y media|ore e mezz[ao]|horas? e meia|godziny i pół|timmar och en halv|timer og en halv)${WORD_END}`, 'giu'),
);

/** Writes so many hours and a half as minutes, once the number words are digits. */
export function writeHoursAndAHalf(text: SpannedText): SpannedText {
  return replaceSpanned(text, HOURS_AND_A_HALF(), ([, hours = '']) => `${Number(hours) * 60 + 30} minutes`);
}
