import type { Claim, Reading } from './claim';
import { claim, take, takePlaces } from './claim';
import { calendarWords } from './calendar-words';
import { currencyOf } from './currencies';
import { matchesOf } from './folded-text';
import { unitOf } from './units';

/** A code of several parts, one of them with a digit and one with a capital: `TC-2027-3381`, `LK/7741-B`. */
const HYPHENATED =
  /(?<![\p{L}\p{N}_])#?(?=[A-Z0-9/_-]{0,60}[A-Z])(?=[A-Z/_-]{0,60}[0-9])[A-Z0-9]{1,24}(?:[-/_][A-Z0-9]{1,24}){1,6}(?![\p{L}\p{N}_]|-[\p{L}\p{N}])/gu;
/** A whole text that is one code, perhaps in groups: `OP 4471 8823 09`, `GB33 BUKB …`, `YD19 KXR`. */
const WHOLE = /^#?[\p{L}\p{N}]{1,34}(?:[ \-/._:#]{1,2}[\p{L}\p{N}]{1,24}){0,8}$/u;
const TOKEN = /[A-Za-z0-9\u00C0-\u024F\u0370-\u052F]+/gu;
/** Parts of a code at most, and characters of one. */
const MOST_PARTS = 9;
const LONGEST = 40;

/** Codes of the facts are matched however they are spaced: their key has neither separators nor capitals. */
export function codeKey(written: string): string {
  return `code ${squash(written)}`;
}

function squash(written: string): string {
  return written.replace(/[^\p{L}\p{N}]+/gu, '').toLowerCase();
}

/** The code that a whole text is; undefined for words, dates, plain numbers and numbers with a unit. */
export function wholeCode(text: string): string | undefined {
  if (text.length > LONGEST || !WHOLE.test(text) || !/\d/.test(text) || !/\p{L}/u.test(text)) return undefined;
  const parts = text.split(/[^\p{L}\p{N}]+/u).filter((part) => part !== '');
  // Words are not parts of a code: "flat 2", "Room 12".
  if (parts.some((part) => /^\p{L}+$/u.test(part) && !/^\p{Lu}{1,4}$/u.test(part))) return undefined;
  return isMeasure(parts, text) ? undefined : squash(text);
}

/** `KR-2027-4418`, `GBP/90311`: nobody writes an amount so, though the first letters name a currency. */
const NO_AMOUNT = /^#?\p{Lu}{2,4}(?:[/_]|-[\p{L}\p{N}]+[-/_])/u;

/** Dates, times, amounts and measures have readers of their own. */
function isMeasure(parts: readonly string[], written: string): boolean {
  const { months, weekdays } = calendarWords('en');
  return parts.some((part) => {
    const word = part.replace(/^\d+/, '').toLowerCase();
    const isNumber = /^\d/.test(part) || part === word;
    return (
      months.has(word) ||
      weekdays.has(word) ||
      (currencyOf(word.toUpperCase()) !== undefined && !NO_AMOUNT.test(written)) ||
      /^\d{1,2}(?:h|u|hs|hrs|uhr)\d{0,2}$/i.test(part) ||
      (isNumber &&
        word !== '' &&
        part !== word &&
        (unitOf(word) !== undefined || /^(?:[ap]m|h|st|nd|rd|th|bn|k|m|p)$/.test(word)))
    );
  }) || /^\d{4}-\d{2}-\d{2}T/.test(parts.join('-'));
}

/** Takes the codes that the facts hold, in any grouping. */
export function readKnownCodes(reading: Reading, codes: ReadonlySet<string>): void {
  if (codes.size === 0) return;
  const tokens = matchesOf(TOKEN, reading.text)
    .map((match) => ({ start: match.index, end: match.index + match[0].length, text: match[0].toLowerCase() }));
  const claims: Claim[] = [];
  for (let at = 0; at < tokens.length; at += 1) {
    const last = lastPart(reading.text, tokens, at, codes);
    const first = tokens[at];
    const end = last === undefined ? undefined : tokens[last]?.end;
    if (first === undefined || last === undefined || end === undefined) continue;
    claims.push({ ...claim('number', codeKey(reading.text.slice(first.start, end))), start: first.start, end });
    at = last;
  }
  takePlaces(reading, claims);
}

interface Token {
  readonly start: number;
  readonly end: number;
  readonly text: string;
}

/** The last of the parts that make the longest known code from here. */
function lastPart(text: string, tokens: readonly Token[], at: number, codes: ReadonlySet<string>): number | undefined {
  let squashed = '';
  let found: number | undefined;
  for (let next = at; next < Math.min(tokens.length, at + MOST_PARTS); next += 1) {
    const token = tokens[next];
    const before = tokens[next - 1];
    if (!token || (next > at && before && !/^[ \-/._:#]{0,2}$/.test(text.slice(before.end, token.start)))) break;
    squashed += token.text;
    if (squashed.length > LONGEST) break;
    if (codes.has(squashed)) found = next;
  }
  // A hyphen that goes on makes another code of it.
  const end = found === undefined ? undefined : tokens[found]?.end;
  return end !== undefined && /^[-/_][\p{L}\p{N}]/u.test(text.slice(end, end + 2)) ? undefined : found;
}

/** Takes codes of several parts that are not known: nothing but the same code proves them. */
export function readHyphenatedCodes(reading: Reading): void {
  take(reading, HYPHENATED, ([written]) => {
    if (isMeasure(written.split(/[-/_#]/).filter((part) => part !== ''), written)) return undefined;
    return [claim(/\d{7}/.test(written) ? 'telephone' : 'number', codeKey(written))];
  });
}
