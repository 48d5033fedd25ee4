import { tables } from '../words/tables';
import { currencyOf } from './currencies';
import type { SpannedText } from './folded-text';
import { replaceSpanned } from './folded-text';
import { writeFloors } from './floors';
import { unitBehind } from './units';
import { LETTER, WORD_END, WORD_START } from './word-boundary';

interface NumberWords {
  readonly pattern: RegExp;
  readonly values: ReadonlyMap<string, number>;
  readonly ambiguous: ReadonlySet<string>;
}

const known = new Map<string, NumberWords | undefined>();

/** Writes the number words of a language other than English as digits: `fünfzig`, `treinta y cinco`, `三`. */
export function writeForeignNumbersAsDigits(text: SpannedText, language: string): SpannedText {
  const [primary = ''] = language.toLowerCase().split('-');
  if (HAN_LANGUAGES.has(primary)) return writeHanNumbers(text);
  const words = wordsOf(primary === 'no' ? 'nb' : primary);
  if (!words) return text;
  const readable = writeFloors(text, primary);
  const plain = withoutAccents(readable.text);
  return replaceSpanned(
    readable,
    words.pattern,
    (match) => replacementOf(match, words),
    plain.length === readable.text.length ? plain : readable.text,
  );
}

function replacementOf(match: RegExpExecArray, { values, ambiguous }: NumberWords): string | undefined {
  const phrase = match[0].toLowerCase();
  const words = phrase.split(/(?<= )|(?= )/).map((word) => word.trim()).filter((word) => word !== '');
  const whole = values.get(phrase);
  if (whole !== undefined) return ambiguous.has(phrase) && !countsSomething(match) ? undefined : String(whole);
  if (isAscending(words, values)) return words.map((word) => String(values.get(word) ?? word)).join(' ');
  let total = 0;
  for (const word of words) {
    const value = values.get(word);
    if (value === undefined) continue;
    total = value === 1000 ? Math.max(total, 1) * 1000 : total + value;
  }
  return total === 0 ? undefined : String(total);
}

/** "Cinque e venti" is no twenty-five: it is two numbers. */
function isAscending(words: readonly string[], values: ReadonlyMap<string, number>): boolean {
  const numbers = words.flatMap((word) => values.get(word) ?? []);
  return numbers.some((value, index) => value < 100 && (numbers[index - 1] ?? Infinity) < value);
}

/** What follows is a unit or a currency. */
function countsSomething(match: RegExpExecArray): boolean {
  const end = match.index + match[0].length;
  const [, word = ''] = /^ ([\p{L}]+)/u.exec(match.input.slice(end, end + 24)) ?? [];
  return unitBehind(match.input, end) !== undefined || unitBehind(` ${word.replace(/s$/u, '')}`, 0) !== undefined || (word !== '' && currencyOf(word) !== undefined);
}

function wordsOf(language: string): NumberWords | undefined {
  if (known.has(language)) return known.get(language);
  const made = makeWords(language);
  known.set(language, made);
  return made;
}

function makeWords(language: string): NumberWords | undefined {
  const { numberWords } = tables();
  const lists = Object.hasOwn(numberWords, language) ? numberWords[language] : undefined;
  if (!lists) return undefined;
  const [atoms = '', pattern = '', exceptions = '', ambiguous = ''] = lists;
  const values = new Map<string, number>();
  const byValue = new Map<number, string>();
  for (const [word, value] of readList(atoms)) {
    values.set(word, value);
    if (!byValue.has(value)) byValue.set(value, word);
  }
  for (let tens = 20; tens < 100; tens += 10) {
    for (let units = 1; units < 10; units += 1) {
      const word = compose(pattern, byValue.get(tens), byValue.get(units));
      if (word !== undefined && !values.has(word)) values.set(word, tens + units);
    }
  }
  for (const [word, value] of readList(exceptions)) values.set(word, value);
  const alternatives = [...values.keys()].sort((left, right) => right.length - left.length).join('|');
  const one = `(?:${alternatives})`;
  return {
    values,
    ambiguous: new Set(ambiguous.split('|').map(withoutAccents)),
    pattern: new RegExp(
      `(?<!${LETTER}['-]?|(?:per|por|pour|τοις) )${WORD_START}${one}(?: (?:y |e |et |und `
        + `)?${one}){0,3}(?!-?${LETTER})${WORD_END}`,
      'giu',
    ),
  };
}

function compose(pattern: string, tens: string | undefined, units: string | undefined): string | undefined {
  if (tens === undefined || units === undefined) return undefined;
  const unit = pattern.includes('und') && units === 'eins' ? 'ein' : units;
  return withoutAccents(pattern).replace(/[TU]/g, (part) => (part === 'T' ? tens : unit));
}

function readList(list: string): ReadonlyArray<readonly [string, number]> {
  return list === '' ? [] : list.split('|').map((entry) => {
    const at = entry.lastIndexOf(' ');
    return [withoutAccents(entry.slice(0, at)), Number(entry.slice(at + 1))] as const;
  });
}

/** Small differences of spelling (`dieciseis`, `трех`) do not matter; the length stays the same. */
function withoutAccents(text: string): string {
  return [...text].map((letter) => (/[À-ɏЀ-ӿ]/u.test(letter) ? plainLetter(letter) : letter)).join('');
}

function plainLetter(letter: string): string {
  const [first = letter] = letter.normalize('NFD');
  return first;
}

const HAN_LANGUAGES = new Set(['zh', 'ja', 'ko', 'yue']);
const HAN_DIGITS = '〇零一二三四五六七八九';
const HAN_NUMBER =
  /(?<![周週期第一二三四五六七八九十百千])(?!十分)[一二两兩三四五六七八九十百千]{1,6}(?= ?(?:个月|個月|か月|ヶ月|小时|小時|時間|分钟|分鐘|分間|分|天|日|号|个|個|名|人|位|件|本|台|间|間|室|楼|階|层|年|月|周|週|时|時|点|點|秒|元|円|块|次|回|岁|歳|张|枚|泊|つ))/gu;

function writeHanNumbers(text: SpannedText): SpannedText {
  return replaceSpanned(text, HAN_NUMBER, ([written]) => {
    const value = readHan(written);
    // One is an article and a part of many words.
    return value < 2 ? undefined : ` ${value} `;
  });
}

function readHan(written: string): number {
  let total = 0;
  let current = 0;
  for (const sign of written) {
    const magnitude = { 十: 10, 百: 100, 千: 1000 }[sign];
    if (magnitude === undefined) {
      current = sign === '两' || sign === '兩' ? 2 : HAN_DIGITS.indexOf(sign) - 1;
    } else {
      total += Math.max(current, 1) * magnitude;
      current = 0;
    }
  }
  return total + current;
}
