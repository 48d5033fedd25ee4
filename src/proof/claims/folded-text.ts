import { lazyPattern } from './lazy-pattern';

/** Where a variable's words stand in a text. */
export interface Span {
  readonly start: number;
  readonly end: number;
  readonly variable: string;
}

export interface SpannedText {
  readonly text: string;
  readonly spans: readonly Span[];
}

/** One stretch of a text; `variable` is set where the words still have to be proved. */
export interface Piece {
  readonly text: string;
  readonly variable?: string;
}

/** Joins pieces, each changed on its own, and remembers where the words to prove stand. */
export function joinPieces(pieces: readonly Piece[], change: (text: string) => string): SpannedText {
  let text = '';
  const spans: Span[] = [];
  for (const piece of pieces) {
    const start = text.length;
    text += change(piece.text);
    if (piece.variable !== undefined) spans.push({ start, end: text.length, variable: piece.variable });
  }
  return { text, spans };
}

/** Letters written without spaces, other than those that multiply the digits before them (5万 is 50,000). */
const SPACELESS_LETTER =
  '(?![十百千万萬億亿兆만억조천백])[\\p{Script=Han}\\p{Script=Hiragana}\\p{Script=Katakana}\\p{Script=Hangul}\\p{Script=Thai}\\p{Script=Khmer}\\p{Script=Lao}\\p{Script=Myanmar}]';
/** Arabic glues little words to a number: و2. */
const BESIDE_ARABIC = /(?<=(?<!\p{L})[وبلفك]{1,2})(?=[0-9])/gu;
const BESIDE_SPACELESS = lazyPattern(
  () => new RegExp(`(?<=${SPACELESS_LETTER})(?=[0-9])|(?<=[0-9])(?=${SPACELESS_LETTER})`, 'gu'),
);

/**
 * One spelling for what looks or counts the same: compatibility forms (NFKC), digits of all scripts, dashes,
 * apostrophes and spaces; invisible
 * characters and marks over digits are dropped; digits are set apart from letters of scripts without spaces, other
 * symbols become a quotation mark. Letters keep their accents, so that a look-alike host stays another host.
 */
export function foldText(text: string): string {
  // Most texts are plain already.
  if (PLAIN.test(text)) return text;
  return text
    .replace(/\u{1F51F}/gu, ' 10 ')
    .replace(/\u{1F4AF}/gu, ' 100 ')
    .replace(/[\u2160-\u216B\u2170-\u217B]/gu, (roman) => ` ${(roman.charCodeAt(0) % 16) + 1} `)
    .replace(/(?<=\d ?(?:km|m|cm|ft|км|м|см))[²³]/gu, (power) => (power === '²' ? '2' : '3'))
    .replace(/\p{No}/gu, ' $&')
    .normalize('NFKC')
    .replace(/[^\P{C}\n\t]|\p{Default_Ignorable_Code_Point}/gu, '')
    .replace(/(?![0-9])\p{Nd}/gu, foldDigit)
    .replace(/([0-9])\p{M}+/gu, '$1')
    .replace(BESIDE_SPACELESS(), ' ')
    .replace(BESIDE_ARABIC, ' ')
    .replace(/[\u2010-\u2015\u2212\uFE58\uFE63]/gu, '-')
    .replace(/[\u2018\u2019\u201B\u02BC\u00B4`]/gu, '\'')
    .replace(/\p{Zs}/gu, ' ')
    .replace(/[\u2028\u2029]/gu, '\n')
    .replace(/\u066A/gu, '%')
    .replace(/\u2044/gu, '/')
    .replace(/(?<=[A-Za-z0-9])[\u3002\uA4F8\u06D4](?=[A-Za-z0-9])/gu, '.')
    .replace(/(?![\0-\x7F\uFFFC])[^\p{L}\p{N}\p{M}\p{Sc}]/gu, '"');
}

/** Nothing of this is spelled otherwise; a digit may touch a letter as it is. */
const PLAIN = /^[\n\t\x20-\x5F\x61-\x7E]*$/;

const digits = new Map<string, string>();

/** Digits of a script stand in one row of ten, zero first; rows may touch. Unicode has some 700 of them. */
function foldDigit(digit: string): string {
  const known = digits.get(digit);
  if (known !== undefined) return known;
  const code = digit.codePointAt(0) ?? 0;
  let zero = code;
  while (/^\p{Nd}$/u.test(String.fromCodePoint(zero - 1))) zero -= 1;
  const folded = String((code - zero) % 10);
  digits.set(digit, folded);
  return folded;
}

/**
 * Replaces every match and moves the spans along; a span that touches a replaced stretch takes all of it. `readAs` is
 * another spelling of the
 * text, of the same length, in which the pattern is looked for. A match whose replacement is undefined stays as it is.
 */
export function replaceSpanned(
  from: SpannedText, pattern: RegExp, replacement: (match: RegExpExecArray) => string | undefined, readAs = from.text,
): SpannedText {
  const edits: Array<{ start: number; end: number; newStart: number; newEnd: number }> = [];
  let text = '';
  let last = 0;
  for (const match of matchesOf(pattern, readAs)) {
    const written = replacement(match);
    if (written === undefined) continue;
    text += from.text.slice(last, match.index);
    const newStart = text.length;
    text += written;
    last = match.index + match[0].length;
    edits.push({ start: match.index, end: last, newStart, newEnd: text.length });
  }
  if (edits.length === 0) return from;
  text += from.text.slice(last);
  const move = (place: number, inside: 'newStart' | 'newEnd'): number => {
    let shift = 0;
    for (const edit of edits) {
      if (edit.start >= place) break;
      if (edit.end > place) return edit[inside];
      shift = edit.newEnd - edit.end;
    }
    return place + shift;
  };
  return {
    text,
    spans: from.spans.map((span) => ({ ...span, start: move(span.start, 'newStart'), end: move(span.end, 'newEnd') })),
  };
}

/**
 * Every match of a global pattern. `matchAll` makes a new pattern at each call, which costs more than looking through a
 * short text.
 */
export function matchesOf(pattern: RegExp, text: string): readonly RegExpExecArray[] {
  const found: RegExpExecArray[] = [];
  pattern.lastIndex = 0;
  for (let match = pattern.exec(text); match; match = pattern.exec(text)) {
    found.push(match);
    if (match[0] === '') pattern.lastIndex += 1;
  }
  return found;
}
