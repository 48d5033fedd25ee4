import { calendarWords } from '../claims/calendar-words';
import { currencyOf } from '../claims/currencies';
import { ENGLISH_WORDS } from '../words/english-words';
import { hasBits } from '../words/word-filter';
import type { Token } from './name-words';
import { INFLECTING, isGermanName, needsNoProof, tokensOf } from './name-words';
import type { Vocabulary } from './vocabulary';

/** A stretch of a text that names a person or a thing. */
export interface FoundName {
  readonly start: number;
  readonly end: number;
}

/** The words of a text that may name somebody or something. */
export interface NamesOfText {
  /** Each word that names something, whether the facts hold it or not. */
  readonly all: readonly FoundName[];
  /** Names that the vocabulary does not hold, and names put together from two that it does. */
  unknownTo(vocabulary: () => Vocabulary): readonly FoundName[];
}

/** Reads the names of a folded text, whose claims are masked. A value may begin like a sentence at each of `starts`. */
export function readNames(text: string, language: string, starts: readonly number[]): NamesOfText {
  const readable = text.replace(/\S+/gu, (word) => (/@|:\/\/|www\./u.test(word) ? ' '.repeat(word.length) : word));
  const tokens = tokensOf(readable).map((token) =>
    starts.includes(token.start) ? { ...token, startsSentence: true } : token,
  );
  const capitals = tokens.flatMap((token, index) => (
    /^\p{Lu}/u.test(token.text) ? [{ token, before: tokens[index - 1] }] : []));
  const honorifics = namesBeforeHonorifics(text);
  const strangers = (vocabulary: () => Vocabulary) => honorifics.filter((name) => isStranger(text, name, vocabulary));
  // A text in capitals alone says nothing about what is a name.
  const isShouted = tokens.length > 3 && tokens.filter((token) => isAcronym(token.text)).length > tokens.length / 2;
  if (isShouted || capitals.length === 0) return { all: honorifics, unknownTo: strangers };
  const naming = capitals.flatMap(({ token, before }) => (
    namesSomething(readable, token, before, language) ? [token] : []));
  return {
    all: [...naming, ...honorifics],
    unknownTo: (vocabulary) => [
      ...naming.filter(({ text: word }) => !isKnown(word, vocabulary())),
      ...capitals.flatMap(({ token, before }) => (isMixed(readable, before, token, vocabulary) ? [token] : [])),
      ...capitals.flatMap(({ token }, index) => (
        isBeforeSurname(readable, token, capitals[index + 1]?.token, { language, vocabulary }) ? [token] : [])),
      ...strangers(vocabulary),
    ],
  };
}

/** Languages that change the endings of names. */
export function inflects(language: string): boolean {
  return INFLECTING.test(language);
}

/** `Vera Egger` where the facts name Vroni Egger: a first name that no fact holds, wherever it stands. */
function isBeforeSurname(
  text: string,
  { text: word, end }: Token,
  next: Token | undefined,
  { language, vocabulary }: { readonly language: string; readonly vocabulary: () => Vocabulary },
): boolean {
  if (!next || word.length < 3 || text.slice(end, next.start) !== ' ' || needsNoProof(word, language)) return false;
  const known = vocabulary();
  return known.isPartOfName(next.text.replace(/'s$/, ''), 'last') && !isKnown(word, known) && !known.begins(word);
}

function isAcronym(word: string): boolean {
  return /^\p{Lu}{2,}$/u.test(word);
}

/** Parts of words that are written with a hyphen. */
const PREFIX = /^(?:pre|non|co|re|anti|post|self|ex|sub|semi|multi|inter|un|mid|over|under)$/iu;

function namesSomething(text: string, token: Token, before: Token | undefined, language: string): boolean {
  const { startsSentence } = token;
  // "TL'dir": endings behind an apostrophe are no part of a name.
  const [beforeMark = ''] = token.text.split('\'');
  const word = beforeMark.length > 1 ? beforeMark : token.text;
  if (needsNoProof(word, language) || isCalendarOrMoney(word, language)) return false;
  if (word.length === 1) return !startsSentence && language.startsWith('en') && !/^[AIO]$/.test(word);
  // "Reply YES", "do NOT": a word that is stressed.
  // "Pre-authorisation" begins a sentence with a part of a word.
  if (startsSentence && /^-\p{Ll}/u.test(text.slice(token.end, token.end + 2)) && PREFIX.test(word)) return false;
  if (isAcronym(word)) return !(/^en(?:-|$)/i.test(language) && isEnglishWord(word));
  if (/^de(?:-|$)/i.test(language)) return isGermanName(text, token, before);
  if (!startsSentence) return true;
  return /^en(?:-|$)/i.test(language) && !isEnglishWord(word);
}

function isCalendarOrMoney(word: string, language: string): boolean {
  const { months, weekdays } = calendarWords(language);
  const lower = beforeApostrophe(word.toLowerCase());
  return (
    months.has(lower) || weekdays.has(lower) || weekdays.has(lower.replace(/s$/, '')) || currencyOf(word) !== undefined
  );
}

function beforeApostrophe(word: string): string {
  return word.split('\'', 1)[0] ?? '';
}

let filter: Uint8Array | undefined;

/** A common English word in any of its regular forms. */
function isEnglishWord(word: string): boolean {
  filter ??= Buffer.from(ENGLISH_WORDS, 'base64');
  const bits = filter;
  const lower = beforeApostrophe(word.toLowerCase());
  return formsOf(lower).some((form) => form.length < 2 || hasBits(bits, form));
}

const ENDINGS: ReadonlyArray<readonly [RegExp, string]> = [
  [/ies$/, 'y'], [/es$/, ''], [/s$/, ''], [/ied$/, 'y'], [/ed$/, ''], [/ed$/, 'e'], [/ing$/, ''], [/ing$/, 'e'],
  [/([^aeiou])\1ing$/, '$1'], [/([^aeiou])\1ed$/, '$1'],
  [/ly$/, ''], [/er$/, ''], [/er$/, 'e'], [/est$/, ''], [/ions?$/, 'e'], [/ions?$/, ''], [/ments?$/, ''], [/ness$/, ''],
];

function formsOf(word: string): readonly string[] {
  const roots = ENDINGS.flatMap(([ending, replacement]) =>
    ending.test(word) ? [word.replace(ending, replacement)] : [],
  );
  const prefix = /^(?:un|re|pre|non|over|out|mis|dis)(?=.{4})/.exec(word)?.[0].length;
  return [word, ...roots, ...(prefix === undefined ? [] : [word.slice(prefix)])];
}

/** `Bea's`, `O'Rourke` and `Jean-Luc` count as their parts, too. */
function isKnown(word: string, vocabulary: Vocabulary): boolean {
  if (vocabulary.has(word.replace(/'/g, '')) || vocabulary.has(word)) return true;
  const parts = word.split('\'').filter((part) => part.length > 1 || part === word);
  const [first = ''] = parts;
  if (parts.length > 0 && vocabulary.has(first)) return true;
  return parts.length > 1 && first.length <= 2 && parts.slice(1).every((part) => vocabulary.has(part));
}

/** Two parts of two names, put together: the first of one, the last of the other. */
function isMixed(text: string, before: Token | undefined, token: Token, vocabulary: () => Vocabulary): boolean {
  if (!before || text.slice(before.end, token.start) !== ' ' || !/^\p{Lu}/u.test(before.text)) return false;
  const known = vocabulary();
  const [one, other] = [before.text, token.text].map((word) => word.replace(/'s$/, ''));
  if (one === undefined || other === undefined || !known.isPartOfName(one) || !known.isPartOfName(other)) return false;
  return !known.areTogether(one, other);
}

/** Chinese and Japanese have no capitals: two or three characters before a form of address are a name. */
const HONORIFIC = /(?<name>\p{Script=Han}{2,3})(?:老师|先生|女士|小姐|医生|經理|经理|教授|さん|氏)/gu;

function namesBeforeHonorifics(text: string): readonly FoundName[] {
  if (!/\p{Script=Han}/u.test(text)) return [];
  return [...text.matchAll(HONORIFIC)].map((match) => {
    const name = match.groups?.name ?? '';
    return { start: match.index, end: match.index + name.length };
  });
}

function isStranger(text: string, { start, end }: FoundName, vocabulary: () => Vocabulary): boolean {
  const name = text.slice(start, end);
  const known = vocabulary();
  return !known.holds(name) && !known.holds(name.slice(-2));
}
