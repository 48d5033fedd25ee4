import type { Leaf } from '../fact-places';
import { wordsOfKey } from '../fact-places';
import { tables } from '../words/tables';

/** The words of the facts, the template and the names, and where each stands. */
export interface Vocabulary {
  has(word: string): boolean;
  /** Some word of the facts has the same beginning: `refund` and `refundable`. */
  begins(word: string): boolean;
  /** Some word of the facts begins so; a run of signs of a script without spaces stands anywhere. */
  holdsBeginning(beginning: string): boolean;
  /** Both words stand in one value or in one object. */
  areTogether(one: string, other: string): boolean;
  /** The word is part of a value that is a name: two to four words with capitals. */
  isPartOfName(word: string, which?: 'last'): boolean;
  /** A run of letters that a value of the facts holds, for scripts without spaces. */
  holds(letters: string): boolean;
}

const WORD = /[\p{L}\p{M}\p{N}]+/gu;
const NAME_LIKE =
  /^\p{Lu}[\p{L}\p{M}'.-]*(?: (?:\p{Lu}[\p{L}\p{M}'.-]*|de|la|der|den|van|von|del|da|dos|di|bin|al|el|y|e)){1,4}$/u;
/** Fields that hold one part of a name. */
const NAME_KEY =
  /(?:first|last|given|family|sur|middle)_?name$|^(?:vorname|nachname|prenom|prénom|nom|nombre|apellidos?|nome|cognome|sobrenome|voornaam|achternaam|imie|imię|nazwisko|förnamn|efternamn)$/iu;
/** Letters that two forms of one name share at least, and by which their endings may differ. */
const SHORTEST_STEM = 3;
const LONGEST_ENDING = 3;
/** Letters by which words are filed, so that forms of one word are found together. */
const FILED_BY = 2;

const PLAIN: Readonly<Record<string, string>> = { ı: 'i', ł: 'l', ø: 'o', đ: 'd', ß: 'ss', æ: 'ae', œ: 'oe' };

/** One spelling of a word for comparison: small letters without accents. */
export function plainWord(word: string): string {
  return word
    .normalize('NFD')
    .replace(/\p{M}+/gu, '')
    .toLowerCase()
    .normalize('NFD')
    .replace(/\p{M}+/gu, '')
    .replace(/[ıłøđßæœ]/g, (letter) => PLAIN[letter] ?? letter);
}

/** Collects the words of all values and keys. `inflects` says that the language changes the endings of names. */
export function vocabularyOf(leaves: readonly Leaf[], language: string, inflects: boolean): Vocabulary {
  const places = new Map<string, Set<object>>();
  const filed = new Map<string, string[]>();
  const inNames = new Set<string>();
  const lastNames = new Set<string>();
  const texts: string[] = [];
  const parents = new Set<object>();
  const hasUmlauts = /^(?:de|sv|da|nb|no|fi|tr)(?:-|$)/i.test(language);
  const add = (word: string, ...found: readonly object[]) => {
    const plain = plainWord(word);
    const known = places.get(plain);
    if (known) return found.forEach((place) => known.add(place));
    places.set(plain, new Set(found));
    const file = filed.get(plain.slice(0, FILED_BY));
    if (file) file.push(plain);
    else filed.set(plain.slice(0, FILED_BY), [plain]);
    // `gebuehr` is another spelling of "Gebühr".
    const short = plain.replace(/([aou])e/g, '$1');
    if (hasUmlauts && short !== plain) add(short, ...found);
  };
  for (const leaf of leaves) {
    const own = leaf.path.at(-1) ?? '';
    if (/[\u3040-\uD7AF]/u.test(own)) texts.push(own);
    // Names of the objects above stand with each entry of an object; once is enough.
    const names = parents.has(leaf.parent) ? leaf.path.slice(-1) : leaf.path;
    parents.add(leaf.parent);
    for (const key of names) if (!/^\d+$/.test(key)) wordsOfKey(key).forEach((word) => add(word, leaf.parent));
    if (typeof leaf.value !== 'string') continue;
    const { value } = leaf;
    texts.push(value);
    for (const [word] of value.matchAll(WORD)) add(word, leaf, leaf.parent);
    const parts = isNameIn(own, value) ? (value.match(WORD) ?? []).map(plainWord) : [];
    parts.forEach((part) => inNames.add(part));
    if (parts.length > 1) lastNames.add(parts.at(-1) ?? '');
    [...regionWords(value, language), ...stateWords(value, language)].forEach((word) => add(word, leaf.parent));
  }
  const formsOf = (word: string) => {
    const plain = plainWord(word);
    return places.has(plain)
      ? [plain]
      : (filed.get(plain.slice(0, FILED_BY)) ?? []).filter((known) => isForm(plain, known, inflects));
  };
  return {
    has: (word) => formsOf(word).length > 0,
    begins: (word) => {
      const plain = plainWord(word);
      const stem = plain.slice(0, Math.max(5, plain.length - 4));
      return (
        plain.length >= 5 &&
        (filed.get(plain.slice(0, FILED_BY)) ?? []).some(
          (known) => known.startsWith(stem) || (known.length >= 5 && stem.startsWith(known)),
        )
      );
    },
    holdsBeginning: (beginning) => (filed.get(beginning.slice(0, FILED_BY)) ?? [])
      .some((known) => known.startsWith(beginning)) || (/[\u3040-\uD7AF]/u.test(beginning) && texts.some((text) => text.includes(beginning))),
    areTogether: (one, other) =>
      formsOf(one).some((left) => formsOf(other).some((right) => shares(places.get(left), places.get(right)))),
    isPartOfName: (word, which) => formsOf(word).some((form) => (which === 'last' ? lastNames : inNames).has(form)),
    holds: (letters) => texts.some((text) => text.includes(letters)),
  };
}

/** The field holds one part of a name, or a whole one. */
function isNameIn(key: string, value: string): boolean {
  if (NAME_KEY.test(key) && /^\p{Lu}[\p{L}\p{M}'-]+$/u.test(value)) return true;
  return value.length <= 80 && NAME_LIKE.test(value.normalize('NFKC').replace(/[\u2018\u2019]/g, "'"));
}

/** English and most others add an `s`; languages with cases change up to three letters at the end. */
function isForm(word: string, known: string, inflects: boolean): boolean {
  if (word === `${known}s` || word === `${known}es` || known === `${word}s` || known === `${word}es`) return true;
  if (!inflects) return false;
  let shared = 0;
  while (shared < word.length && word[shared] === known[shared]) shared += 1;
  const ending = Math.max(word.length, known.length) - shared;
  if (shared === 2 && ending === 1 && Math.max(word.length, known.length) <= 4) return true;
  return shared >= SHORTEST_STEM && ending <= LONGEST_ENDING && shared >= ending;
}

function shares(one: ReadonlySet<object> | undefined, other: ReadonlySet<object> | undefined): boolean {
  return one !== undefined && other !== undefined && [...one].some((place) => other.has(place));
}

/** `Boise, ID`, with a postal code or without. */
const STATE = /, (?<letters>[A-Z]{2})(?: [A-Z0-9][A-Z0-9 -]{3,9})?$/;

/** What the last letters of an American address stand for, where it is read. */
function stateWords(value: string, language: string): readonly string[] {
  const letters = /-(?:US|CA)$/.test(language) ? STATE.exec(value)?.groups?.letters : undefined;
  if (letters === undefined) return [];
  const region = tables().regions.split('|').find((each) => each.startsWith(`${letters} `));
  return region?.slice(3).match(WORD) ?? [];
}

const regions = new Map<string, Intl.DisplayNames>();

/** A country's code stands for its names in the template's language and in English. */
function regionWords(value: string, language: string): readonly string[] {
  if (!/^[A-Z]{2}$/.test(value)) return [];
  return [language, 'en'].flatMap((locale) => {
    try {
      const names = regions.get(locale) ?? new Intl.DisplayNames([locale], { type: 'region', fallback: 'none' });
      if (regions.size < 100) regions.set(locale, names);
      return names.of(value)?.match(WORD) ?? [];
    } catch {
      return [];
    }
  });
}
