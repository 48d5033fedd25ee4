import { tables } from '../words/tables';

/** Number words are looked for in texts without accents. */
function withoutMarks(word: string): string {
  return /^[a-zà-ž]+$/u.test(word) ? word.normalize('NFD').replace(/\p{M}+/gu, '') : word;
}

let units: ReadonlyMap<string, string> | undefined;

function unitWords(): ReadonlyMap<string, string> {
  return (units ??= new Map(
    Object.entries(tables().units).flatMap(([unit, words]) =>
      words
        .split(' ')
        // `pieces` is no room.
        .flatMap((word) => (unit === 'room' ? [word] : [word, withoutMarks(word)]))
        .map((word) => [word.normalize('NFKC'), unit] as const),
    ),
  ));
}

/** Seconds of the units that calendars do not stretch. */
const SECONDS: ReadonlyMap<string, number> = new Map([
  ['second', 1],
  ['minute', 60],
  ['hour', 3_600],
  ['day', 86_400],
  ['week', 604_800],
]);

/** Unit words that are something else in a key or a sentence too often: they count only behind a number. */
const ONLY_BEHIND_NUMBERS = new Set([
  'an',
  'ay',
  'm',
  'g',
  'l',
  'h',
  'mi',
  'den',
  'time',
  'lat',
  'nat',
  'min',
  'ora',
  'ore',
  'mes',
  'ano',
  '日', '週', '月',
  '分',
  '人',
  '年',
  '米',
  '周',
  '主',
  '주',
  '일',
  '분',
  'point',
  'points',
  'room',
  'second',
  'person',
  'rok',
  'bar',
  'meter',
  'metro',
]);

/** The unit that a word names; undefined for any other word. */
export function unitOf(word: string): string | undefined {
  return unitWords().get(word.toLowerCase());
}

/** Units at the end of a field's name in scripts without spaces: 所要分, 押金月数. */
const ENDINGS_OF_KEYS: ReadonlyArray<readonly [RegExp, string]> = [
  [/\p{L}(?:分|分钟|分鐘|分間|分数)$/u, 'minute'], [/\p{L}(?:時間数|小时|小時)$/u, 'hour'], [/\p{L}(?:日数|天数|天數)$/u, 'day'],
  [/\p{L}(?:週数|周数|週數)$/u, 'week'], [/\p{L}(?:月数|月數)$/u, 'month'], [/\p{L}(?:年数|年數)$/u, 'year'], [/^泊数$/u, 'night'],
];

const PERIODS =
  /^(?:year|month|week|day|hour|jahr|monat|woche|tag|stunde|année|an|mois|semaine|jour|heure|año|mes|semana|día|hora|anno|mese|giorno|ano|mês|dia|jaar|maand|dag|uur|rok|miesiąc|år|månad)$/;
/** `{ year: 96, currency: 'EUR' }`: so much a year. */
export function isPeriod(word: string): boolean {
  return PERIODS.test(word);
}

const EARLIER =
  /^(?:prior|last|previous|letzte[nrs]?|vorige[nrs]?|anterior(?:es)?|pasad[oa]|précédente?|precedent|dernière?|dernier|passée?|scors[oa]|precedente|passad[oa]|vorige?|afgelopen|poprzedni\p{L}*|ubiegł\p{L}*|förra|föregående|forrige|geçen|önceki|прошл\p{L}*)$/u;

/** `kwh_prior_year`, `kwh_mes_anterior`: when it was is no unit. */
export function withoutPeriodsBefore(words: readonly string[]): string[] {
  return words.filter((word, index) =>
    !isPeriod(word) || ![words[index - 1], words[index + 1]].some((other = '') => EARLIER.test(other)));
}

/** Fields that hold how long something takes: `okres_mies` counts months, and `rata_mies` is an amount by the month. */
const LENGTHS = /^(?:term|duration|period|laufzeit|dauer|durée|duree|duración|plazo|durata|duração|prazo|looptijd|okres|doba|срок|период)$/u;

/** The unit that the words of a key name: `duration_minutes`, `weightKg`. */
export function unitOfKey(words: readonly string[]): string | undefined {
  for (const word of words) {
    const unit = ONLY_BEHIND_NUMBERS.has(word) ? undefined : unitWords().get(word);
    const last = unit ?? ENDINGS_OF_KEYS.find(([ending]) => ending.test(word))?.[1];
    if (last) return last;
  }
  // `dauer_h`: an abbreviation at an end of several words is a unit, if no other is named as in `min_notice_hours`.
  const ends = words.length < 2 ? [] : [words[0], words.at(-1)];
  const isLength = words.some((word) => LENGTHS.test(word));
  const short = ends.find((word) => (isLength ? /^(?:h|min|g|l|mes|mies|мес)$/ : /^(?:h|min|g|l)$/).test(word ?? ''));
  return short === undefined ? undefined : unitWords().get(short);
}

/**
 * Key of a length of time, so that half an hour is proved by 30 minutes; undefined for other units and broken numbers.
 */
export function durationKey(value: number, unit: string | undefined): string | undefined {
  if (unit === 'month' || unit === 'year') {
    const months = Math.round(value * (unit === 'year' ? 12 : 1) * 100) / 100;
    return Number.isSafeInteger(months) && months > 0 ? `number:months ${months}` : undefined;
  }
  const seconds = unit === undefined ? undefined : SECONDS.get(unit);
  const total = seconds === undefined ? Number.NaN : Math.round(value * seconds);
  return Number.isSafeInteger(total) && total > 0 ? `number:seconds ${total}` : undefined;
}

/** What a thousand or a hundred of a unit are called: 2400 g are 2.4 kg. */
const LARGER_UNITS: ReadonlyMap<string, readonly [larger: string, factor: number]> = new Map([
  ['gram', ['kilogram', 1_000]], ['metre', ['kilometre', 1_000]], ['millilitre', ['litre', 1_000]],
  ['centimetre', ['metre', 100]],
]);

/** The next larger unit in which a measure may be said, and how many of the unit it holds. */
export function largerUnit(unit: string | undefined): readonly [larger: string, factor: number] | undefined {
  return LARGER_UNITS.get(unit ?? '');
}

/** The longest unit word in characters. */
const LONGEST_UNIT = 16;

/** The unit that follows a place in a folded text, as in `30 minutes` or `8kg`, and the word for it. */
export function unitBehind(text: string, end: number): { readonly unit: string; readonly end: number } | undefined {
  const [, gap = '', word = ''] = /^([ -]?)([\p{L}\p{M}²]+2?)/u.exec(text.slice(end, end + LONGEST_UNIT + 2)) ?? [];
  const lower = word.toLowerCase();
  const whole = unitWords().get(lower);
  if (whole) return { unit: whole, end: end + gap.length + word.length };
  // Scripts without spaces and languages that glue endings on.
  for (let length = Math.min(lower.length, 3); length > 0; length -= 1) {
    const unit = /^[^\u0000-\u024F]/u.test(lower) ? unitWords().get(lower.slice(0, length)) : undefined;
    if (unit) return { unit, end: end + gap.length + length };
  }
  return undefined;
}
