/**
 * Words that carry a capital inside a sentence and are not names, by language; those of English hold everywhere. In
 * small letters.
 */
const CAPITALISED: Readonly<Record<string, string>> = {
  en: "i i'm i'll i've i'd mr mrs ms miss mx dr prof sir madam ok okay pdf id vat pin cv faq tv am pm gp christmas "
    + 'easter internet wi-fi wifi wi fi english bst gmt utc cet cest est pst et pt ref no nos rsvp asap ps nb eur '
    + 'gbp usd sms',
  de: 'sie ihr ihre ihren ihrem ihrer ihres ihnen du dein deine deinen deinem deiner dir dich herr herrn frau mwst '
    + 'ust uhr euro cent',
  fr: 'madame monsieur mme m mademoiselle mlle tva ttc ht vous votre',
  es: 'usted ustedes ud uds sr sra srta señor señora don doña iva dni nif',
  it: 'lei la le suo sua suoi sue loro sig signor signora dott dottor dottoressa iva',
  pt: 'senhor senhora sr sra você iva nif dra',
  nl: 'u uw mevrouw meneer dhr mevr btw',
  pl: 'pan pani pana panu panem państwo państwa państwu państwem ty twój twoja twoje twoją cię ci ciebie tobie '
    + 'twojego twojej vat nip',
  sv: 'ni er ert era moms',
  da: 'de dem deres i jer jeres moms',
  nb: 'de dem deres dere mva',
  ru: 'вы вас вам вами ваш ваша ваше ваши вашего вашей вашему вашу вашим ваших',
  uk: 'ви вас вам вами ваш ваша ваше ваші вашого вашої',
  tr: 'tl kdv bey hanım sayın',
  cs: 'vás vám vámi váš vaše vaši vašeho vaší dph pan paní',
  hu: 'ön önt önnek önök',
  ro: 'dumneavoastră dvs tva domnul doamna',
  el: 'κος κα',
  fi: 'te teidän',
};

const TITLES =
  /(?:^|[^\p{L}])(?:mr|mrs|ms|mx|dr|prof|st|sr|sra|srta|dra|profa?|dott|dottssa|sig|mme|m|hr|fr|dhr|mevr|ing|dipl|ud|uds|no|nr|kl|tel)\.\s$/iu;
/** `J. Smith`; an abbreviation in a small letter (`2024 r.`) may end a sentence. */
const INITIAL = /(?:^|[^\p{L}])\p{Lu}\.\s$/u;
const SENTENCE_START = /(?:^|[.!?:;\n"'([¿¡*|#>•·—–]\s{0,12}|\s-\s?|\d[.)]\s)$/u;

export interface Token {
  readonly text: string;
  readonly start: number;
  readonly end: number;
  readonly startsSentence: boolean;
}

const WORDS = /[\p{L}\p{M}][\p{L}\p{M}\p{N}]*(?:['\u2019][\p{L}\p{M}]+)*/gu;

/** The words of a folded text, with whether a sentence begins there. */
export function tokensOf(text: string): readonly Token[] {
  return [...text.matchAll(WORDS)]
    .filter((match) => !/\p{N}/u.test(match[0] + (text[match.index - 1] ?? '')))
    .map((match) => {
      const before = text.slice(Math.max(0, match.index - 12), match.index);
      const startsSentence = SENTENCE_START.test(before) && !TITLES.test(before) && !INITIAL.test(before);
      return { text: match[0], start: match.index, end: match.index + match[0].length, startsSentence };
    });
}

/** A word that is written with a capital in the language though it is not a name. */
export function needsNoProof(word: string, language: string): boolean {
  const lower = word.toLowerCase();
  return listOf('en').has(lower) || listOf(language.toLowerCase().split('-')[0] ?? '').has(lower);
}

const lists = new Map<string, ReadonlySet<string>>();

function listOf(language: string): ReadonlySet<string> {
  const known = lists.get(language);
  if (known) return known;
  const made = new Set(Object.hasOwn(CAPITALISED, language) ? CAPITALISED[language]?.split(' ') : []);
  lists.set(language, made);
  return made;
}

/** German begins every noun with a capital: only what stands like a name is one. */
const GERMAN_FUNCTION_WORDS = new Set(
  (
    'ihr ihre ihren ihrem ihrer ihres sie die der das den dem des ein eine einen einem einer am im um in zum zur '
    + 'bei mit von vom für wir unser unsere unseren unserem unserer bitte heute nach aus auf bis ab ohne ' +
    'pro alle kein keine keinen zwei drei vier danke vielen liebe lieber guten hallo sehr es er ich und oder aber '
    + 'wenn falls damit dieser diese dieses jede jeder jedes noch nur auch dort hier uhr euro nummer raum zimmer platz ' +
    'termin datum'
  ).split(' '),
);
const GERMAN_NAME_BEFORE = /(?:^|[^\p{L}])(?:Herrn?|Frau|Dr\.|Prof\.|Firma|Familie|Doktor|Professor(?:in)?) $/u;
const GERMAN_PLACE_BEFORE = /(?:^|[^\p{L}])(?:in|nach|aus) $/u;
const GERMAN_NOUNS_OF_PLACE =
  /(?:ung|ungen|heit|keit|schaft|tion|tionen|tät|nis|nisse|zeit|fall|form|weise|höhe|art|raten|kürze|zukunft|frage|kraft|ruhe|bezug|verzug|raum|zimmer|betrieb|stufen|bar|euro|anspruch|absprache|erhalt|eingang|ablauf|wunsch|plan|hause|urlaub|gruppen|teilen|schritten|person|papierform|farbe|größe|ordnung|holz|metall|glas|leder|wolle|stoff|gründen|versehen|prozent|minuten|stunden|tagen|wochen|monaten|jahren)$/iu;

/**
 * The capitalised word stands where German has names: behind a title, behind another capitalised word, or as a place.
 */
export function isGermanName(text: string, token: Token, before: Token | undefined): boolean {
  const lead = text.slice(Math.max(0, token.start - 14), token.start);
  if (GERMAN_NAME_BEFORE.test(lead)) return true;
  if (GERMAN_PLACE_BEFORE.test(lead)) return !GERMAN_NOUNS_OF_PLACE.test(token.text);
  if (!before || text.slice(before.end, token.start) !== ' ' || !/^\p{Lu}/u.test(before.text)) return false;
  return !GERMAN_FUNCTION_WORDS.has(before.text.toLowerCase()) && !GERMAN_FUNCTION_WORDS.has(token.text.toLowerCase());
}

/** Languages that decline or glue endings on names. */
export const INFLECTING = /^(?:ru|uk|be|pl|cs|sk|hr|sr|sl|bg|fi|et|hu|tr|az|el|lt|lv|ro)(?:-|$)/i;
