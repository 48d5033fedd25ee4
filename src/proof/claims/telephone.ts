import { CALLING_CODES } from '../words/calling-codes';
import { lazyPattern } from './lazy-pattern';
import type { Reading } from './claim';
import { matchesOf } from './folded-text';
import { claim, MASK, take } from './claim';
import { numberKeys } from './number-literal';
import { WORD_END, WORD_START } from './word-boundary';

/** Fewer digits are a short number, which only its surroundings make one to call. */
const FEWEST_DIGITS = 7;

/**
 * `text YES to 88440`, `call our team on 0345`: a number that the reader should use. The look-ahead comes first because
 * it is cheap.
 */
const SHORT_NUMBER = lazyPattern(
  () =>
    new RegExp(
      `(?=\\d{3,6}${WORD_END})(?<=${WORD_START}` +
        '(?:[Cc]all|[Dd]ial|[Rr]ing|[Pp]hone|[Tt]elephone|[Tt]el|[Tt]ext|SMS|[Ss]ms|[Ff]ax|[Ww]hats[Aa]pp|(?:[Oo]ur|[Hh]elp|[Hh]ot|[Pp]hone|[Mm]obile|[Oo]ffice|[Cc]ontact) ?(?:[Nn]umber|[Ll]ine))[:.]?' +
        '(?: (?:us|me|our|the|this|team|office|number|line|now|back|free|toll|is|on|at|to|[A-Z]{2,12})){0,6}:? '
        + ')\\d{3,6}',
      'gu',
    ),
);

/** Takes runs of digits that can be dialled, however they are spaced out; years in a row are none. */
export function readTelephones(reading: Reading): void {
  let masked = '';
  let from = 0;
  for (const { start, end } of dialledRuns(reading.text)) {
    reading.claims.push({ ...claim('telephone', telephoneDigits(reading.text.slice(start, end))), start, end });
    masked += reading.text.slice(from, start) + MASK.repeat(end - start);
    from = end;
  }
  if (from > 0) reading.text = masked + reading.text.slice(from);
  take(reading, SHORT_NUMBER(), ([digits]) => {
    const toDial = claim('telephone', digits);
    const offers = numberKeys(digits, 'en').map((key) => `number:${key}`);
    return [toDial, { kind: 'number', needs: [...offers, ...toDial.needs], offers }];
  });
}

/** The digits that a telephone would dial: without `00` or `+`, without the `(0)` after a country's code. */
export function telephoneDigits(written: string): string {
  return written.replace(/\(0\)/, '').replace(/\D/g, '').replace(/^00(?=[1-9])/, '');
}

/** National prefixes by calling code. */
const NATIONAL_PREFIXES: ReadonlyMap<string, string> = new Map(
  Object.entries(CALLING_CODES).flatMap(([prefix, codes]) => codes.split(' ').map((code) => [code, prefix] as const)),
);

/**
 * How an international number (digits without `+`) is written in its own country: with the country's prefix and
 * without.
 */
export function nationalForms(digits: string): readonly string[] {
  for (const length of [1, 2, 3]) {
    const prefix = NATIONAL_PREFIXES.get(digits.slice(0, length));
    const rest = digits.slice(length);
    // Many leave the prefix away: `(11) 3333-0199`.
    if (prefix !== undefined) return rest.length < FEWEST_DIGITS ? [] : [...new Set([`${prefix}${rest}`, rest])];
  }
  return [];
}

const DIGITS = /\d+/g;

interface Run {
  readonly start: number;
  readonly end: number;
}

function dialledRuns(text: string): readonly Run[] {
  const found: Run[] = [];
  let groups: Run[] = [];
  const finish = () => {
    const run = dialled(text, groups);
    if (run) found.push(run);
    groups = [];
  };
  for (const { index, 0: digits } of matchesOf(DIGITS, text)) {
    const group = { start: index, end: index + digits.length };
    const last = groups.at(-1);
    if (last && !continuesRun(text, last, group)) finish();
    groups.push(group);
  }
  finish();
  return found;
}

/** Lists (`7, 8`) are not a run unless they are spelled-out single digits. */
function continuesRun(text: string, last: Run, next: Run): boolean {
  const gap = text.slice(last.end, next.start);
  if (/^[ ().\-/*+_#~|·•\n\t]{1,3}$/u.test(gap)) return true;
  return last.end - last.start === 1 && next.end - next.start === 1 && /^[ ,;:]{1,3}$/.test(gap);
}

function dialled(text: string, groups: readonly Run[]): Run | undefined {
  const [first] = groups;
  const last = groups.at(-1);
  if (!first || !last) return undefined;
  const digits = groups.reduce((sum, { start, end }) => sum + end - start, 0);
  const years = groups.every(({ start, end }) => /^(?:19|20)\d\d$/.test(text.slice(start, end)));
  if (digits < FEWEST_DIGITS || years) return undefined;
  const [opening = ''] = /[+(]{0,2}$/.exec(text.slice(Math.max(0, first.start - 2), first.start)) ?? [];
  return { start: first.start - opening.length, end: last.end };
}
