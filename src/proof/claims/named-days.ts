import { plainWord } from '../names/vocabulary';
import { supportedLocale } from './number-literal';
import { dateKey } from './date-parts';

/** Words for groups of weekdays, in keys and values: `weekdays`, `feriali`. */
const WORKING_DAYS =
  /^(?:weekdays?|workdays?|werktags?|werktage|wochentags?|semaine|ouvr[ée]s?|ouvrables?|laborables?|feriali|úteis|uteis|werkdagen|robocze|vardagar|hafta ?içi|будни|будние|平日|工作日|평일|أيام_العمل)$/iu;
const WEEKEND =
  /^(?:weekends?|wochenende|fines?|festivos|festivi|finde|weekendy?|helg(?:er|en)?|hafta ?sonu|выходн\p{L}*|週末|周末|주말)$/iu;
const WORDS = /[\p{L}\p{M}]+/gu;
/** A field's name or a short value at most; in prose a short name is too often another word. */
const LONGEST = 60;

/** Keys of the weekdays that short names give: `mon_fri`, `Mo–Fr`, `seg_sex`. A range gives the days between. */
export function namedDays(text: string, language: string): readonly string[] {
  if (text.length > LONGEST) return [];
  const words = (text.match(WORDS) ?? []).map((word) => word.toLowerCase());
  const names = shortNames(language);
  const hours = openingDays(text, language);
  const days = words.flatMap((word) => names.get(word) ?? []);
  const [first = 0, last = 0] = days;
  const range =
    days.length === 2 && first < last ? Array.from({ length: last - first + 1 }, (_, index) => first + index) : days;
  const grouped = words.flatMap((word) =>
    WORKING_DAYS.test(word) ? [1, 2, 3, 4, 5] : WEEKEND.test(word) ? [6, 7] : [],
  );
  return [...new Set([...range, ...grouped, ...hours])].map((weekday) => dateKey({ weekday }));
}

/** `lu-ve 9:00-13:00, sa 10:00`: two letters are a weekday only right before an hour. */
const BEFORE_HOURS = /(?<!\p{L})(?<first>\p{L}{2})(?:\.?\s?[-–/]\s?(?<last>\p{L}{2}))?\.?:? (?=\d{1,2}[:.h]\d{2})/giu;

function openingDays(text: string, language: string): readonly number[] {
  const opening = /\d/.test(text) ? [...text.matchAll(BEFORE_HOURS)] : [];
  if (opening.length === 0) return [];
  const names = new Map([...shortNames(language)].flatMap(([name, day]) =>
    (/^\p{Script=Latin}{3,}$/u.test(name) ? [[name.slice(0, 2), day] as const] : [])).reverse());
  return opening.flatMap(({ groups: { first = '', last } = {} }) => {
    const [from = 0, to = 0] = [first, last ?? first].map((name) => names.get(name.toLowerCase()));
    return from > 0 && from <= to ? Array.from({ length: to - from + 1 }, (_, index) => from + index) : [];
  });
}

const known = new Map<string, ReadonlyMap<string, number>>();

function shortNames(language: string): ReadonlyMap<string, number> {
  const cached = known.get(language);
  if (cached) return cached;
  const names = new Map<string, number>();
  for (const locale of [...supportedLocale(language), 'en']) {
    for (const weekday of ['short', 'long'] as const) {
      const format = new Intl.DateTimeFormat(locale, { timeZone: 'UTC', weekday });
      for (let day = 1; day <= 7; day += 1) {
        // 1 January 2024 was a Monday.
        const [name = ''] = format.format(new Date(Date.UTC(2024, 0, day))).toLowerCase().match(WORDS) ?? [];
        const forms = weekday === 'long' && /^\p{Script=Latin}{5,}$/u.test(name) ? [name, name.slice(0, 3)] : [name];
        for (const form of forms.flatMap((each) => [each, plainWord(each)])) if (!names.has(form)) names.set(form, day);
      }
    }
  }
  if (known.size >= 100) known.clear();
  known.set(language, names);
  return names;
}
