import { supportedLocale } from './number-literal';

/** The names of months and weekdays in one language and in English, folded to lower case. */
export interface CalendarWords {
  /** 1 for January; short names included. */
  readonly months: ReadonlyMap<string, number>;
  /** 1 for Monday, 7 for Sunday. */
  readonly weekdays: ReadonlyMap<string, number>;
  /** A name counts as a date on its own, without a number beside it. */
  standsAlone(written: string): boolean;
}

/** English short names, and the two long ones that are also ordinary words: they stand alone only with a capital. */
const NEEDS_CAPITAL = new Set(
  'jan feb mar march apr may jun jul aug sep sept oct nov dec mon tue tues wed thu thur thurs fri sat sun'.split(' '),
);
const ENGLISH_WEEKDAYS: ReadonlyArray<readonly [string, number]> = [
  ['mon', 1],
  ['tue', 2],
  ['tues', 2],
  ['wed', 3],
  ['thu', 4],
  ['thur', 4],
  ['thurs', 4],
  ['fri', 5],
  ['sat', 6],
  ['sun', 7],
];

const known = new Map<string, CalendarWords>();

/**
 * Names come from Node.js's own locale data, in the grammatical forms that dates use; an unknown language leaves the
 * English names.
 */
export function calendarWords(language: string): CalendarWords {
  const cached = known.get(language);
  if (cached) return cached;
  const words = collect(new Set(['en', ...supportedLocale(language)]));
  if (known.size >= 100) known.clear();
  known.set(language, words);
  return words;
}

function collect(locales: ReadonlySet<string>): CalendarWords {
  const months = new Map<string, number>([['sept', 9]]);
  const weekdays = new Map<string, number>(ENGLISH_WEEKDAYS);
  const long = new Set<string>();
  for (const locale of locales) {
    const inUtc = { timeZone: 'UTC' } as const;
    const weekday = new Intl.DateTimeFormat(locale, { ...inUtc, weekday: 'long' });
    const short = [
      new Intl.DateTimeFormat(locale, { ...inUtc, month: 'short' }),
      new Intl.DateTimeFormat(locale, { ...inUtc, month: 'short', day: 'numeric' }),
    ];
    const full = [
      new Intl.DateTimeFormat(locale, { ...inUtc, month: 'long' }),
      new Intl.DateTimeFormat(locale, { ...inUtc, month: 'long', day: 'numeric' }),
    ];
    for (let month = 1; month <= 12; month += 1) {
      const date = new Date(Date.UTC(2024, month - 1, 15));
      add(months, monthNames(short, date), month);
      for (const name of add(months, monthNames(full, date), month)) long.add(name);
    }
    for (let day = 1; day <= 7; day += 1) {
      // 1 January 2024 was a Monday.
      for (const name of add(weekdays, [weekday.format(new Date(Date.UTC(2024, 0, day)))], day)) long.add(name);
    }
  }
  const standsAlone = (written: string): boolean => {
    const lower = written.toLowerCase();
    return NEEDS_CAPITAL.has(lower) ? written !== lower : long.has(lower);
  };
  return { months, weekdays, standsAlone };
}

/** A month on its own and beside a day, which many languages decline. */
function monthNames(formats: readonly Intl.DateTimeFormat[], date: Date): readonly string[] {
  return formats
    .flatMap((format) => format.formatToParts(date))
    .filter((part) => part.type === 'month')
    .map((part) => part.value);
}

/** Only names of one word: languages that number their months need none. */
function add(names: Map<string, number>, found: readonly string[], value: number): readonly string[] {
  const words = found
    .map((name) => name.normalize('NFKC').toLowerCase().replace(/\.$/, ''))
    .filter((name) => /^\p{L}[\p{L}\p{M}'-]{2,}$/u.test(name));
  for (const word of words) names.set(word, value);
  return words;
}
