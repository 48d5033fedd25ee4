import type { ClockWords } from '../../../src/proof/words/tables';

export const CLOCKS: Readonly<Record<string, ClockWords>> = {
  en: {
    morning: 'in the mornings?|this morning',
    afternoon: 'in the afternoons?|in the evenings?|at night|this afternoon|this evening|tonight',
    hour: "o'clock",
    lead: 'at|by|until|till|before|after|from|around',
    forms: [
      ['(?:half|0\\.5) (?:past )?H', 30],
      ['quarter past H', 15],
      ['quarter after H', 15],
      ['quarter to H', -15],
      ['quarter before H', -15],
      ['M (?:minutes )?past H', 1],
      [
        '(?<=(?:at|by|before|after|around|until|is|leaves|starts|opens|closes|ends|begins|arrives|departs) )M '
          + '(?:minutes )?to H',
        -1,
      ],
    ],
  },
  de: {
    morning: 'morgens|am morgen|vormittags|am vormittag|früh',
    afternoon: 'nachmittags|am nachmittag|abends|am abend|mittags|nachts',
    hour: 'Uhr',
    lead: 'um|ab|gegen|bis|von',
    countsTo24: true,
    forms: [
      ['(?:halb) H', -30],
      ['viertel nach H', 15],
      ['viertel vor H', -15],
      ['M (?:minuten )?nach H', 1],
      ['M (?:minuten )?vor H', -1],
    ],
  },
  fr: {
    morning: 'du matin',
    afternoon: "de l'apr[eè]s-midi|du soir",
    hour: 'heures?|h',
    lead: 'à|vers|dès',
    countsTo24: true,
    forms: [
      ['H ?h ?M', 1],
      ['H ?(?:heures?|h) et demie?', 30],
      ['H ?(?:heures?|h) et quart', 15],
      ['H ?(?:heures?|h) moins le quart', -15],
      ['H heures? M', 1],
    ],
  },
  es: {
    morning: 'de la ma[nñ]ana|de la madrugada',
    afternoon: 'de la tarde|de la noche',
    hour: 'horas?|hrs?\\.?|h',
    lead: 'a las|a la|las|desde las|hasta las',
    forms: [
      ['H ?h ?M', 1],
      ['H y media', 30],
      ['H y cuarto', 15],
      ['H menos cuarto', -15],
      ['(?<=las? )H y M', 1],
      ['(?<=las? )H menos M', -2],
    ],
  },
  it: {
    morning: 'del mattino|di mattina',
    afternoon: 'del pomeriggio|di sera|di pomeriggio|della sera',
    hour: 'ore',
    lead: "alle|dalle|ore|le|all'",
    forms: [
      ['H e (?:mezz[ao]|30)', 30],
      ['H e (?:un )?quarto', 15],
      ['H meno (?:un )?quarto', -15],
      ['(?<=(?:alle|dalle|le) )H e M', 1],
    ],
  },
  pt: {
    morning: 'da manh[aã]|da madrugada',
    afternoon: 'da tarde|da noite',
    hour: 'horas?|h',
    lead: 'às|as|das|até às|pelas',
    forms: [
      ['H ?h ?M', 1],
      ['H e meia', 30],
      ['H e (?:um )?quarto', 15],
      ['(?:um )?quarto para as H', -15],
      ['(?<=(?:às|as|das) )H e M', 1],
    ],
  },
  nl: {
    morning: "'s ochtends|'s morgens|in de ochtend",
    afternoon: "'s middags|'s avonds|in de middag|in de avond",
    hour: 'uur|u',
    lead: 'om|van|tot|vanaf',
    forms: [
      ['(?:half|0\\.5) H', -30],
      ['kwart over H', 15],
      ['kwart voor H', -15],
      ['M over H', 1],
      ['M voor H', -1],
    ],
  },
  pl: {
    morning: 'rano|przed południem',
    afternoon: 'po południu|wieczorem',
    lead: 'o|od|do|o godz(?:inie|\\.)?|godz\\.?|godzin[yaęie]{1,2}',
    countsTo24: true,
    forms: [['wpół do H', -30]],
  },
  sv: {
    morning: 'på morgonen|på förmiddagen',
    afternoon: 'på eftermiddagen|på kvällen',
    lead: 'kl\\.?|klockan',
    countsTo24: true,
    forms: [
      ['halv H', -30],
      ['kvart över H', 15],
      ['kvart i H', -15],
    ],
  },
  da: {
    morning: 'om morgenen|om formiddagen',
    afternoon: 'om eftermiddagen|om aftenen',
    lead: 'kl\\.?|klokken',
    countsTo24: true,
    forms: [
      ['halv H', -30],
      ['kvart over H', 15],
      ['kvart i H', -15],
    ],
  },
  nb: {
    morning: 'om morgenen|om formiddagen',
    afternoon: 'om ettermiddagen|om kvelden',
    lead: 'kl\\.?|klokka|klokken',
    countsTo24: true,
    forms: [
      ['halv H', -30],
      ['kvart over H', 15],
      ['kvart på H', -15],
    ],
  },
  ru: {
    morning: 'утра|ночи',
    afternoon: '(?<!(?:через|за|на|течение|после) \\d{1,2} ?)дня|вечера',
    hour: 'час(?:а|ов)?',
    lead: 'в|с|до|к',
    forms: [['половин[аеу] H', -30]],
  },
  uk: { morning: 'ранку', afternoon: 'дня|вечора', hour: 'годин[аиі]?', lead: 'о|об|з|до' },
  cs: {
    morning: 'ráno|dopoledne',
    afternoon: 'odpoledne|večer',
    hour: 'hodin[ay]?|hod\\.?',
    lead: 'v|ve|od|do',
    countsTo24: true,
  },
  tr: { morningBefore: 'sabah', afternoonBefore: 'öğleden sonra|akşam', lead: 'saat', forms: [['H buçuk', 30]] },
  fi: { morning: 'aamulla', afternoon: 'illalla|iltapäivällä', lead: 'klo|kello', countsTo24: true },
  hu: { morningBefore: 'reggel|délelőtt', afternoonBefore: 'délután|este', hour: 'óra(?:kor)?', countsTo24: true },
  ro: { morning: 'dimineața', afternoon: 'după-amiaza|seara', lead: 'la|ora|orele', countsTo24: true },
  el: { morning: 'το πρωί|π\\.?μ\\.?', afternoon: 'το απόγευμα|το βράδυ|μ\\.?μ\\.?', lead: 'στις|στη' },
  ar: { morning: 'صباح[اً]{0,2}', afternoon: 'مساء[اً]{0,2}|ظهر[اً]{0,2}|عصر[اً]{0,2}|بعد الظهر', lead: 'الساعة' },
  hi: { morningBefore: 'सुबह', afternoonBefore: 'शाम|दोपहर|रात', hour: 'बजे' },
  zh: {
    morningBefore: '上午|早上|凌晨|清晨|早晨',
    afternoonBefore: '下午|晚上|傍晚|中午|夜里',
    hour: '点钟?|點鐘?|时|時',
    forms: [
      ['H ?(?:点|點)半', 30],
      ['H ?(?:点|點)(?:一|1) ?刻', 15],
      ['H ?(?:点|點|时|時) ?M ?分?', 1],
    ],
  },
  ja: {
    morningBefore: '午前|朝',
    afternoonBefore: '午後|夕方|夜|晩|昼',
    hour: '時(?!間)',
    forms: [
      ['H ?時半', 30],
      ['H ?時 ?M ?分', 1],
    ],
  },
  ko: {
    morningBefore: '오전|아침',
    afternoonBefore: '오후|저녁|밤',
    hour: '시',
    forms: [
      ['H ?시 ?반', 30],
      ['H ?시 ?M ?분', 1],
    ],
  },
};

/** Hours of the clock in the ordinal forms that Polish and Russian use. */
export const ORDINAL_HOURS: Readonly<Record<string, string>> = {
  pl: 'pierwsz(?:a|ej) drugi(?:a|ej) trzeci(?:a|ej) czwart(?:a|ej) piąt(?:a|ej) szóst(?:a|ej) siódm(?:a|ej) '
    + 'ósm(?:a|ej) dziewiąt(?:a|ej) dziesiąt(?:a|ej) jedenast(?:a|ej) dwunast(?:a|ej)',
  ru: 'первого второго третьего четв[её]ртого пятого шестого седьмого восьмого девятого десятого одиннадцатого '
    + 'двенадцатого',
};
