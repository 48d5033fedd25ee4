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

/** What other languages say beside the words of their locale data. */
const MORE: Readonly<Record<string, string>> = {
  de: 'über nacht|am wochenende|in den nächsten (?:tagen|stunden|wochen)|innerhalb (?:der|einer) (?:nächsten '
    + ')?(?:stunde|woche)|heute (?:abend|nacht|früh)|in (?:wenigen|ein paar) (?:minuten|stunden|tagen)',
  fr: 'ce soir|cette nuit|ce week-end|après-demain|dans (?:les prochains jours|les prochaines heures|quelques '
    + "(?:minutes|heures|jours)|l'heure)|la semaine prochaine|le mois prochain",
  es: 'esta noche|esta tarde|este fin de semana|pasado mañana|la próxima semana|la semana que viene|en '
    + '(?:unos|pocos) (?:minutos|días)|en los próximos días|dentro de poco',
  it: 'stasera|stanotte|dopodomani|la prossima settimana|la settimana prossima|nei prossimi giorni|questo fine '
    + 'settimana|tra (?:pochi|qualche) (?:minuti|giorni|ore)',
  pt: 'hoje à noite|esta noite|depois de amanhã|na próxima semana|na semana que vem|nos próximos dias|dentro de '
    + '(?:poucos|alguns) (?:minutos|dias)',
  nl: 'vanavond|vannacht|overmorgen|volgende week|dit weekend|in de komende dagen|binnen (?:een paar|enkele) '
    + '(?:minuten|uren|dagen)|binnen het uur',
  pl: 'pojutrze|w przyszłym tygodniu|w najbliższych dniach|dziś wieczorem|za (?:kilka|parę) (?:minut|godzin|dni)|w '
    + 'ciągu godziny',
  sv: 'i kväll|i natt|imorgon|idag|nästa vecka|inom (?:en timme|kort)|i helgen',
  da: 'i aften|i nat|i overmorgen|næste uge|i weekenden|inden for en time',
  nb: 'i kveld|i natt|i overmorgen|neste uke|i helgen',
  tr: 'bu akşam|bu gece|öbür gün|ertesi gün|gelecek hafta|haftaya|birkaç (?:gün|saat|dakika) içinde',
  ru: 'сегодня вечером|послезавтра|на следующей неделе|в ближайшие дни|через (?:час|несколько (?:минут|часов|дней))',
  ar: 'غدا|غداً|الليلة|بعد غد|الأسبوع (?:القادم|المقبل)|خلال أيام|هذا المساء',
  zh: '今晚|明早|明晚|大后天|这周末|周末|几天内|稍后|下周|下星期|下个月',
  ja: '今夜|今晩|明朝|明晩|あさって|あした|数日中|来週|週末|まもなく',
  ko: '오늘 밤|모레|다음 주|이번 주말|며칠 내|곧',
  hi: 'आज रात|परसों|अगले हफ्ते|अगले सप्ताह',
  cs: 'dnes večer|pozítří|příští týden|o víkendu',
  uk: 'післязавтра|наступного тижня|сьогодні ввечері',
};

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
    primary === 'en' ? [] : [...ownWords(language), ...(Object.hasOwn(MORE, primary) ? [MORE[primary] ?? ''] : [])];
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
