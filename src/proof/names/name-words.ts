import { tables } from '../words/tables';

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
  const { capitalised } = tables();
  const made = new Set(Object.hasOwn(capitalised, language) ? capitalised[language]?.split(' ') : []);
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
