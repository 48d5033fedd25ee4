/**
 * Units that a number may count, each with the words and abbreviations for it in the languages that the proof reads, in
 * small letters. The first
 * seven are lengths of time.
 */
const WORDS_OF_UNITS: Readonly<Record<string, string>> = {
  second:
    'second seconds sec secs sekunde sekunden seconde secondes segundo segundos secondo secondi sekund sekunder '
      + 'saniye секунд секунды секунда 秒 초',
  minute:
    'minute minutes min mins minuten minuto minutos minuti minuut minuta minuty minut minuter minutter dakika dk '
      + 'минут минуты минута мин хвилин 分 分钟 分鐘 分間 분 دقيقة دقائق मिनट perc',
  hour: 'hour hours hr hrs h stunde stunden std heure heures hora horas ora ore uur uren godzina godziny godzin '
    + 'godz timme timmar time timer saat час часа часов ч годин години 小时 小時 时间 時間 시간 ساعة ساعات घंटे óra',
  day: 'day days tag tage tagen jour jours día días dia dias giorno giorni dag dagen dagar dage dni dzień gün день '
    + 'дня дней дні днів 天 日 日間 일 يوم أيام दिन nap den dny dnů',
  week: 'week weeks wk wks woche wochen semaine semaines semana semanas settimana settimane weken tydzień tygodnie '
    + 'tygodni vecka veckor uge uger uke uker hafta неделя недели недель 周 週 週間 주 أسبوع أسابيع',
  month:
    'month months monat monate monaten mois mes meses mese mesi mês maand maanden miesiąc miesiące miesięcy månad '
      + 'månader måned måneder ay месяц месяца месяцев 个月 個月 か月 ヶ月 ヵ月 개월 شهر أشهر',
  year: 'year years yr yrs jahr jahre jahren an ans année années año años anno anni ano anos jaar jaren rok lata '
    + 'lat år yıl год года лет 年 年間 년 سنة سنوات',
  night:
    'night nights nacht nächte nächten nuit nuits noche noches notte notti noite noites nachten noc noce nocy natt '
      + 'nätter nat nætter netter gece ночь ночи ночей 晚 泊 박 ليلة ليال',
  kilometre:
    'km kilometre kilometres kilometer kilometers kilomètre kilomètres kilómetro kilómetros chilometro chilometri '
      + 'quilómetro quilómetros километр километров км 公里 킬로미터',
  metre: 'm metre metres meter meters mètre mètres metro metros metri метр метров 米 미터',
  centimetre: 'cm centimetre centimetres centimeter centimeters zentimeter centimètre centimètres',
  mile: 'mile miles mi meile meilen',
  kilogram:
    'kg kgs kilo kilos kilogram kilograms kilogramm kilogrammes kilogramo kilogramos кг килограмм 公斤 千克 킬로',
  gram: 'g gram grams gramm gramme grammes gramo gramos grammi',
  milligram: 'mg milligram milligrams milligramm',
  pound: 'lb lbs',
  litre: 'l litre litres liter liters litro litros litri литр литров',
  millilitre: 'ml millilitre millilitres milliliter',
  degree: 'degree degrees grad degrés degré grados gradi graus graden stopni grader derece градусов',
  square_metre: 'm2 m² sqm quadratmeter 平米 坪',
  kilowatt_hour: 'kwh kilowattstunden',
  megabit: 'mbps mbit',
  gigabyte: 'gb gigabyte gigabytes',
  megabyte: 'mb megabyte megabytes',
  bar: 'bar',
  person:
    'people persons person personen personnes personne personas persone pessoas persoon mensen osób osoby personer '
      + 'kişi человек 人 명 أشخاص guests guest',
  bedroom: 'bedroom bedrooms schlafzimmer chambres habitaciones',
  room: 'rooms zimmer pièces pièce',
  point: 'points punkte puntos punti pontos punten',
};

/** Number words are looked for in texts without accents. */
function withoutMarks(word: string): string {
  return /^[a-zà-ž]+$/u.test(word) ? word.normalize('NFD').replace(/\p{M}+/gu, '') : word;
}

const UNITS: ReadonlyMap<string, string> = new Map(
  Object.entries(WORDS_OF_UNITS).flatMap(([unit, words]) =>
    words
      .split(' ')
      // `pieces` is no room.
      .flatMap((word) => (unit === 'room' ? [word] : [word, withoutMarks(word)]))
      .map((word) => [word.normalize('NFKC'), unit] as const),
  ),
);

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
  return UNITS.get(word.toLowerCase());
}

/** Units at the end of a field's name in scripts without spaces: 所要分, 押金月数. */
const ENDINGS_OF_KEYS: ReadonlyArray<readonly [RegExp, string]> = [
  [/\p{L}(?:分|分钟|分鐘|分間|分数)$/u, 'minute'], [/\p{L}(?:時間数|小时|小時)$/u, 'hour'], [/\p{L}(?:日数|天数|天數)$/u, 'day'],
  [/\p{L}(?:週数|周数|週數)$/u, 'week'], [/\p{L}(?:月数|月數)$/u, 'month'], [/\p{L}(?:年数|年數)$/u, 'year'], [/^泊数$/u, 'night'],
];

/** The unit that the words of a key name: `duration_minutes`, `weightKg`. */
export function unitOfKey(words: readonly string[]): string | undefined {
  // `dauer_h`: an abbreviation at the end is a unit.
  if (words.length > 1 && /^(?:h|min|g|l)$/.test(words.at(-1) ?? '')) return UNITS.get(words.at(-1) ?? '');
  for (const word of words) {
    const unit = ONLY_BEHIND_NUMBERS.has(word) ? undefined : UNITS.get(word);
    const last = unit ?? ENDINGS_OF_KEYS.find(([ending]) => ending.test(word))?.[1];
    if (last) return last;
  }
  return undefined;
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

/** The longest unit word in characters. */
const LONGEST_UNIT = 16;

/** The unit that follows a place in a folded text, as in `30 minutes` or `8kg`, and the word for it. */
export function unitBehind(text: string, end: number): { readonly unit: string; readonly end: number } | undefined {
  const [, gap = '', word = ''] = /^([ -]?)([\p{L}\p{M}²]+2?)/u.exec(text.slice(end, end + LONGEST_UNIT + 2)) ?? [];
  const lower = word.toLowerCase();
  const whole = UNITS.get(lower);
  if (whole) return { unit: whole, end: end + gap.length + word.length };
  // Scripts without spaces and languages that glue endings on.
  for (let length = Math.min(lower.length, 3); length > 0; length -= 1) {
    const unit = /^[^\u0000-\u024F]/u.test(lower) ? UNITS.get(lower.slice(0, length)) : undefined;
    if (unit) return { unit, end: end + gap.length + length };
  }
  return undefined;
}
