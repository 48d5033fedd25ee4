import type { SpannedText } from './folded-text';
import { replaceSpanned } from './folded-text';
import { lazyPattern } from './lazy-pattern';
import { LETTER, WORD_END, WORD_START } from './word-boundary';

/** Marks months among the minutes. */
const MONTH = 100_000;

/** How languages say parts of an hour or a year that are not numbers: minutes by the pattern of the words. */
const PARTS_OF_AN_HOUR: Readonly<Record<string, ReadonlyArray<readonly [minutes: number, words: string]>>> = {
  en: [
    [18 * MONTH, '(?:a|one|1) year and a half|(?:a|one|1) and a half years?'],
    [6 * MONTH, 'half a year'],
    [90, '(?:an|one|1) hour and a half|(?:an|one|1) and a half hours?'],
    [45, '(?:three[ -]quarters|3 quarters) of an hour'],
    [15, '(?:a )?quarter of an hour'],
    [30, 'half an hour|(?:a )?half[ -]hour'],
  ],
  de: [
    [18 * MONTH, '(?:anderthalb|eineinhalb) jahren?'],
    [6 * MONTH, '(?:ein )?halbes jahr'],
    [90, '(?:anderthalb|eineinhalb) stunden'],
    [150, 'zweieinhalb stunden'],
    [210, 'dreieinhalb stunden'],
    [270, 'viereinhalb stunden'],
    [45, 'dreiviertelstunde'],
    [15, '(?:eine |einer )?viertelstunde'],
    [30, '(?:eine |einer )?halben? stunde'],
  ],
  fr: [
    [18 * MONTH, '(?:un|1) an et demi'],
    [90, '(?:une|1) heure et demie'],
    [45, "(?:trois|3) quarts d'heure"],
    [15, "(?:un )?quart d'heure"],
    [30, '(?:une )?demi-heure'],
  ],
  es: [
    [18 * MONTH, '(?:un )?año y medio'],
    [6 * MONTH, 'medio año'],
    [90, '(?:una )?hora y media'],
    [45, 'tres cuartos de hora'],
    [15, '(?:un )?cuarto de hora'],
    [30, 'media hora'],
  ],
  it: [
    [18 * MONTH, '(?:un )?anno e mezzo'],
    [90, "(?:un'ora|1 ora) e mezz[ao]"],
    [45, "tre quarti d'ora"],
    [15, "(?:un )?quarto d'ora"],
    [30, "mezz'?ora"],
  ],
  pt: [
    [18 * MONTH, '(?:um )?ano e meio'],
    [90, '(?:uma )?hora e meia'],
    [45, 'tr[eê]s quartos de hora'],
    [15, '(?:um )?quarto de hora'],
    [30, 'meia hora'],
  ],
  nl: [
    [18 * MONTH, 'anderhalf jaar'],
    [6 * MONTH, '(?:een )?half jaar'],
    [90, 'anderhalf uur'],
    [150, 'tweeënhalf uur'],
    [210, 'drieënhalf uur'],
    [270, 'vierenhalf uur|vierëneenhalf uur'],
    [45, 'drie ?kwartier'],
    [15, '(?:een )?kwartier'],
    [30, '(?:een )?half ?uur'],
  ],
  pl: [
    [90, 'półtorej godziny'],
    [45, 'trzy kwadranse'],
    [15, 'kwadrans(?! p)'],
    [30, 'pół godziny'],
  ],
  sv: [
    [90, '(?:en|1)(?: och en halv|,5) timm(?:e|ar)'],
    [45, 'tre kvart'],
    [30, '(?:en )?halvtimme|(?:en )?halv timme'],
  ],
  da: [
    [90, 'halvanden time'],
    [45, 'tre kvarter'],
    [15, '(?:et )?kvarter'],
    [30, '(?:en )?halv time'],
  ],
  nb: [
    [90, 'halvannen time'],
    [45, 'tre kvarter'],
    [15, '(?:et )?kvarter'],
    [30, '(?:en )?halvtime|(?:en )?halv time'],
  ],
  ru: [
    [90, 'полтора часа'],
    [30, 'полчаса|получаса'],
  ],
  tr: [
    [90, 'bir buçuk saat'],
    [30, 'yarım saat'],
  ],
  zh: [[30, '半(?:个|個)?(?:小时|小時|钟头)']],
  ja: [
    [90, '(?:1|一) ?時間半'],
    [30, '半時間'],
  ],
  ko: [[30, '반 ?시간']],
};

const patterns = new Map<string, ReadonlyArray<readonly [number, RegExp]>>();

/** Writes `half an hour` as minutes, in English and in the text's language. */
export function writeHalfHoursAsMinutes(text: SpannedText, language: string): SpannedText {
  return patternsOf(language.toLowerCase().split('-')[0] ?? 'en')
    .reduce((changed, [minutes, pattern]) => replaceSpanned(changed, pattern, () => written(minutes)), text);
}

function written(minutes: number): string {
  return minutes >= MONTH ? `${minutes / MONTH} months` : `${minutes} minutes`;
}

function patternsOf(language: string): ReadonlyArray<readonly [number, RegExp]> {
  const known = patterns.get(language);
  if (known) return known;
  const own = language !== 'en' && Object.hasOwn(PARTS_OF_AN_HOUR, language) ? PARTS_OF_AN_HOUR[language] ?? [] : [];
  const made = [...own, ...(PARTS_OF_AN_HOUR.en ?? [])].map(
    ([minutes, words]) =>
      [
        minutes,
        new RegExp(`(?<!${LETTER})(?:${words})(?!${/^[\u3000-\uFFFF]/u.test(words) ? '[]' : LETTER})`, 'giu'),
      ] as const,
  );
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
