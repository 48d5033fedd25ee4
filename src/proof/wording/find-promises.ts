import type { Evidence } from '../evidence';
import type { Leaf } from '../fact-places';
import { wordsOfKey } from '../fact-places';
import type { Vocabulary } from '../names/vocabulary';
import { tables } from '../words/tables';
import { DENIED } from './promise-words';
import { beginningsIn } from './same-in-languages';

/** A stretch of a text that promises, advises or judges. */
export interface FoundWords {
  readonly start: number;
  readonly end: number;
}

/** Characters before a phrase in which a denial is looked for. */
const REACH = 28;
const UNSPACED = ['zh', 'ja', 'ko', 'th'];

const patterns = new Map<string, readonly RegExp[]>();

/** Promises, advice and judgements for which neither facts nor template have a word. */
export function unfoundedPromises(
  text: string, { language, vocabulary, leaves }: Pick<Evidence, 'language' | 'vocabulary' | 'leaves'>,
): readonly FoundWords[] {
  return patternsOf(language).flatMap((pattern) => [...text.matchAll(pattern)]).flatMap((match) => {
    const before = text.slice(Math.max(0, match.index - REACH), match.index);
    const isFounded = DENIED.test(before) || vocabulary().holds(match[0])
      || words(match[0]).some((word) => vocabulary().has(word) || vocabulary().begins(word))
      || isSaidInAnotherLanguage(match[0], vocabulary()) || (isFree(match[0]) && leaves.some(costsNothing));
    return isFounded ? [] : [{ start: match.index, end: match.index + match[0].length }];
  });
}

/** `first_lesson_free` proves "gratis". */
function isSaidInAnotherLanguage(phrase: string, vocabulary: Vocabulary): boolean {
  return beginningsIn(phrase).flat().some((beginning) => vocabulary.holdsBeginning(beginning));
}

function isFree(phrase: string): boolean {
  return beginningsIn(phrase).some((beginnings) => beginnings.includes('gratis'));
}

const PRICES = new RegExp(
  '^(?:fee|cost|price|charge|gebühr|gebuehr|kosten|preis|frais|prix|coût|cout|tarif|precio|coste|costo|tasa|prezzo|preço|'
    + 'preco|custo|taxa|prijs|opłata|oplata|cena|koszt|avgift|pris|kostnad|gebyr|ücret|ucret|fiyat|стоимость|цена|плата|'
    + 'комиссия)$',
  'u',
);

/** `fee: 0`: what it is the price of is free. */
function costsNothing({ value, path }: Leaf): boolean {
  return value === 0 && wordsOfKey(path.at(-1) ?? '').some((word) => PRICES.test(word));
}

/** Short words stand in all facts and prove nothing. */
function words(phrase: string): readonly string[] {
  const found = phrase.match(/[\p{L}\p{M}]+/gu) ?? [];
  return found.filter(
    (word) =>
      word.length > 3 && !/^(?:will|your|everything|that|this|with|what|should|would|better|perfect)$/i.test(word),
  );
}

function patternsOf(language: string): readonly RegExp[] {
  const primary = language.toLowerCase().split('-')[0] ?? 'en';
  const known = patterns.get(primary);
  if (known) return known;
  const made = [...new Set(['en', primary])].flatMap((name) =>
    Object.hasOwn(tables().promises, name) ? [compile(tables().promises[name] ?? '', UNSPACED.includes(name))] : [],
  );
  if (patterns.size >= 100) patterns.clear();
  patterns.set(primary, made);
  return made;
}

function compile(list: string, isUnspaced: boolean): RegExp {
  const phrases = list.replace(/(?<=\p{L})\*/gu, '\\p{L}*');
  return isUnspaced ? new RegExp(phrases, 'gu') : new RegExp(`(?<!\\p{L})(?:${phrases})(?!\\p{L})`, 'giu');
}
