import { tables } from '../words/tables';
import { supportedLocale } from './number-literal';
import { LETTER } from './word-boundary';

const UNITS = ['day', 'week', 'month', 'quarter', 'year'] as const;
const IN_TIME = '(?:minutes?|hours?|days?|weeks?|months?|moments?)';

/** English words that name a time by where the reader stands; the locale data of Node.js knows only the plainest. */
const ENGLISH = [
  'today',
  'tonight',
  'tomorrow',
  'tmrw',
  'yesterday',
  'eod',
  'overnight',
  'end of (?:the )?(?:day|week|month|quarter|year)',
  'the day after tomorrow',
  '(?:next|last|this|coming) '
    + '(?:morning|afternoon|evening|night|weekend|week|month|quarter|year|(?:mon|tues?|wed(?:nes)?|thu(?:rs?)?|fri|sat(?:ur)?|sun)(?:day)?)',
  '(?:in|within) (?:just )?(?:an?|the next|the coming|a few|a couple of|the next few|the|few) (?:short '
    + `)?${IN_TIME}(?: or so)?`,
  `(?:the|over the) (?:next|coming) few ${IN_TIME}`,
  '(?:right |just |shortly )?(?:after|over|before|at) the weekend',
  'any (?:minute|moment|day|time) now',
  'first thing (?:in the morning|tomorrow)',
  'later (?:today|this week|on today)',
].join('|');

/** Words that mean a day only in some places: `por la mañana` is the morning. */
const NOT_BEFORE: Readonly<Record<string, string>> = {
  es: '(?<!(?:la|las|cada|una) )',
  de: '(?<!(?:guten|am|jeden|der|den|heute|gestern) )',
  nl: '(?<!(?:de|elke|goede|iedere) )',
  da: '(?<!(?:god|om) )',
  hi: '',
  ru: '',
};

const patterns = new Map<string, RegExp>();

/**
 * Words that name a time by where the reader stands (`tomorrow`, `übermorgen`), in English and in a template's
 * language.
 */
export function relativeWords(language: string): RegExp {
  const known = patterns.get(language);
  if (known) return known;
  const primary = language.toLowerCase().split('-')[0] ?? 'en';
  const own =
    primary === 'en' ? [] : [...ownWords(language), ...(Object.hasOwn(tables().relativeWords, primary) ? [tables().relativeWords[primary] ?? ''] : [])];
  const isSpaced = !['zh', 'ja', 'ko', 'th'].includes(primary);
  const guard = Object.hasOwn(NOT_BEFORE, primary) ? NOT_BEFORE[primary] ?? '' : '';
  const alternatives = (words: readonly string[]) => `(?:${words.join('|')})`;
  const english = `(?<!${LETTER})(?:${ENGLISH})(?!${LETTER})`;
  const local =
    own.length === 0
      ? ''
      : isSpaced
        ? `|${guard}(?<!${LETTER})${alternatives(own)}(?!${LETTER}|-${LETTER})`
        : `|${alternatives(own)}`;
  const made = new RegExp(`${english}${local}`, 'giu');
  if (patterns.size >= 100) patterns.clear();
  patterns.set(language, made);
  return made;
}

/** `gestern`, `nächste Woche`; phrases with a number (`vor 2 Tagen`) are left to the readers of numbers. */
function ownWords(language: string): readonly string[] {
  const [locale] = supportedLocale(language);
  if (locale === undefined) return [];
  const format = new Intl.RelativeTimeFormat(locale, { numeric: 'auto' });
  const words = UNITS.flatMap((unit) =>
    (unit === 'day' ? [-2, -1, 0, 1, 2] : [-1, 1]).map((value) => format.format(value, unit)),
  );
  return [...new Set(words.map((word) => word.normalize('NFKC').toLowerCase()))].filter((word) => !/\p{N}/u.test(word))
    .sort((left, right) => right.length - left.length)
    .map((word) => word.replace(/[.*+?^${}()|[\]\\]/g, '\\$&'));
}
