import { lazyPattern } from './lazy-pattern';
import type { Claim, ClaimBody, Reading } from './claim';
import { take, takePlaces } from './claim';
import { numberKeys } from './number-literal';
import { RANGE_LINK } from './ranges';
import { dottedTimeKeys, timeClaim } from './time-keys';
import { unitBehind } from './units';
import { DIGIT_START, WORD_END, WORD_START } from './word-boundary';

/** `from 10`, `alle 15`: an hour or a plain number, whichever the facts hold. */
export function hourOrNumber(match: RegExpExecArray, language: string): readonly ClaimBody[] | undefined {
  const { hour = '', minute } = match.groups ?? {};
  const end = match.index + match[0].length;
  if (Number(hour) > 24 || (minute === undefined && unitBehind(match.input, end))) return undefined;
  return [lenient(hour, minute, language)];
}

function lenient(hour: string, minute: string | undefined, language: string): ClaimBody {
  const written = minute === undefined ? hour : `${hour}.${minute}`;
  const numbers = numberKeys(written, language).map((key) => `number:${key}`);
  // `14.00` is written for times only.
  return { kind: 'number', needs: [...(minute === '00' ? [] : numbers), `time:hour ${Number(hour)}`, ...dottedTimeKeys(Number(hour), Number(minute ?? 0))].filter((key) => minute === undefined || !key.startsWith('time:hour')), offers: numbers };
}

const RANGE_BEFORE = lazyPattern(() => new RegExp(`(?<![\\p{L}\\p{N}.,:'/-])(?<hour>\\d{1,2})(?:[:.](?<minute>\\d{2}))?${RANGE_LINK}$`, 'iu'));
/** Characters before a time in which the other end of its range stands. */
const RANGE_WIDTH = 24;
/** `8-18` behind a weekday: hours or numbers. */
const BARE_RANGE = lazyPattern(() => new RegExp(
  `${DIGIT_START}(?<!\\d[ ()-])(?<hour>\\d{1,2})(?:[:.](?<minute>\\d{2}))? ?- ?(?<end>\\d{1,2})(?:[:.](?<endMinute>\\d{2}))?(?![-\\d.,/%]*\\d)${WORD_END}(?! ?[\\p{Sc}%-])`, 'giu',
));
const RANGE_OF_NUMBERS = lazyPattern(() => new RegExp(
  `(?<=${WORD_START}(?:between|from|von|zwischen|de|entre|dalle|tra|fra|van|tussen|od|między|mellan|mellem|mellom|från|fra|das|desde|с|между|із|з) (?:las |le |les |klockan |kl\\.? |klokken |godz\\.? |ore )?)(?<hour>\\d{1,2})(?:[:.](?<minute>\\d{2}))?${RANGE_LINK}(?:le |las? |les )?(?<end>\\d{1,2})(?:[:.](?<endMinute>\\d{2}))?(?![\\d.,]\\d|\\d)${WORD_END}`,
  'giu',
));

/** Both ends; a fact with minutes (`9.00-17.30`) proves times. */
function rangeClaims(
  first: readonly [string, string | undefined], second: readonly [string, string | undefined], language: string,
): readonly ClaimBody[] {
  const isClock = first[1] !== undefined || second[1] !== undefined;
  return [first, second].map(([hour, minute]) => {
    const body = lenient(hour, minute, language);
    const times = isClock ? timeClaim(Number(hour), Number(minute ?? 0), 0)?.offers ?? [] : [];
    return { ...body, offers: [...body.offers, ...times] };
  });
}

/**
 * The half of the day, or the word for hours, that both ends of a range share: `between 1 and 5 pm`,
 * `von 9 bis 18 Uhr`.
 */
export function shareRanges(reading: Reading, language: string): void {
  const times = reading.claims.filter(({ kind }) => kind === 'time');
  const shared: Claim[] = [];
  for (const { start } of times) {
    const from = Math.max(0, start - RANGE_WIDTH);
    const match = RANGE_BEFORE().exec(reading.text.slice(from, start));
    if (!match) continue;
    const { hour = '', minute } = match.groups ?? {};
    const begin = from + match.index;
    const end = begin + hour.length + (minute === undefined ? 0 : minute.length + 1);
    const body = lenient(hour, minute, language);
    const offers = [...body.offers, ...timeClaim(Number(hour), Number(minute ?? 0), 0)?.offers ?? []];
    shared.push({ ...body, offers, kind: 'time', start: begin, end });
  }
  takePlaces(reading, shared);
  take(reading, BARE_RANGE(), (match) => {
    const { hour = '', minute, end = '', endMinute } = match.groups ?? {};
    if (Number(hour) > 24 || Number(end) > 24) return undefined;
    if (unitBehind(match.input, match.index + match[0].length)) return undefined;
    return rangeClaims([hour, minute], [end, endMinute], language);
  });
  take(reading, RANGE_OF_NUMBERS(), (match) => {
    const { hour = '', minute, end = '', endMinute } = match.groups ?? {};
    if (Number(hour) > 24 || Number(end) > 24) return undefined;
    if (unitBehind(match.input, match.index + match[0].length)) return undefined;
    return rangeClaims([hour, minute], [end, endMinute], language);
  });
}
