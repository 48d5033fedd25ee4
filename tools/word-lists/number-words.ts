import { createRequire } from 'node:module';

const load = createRequire(__filename);

/** Languages whose number words the proof reads beside English; the key is what a template's language begins with. */
const LOCALES: Readonly<Record<string, string>> = {
  de: 'de-DE',
  fr: 'fr-FR',
  es: 'es-ES',
  it: 'it-IT',
  pt: 'pt-PT',
  nl: 'nl-NL',
  pl: 'pl-PL',
  sv: 'sv-SE',
  da: 'da-DK',
  nb: 'nb-NO',
  tr: 'tr-TR',
  ru: 'ru-RU',
  uk: 'uk-UA',
  cs: 'cs-CZ',
  fi: 'fi-FI',
  ro: 'ro-RO',
  hu: 'hu-HU',
  el: 'el-GR',
  ar: 'ar-SA',
  ko: 'ko-KR',
  hi: 'hi-IN',
  id: 'id-ID',
  vi: 'vi-VN',
};

/**
 * Ways in which languages put tens and units together; for each the generator takes the one that is right most often.
 */
const PATTERNS = [
  'T U',
  'T-U',
  'TU',
  'T y U',
  'T e U',
  'T și U',
  'U und T',
  'UundT',
  'UenT',
  'UënT',
  'UogT',
  'T og U',
  'U وT',
  'T et U',
  'T i U',
] as const;

/** Forms that a counted noun's gender or case asks for, which the library does not give. */
const MORE_FORMS: Readonly<Record<string, Readonly<Record<string, number>>>> = {
  de: { zwo: 2, hundert: 100, tausend: 1000, zweier: 2, dreier: 3 },
  es: { veintiún: 21, veintiuna: 21, ciento: 100, doscientas: 200, trescientas: 300, quinientas: 500 },
  it: { tré: 3, cento: 100 },
  pt: {
    duas: 2, dezesseis: 16, dezessete: 17, dezenove: 19, catorze: 14, quatorze: 14, cento: 100, duzentas: 200,
    trezentas: 300,
  },
  nl: { veertien: 14, twaalf: 12 },
  pl: {
    dwie: 2, dwóch: 2, dwoje: 2, trzech: 3, czterech: 4, pięciu: 5, sześciu: 6, siedmiu: 7, ośmiu: 8,
    dziewięciu: 9, dziesięciu: 10, dwunastu: 12, czternastu: 14, trzydziestu: 30,
  },
  sv: { tjugoen: 21, tjugofem: 25, trettio: 30, tjugofyra: 24, trettiofem: 35 },
  nb: { sju: 7, tjue: 20, tretti: 30, trettiseks: 36 },
  ru: {
    две: 2, двух: 2, двумя: 2, трёх: 3, трех: 3, четырёх: 4, четырех: 4, пяти: 5, шести: 6, семи: 7,
    восьми: 8, девяти: 9, десяти: 10, двенадцати: 12, двадцати: 20, тридцати: 30, тысяча: 1000,
  },
  uk: { дві: 2, двох: 2, трьох: 3, сім: 7, вісім: 8, двадцяти: 20, тисяча: 1000 },
  cs: {
    dvě: 2, dvou: 2, tří: 3, čtyř: 4, pěti: 5, šesti: 6, sedmi: 7, osmi: 8, devíti: 9, deseti: 10,
    dvanácti: 12, čtrnácti: 14, třiceti: 30,
  },
  ar: {
    اثنين: 2, اثنتين: 2, ثلاث: 3, أربع: 4, خمس: 5, ست: 6, سبع: 7, ثماني: 8, تسع: 9, عشر: 10, عشرين: 20,
    ثلاثين: 30, مئة: 100,
  },
  ko: { 두: 2, 세: 3, 네: 4, 다섯: 5, 여섯: 6, 일곱: 7, 여덟: 8, 아홉: 9, 열: 10, 열두: 12, 스무: 20 },
  hu: { két: 2 },
  ro: { două: 2, doisprezece: 12, douăsprezece: 12 },
};

/**
 * Words that are also something else (Italian `sei`, "you are"; French `neuf`, "new"): they count only before a unit.
 * The word for one is an article in most of these languages, and single letters and syllables of Korean are words of
 * many meanings: these are left out.
 */
const AMBIGUOUS: Readonly<Record<string, readonly string[]>> = {
  de: ['acht'], fr: ['neuf', 'six', 'mille'], it: ['sei', 'sette'], pl: [], sv: ['sex', 'fem', 'tio'],
  da: ['to', 'fire', 'tre'], nb: ['to', 'tre'], tr: ['on', 'altı', 'yedi', 'bin', 'kırk', 'yüz'],
  hu: ['hét', 'száz', 'ezer'], hi: ['दो', 'सौ', 'नौ', 'छह'], fi: ['sata'], ro: ['șase', 'trei'], uk: ['сто'],
  ar: ['ست', 'مئة', 'عشر'],
  id: ['lima', 'enam'], vi: ['hai', 'ba', 'năm', 'sáu', 'tám', 'tư', 'mười', 'bốn', 'bảy', 'chín', 'nghìn'],
  pt: ['dois', 'mil', 'sete'], es: ['once', 'mil'], ko: ['두', '세', '네', '열'],
};

/** Number words of one language as `src/proof/words` keeps them. */
export interface NumberWordList {
  /** Words of 2 to 19, tens, hundreds and thousand: `zwei 2 drei 3`. */
  readonly atoms: string;
  /** How 21 to 99 are made of tens (T) and units (U). */
  readonly pattern: string;
  /** What the pattern does not give. */
  readonly exceptions: string;
  readonly ambiguous: string;
}

/** The number words of every language, made from `n2words`. */
export function numberWordLists(): Readonly<Record<string, NumberWordList>> {
  return Object.fromEntries(Object.entries(LOCALES).map(([language, locale]) => [language, listOf(language, locale)]));
}

function listOf(language: string, locale: string): NumberWordList {
  const { toCardinal }: { readonly toCardinal: (value: number) => string } = load(`n2words/${locale}`);
  const word = (value: number) => toCardinal(value).toLowerCase();
  const simple = [
    ...range(2, 20),
    ...range(2, 10).map((tens) => tens * 10),
    ...range(1, 10).map((hundreds) => hundreds * 100),
    1000,
  ].filter((value) => !(language === 'ko' && value < 10));
  const composed = range(21, 100).filter((value) => value % 10 !== 0);
  const missesOf = (candidate: string) =>
    composed.filter((value) => compose(candidate, word, value) !== word(value)).length;
  const [pattern] = PATTERNS.map((candidate) => ({ candidate, misses: missesOf(candidate) }))
    .sort((left, right) => left.misses - right.misses);
  if (!pattern) throw new Error('there are patterns');
  const exceptions = composed.filter((value) => compose(pattern.candidate, word, value) !== word(value));
  const ambiguous = AMBIGUOUS[language] ?? [];
  const atoms = new Map([
    ...simple.map((value) => [word(value), value] as const),
    ...Object.entries(MORE_FORMS[language] ?? {}),
  ]);
  return {
    atoms: join(new Map([...atoms, ...(language === 'ko' ? [] : [[word(1), 1] as const])])),
    pattern: pattern.candidate,
    exceptions: join(new Map(exceptions.map((value) => [word(value), value]))),
    ambiguous: [...new Set([word(1), ...ambiguous])].join('|'),
  };
}

function compose(pattern: string, word: (value: number) => string, value: number): string {
  const units = word(value % 10).replace(/^eins$/, pattern.includes('und') ? 'ein' : 'eins').replace(/^één$/, 'een');
  return pattern.replace(/[TU]/g, (part) => (part === 'T' ? word(value - value % 10) : units));
}

function join(words: ReadonlyMap<string, number>): string {
  return [...words].map(([word, value]) => `${word} ${value}`).join('|');
}

function range(from: number, end: number): readonly number[] {
  return Array.from({ length: end - from }, (_, index) => from + index);
}
