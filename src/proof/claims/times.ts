import type { ClaimBody, Reading } from './claim';
import { claim, take } from './claim';
import { DIGIT_START, LETTER, WORD_END, WORD_START } from './word-boundary';

const HALF_DAY = '(?<half>a\\.?m\\.?|p\\.?m\\.?)' + WORD_END;
const WITH_HALF_DAY = new RegExp(`${DIGIT_START}(?<hour>\\d{1,2})(?:[:.](?<minute>\\d{2}))?(?::(?<second>\\d{2}))? ?${HALF_DAY}`, 'giu');
const CLOCK = new RegExp(`${DIGIT_START}(?<hour>\\d{1,2}):(?<minute>\\d{2})(?::(?<second>\\d{2}))?(?!:\\d)${WORD_END}`, 'gu');
const HOUR_WORD = new RegExp(`${DIGIT_START}(?<hour>\\d{1,2})(?:(?:[:.](?<minute>\\d{2}))? ?Uhr| ?h ?(?<after>\\d{2})?)${WORD_END}`, 'giu');
const NAMED = new RegExp(`${WORD_START}(?<name>noon|midday|midnight)${WORD_END}`, 'giu');
/** `2:1`, a degree or a ratio. */
const RATIO = new RegExp(`${DIGIT_START}\\d+:\\d+${WORD_END}`, 'gu');

/** Hours that leave the half of the day open: `9 o'clock`, `at 9.` */
const BARE_HOURS: readonly RegExp[] = [
  new RegExp(`${DIGIT_START}(?<hour>\\d{1,2}) ?o'clock${WORD_END}`, 'giu'),
  // "at 7 hospitals" counts hospitals.
  new RegExp(`(?=\\d)(?<=${WORD_START}(?:at|by|until|till) )(?<hour>\\d{1,2})(?=[.,;!?)]?(?:$|\\s)(?!${LETTER}*s${WORD_END}))`, 'giu'),
];
/** Once words are digits: `half past 9`, `quarter to 10`, `20 past 8`. */
const PAST_OR_TO = new RegExp(`${WORD_START}(?:(?:0\\.5|quarter) (?:past|to|after|before)|\\d{1,2} (?:minutes )?past) \\d{1,2}${WORD_END}`, 'giu');

/** Takes times of day; half past two in the afternoon is 14:30, whichever way it is written. Zones are not compared. */
export function readTimes(reading: Reading): void {
  take(reading, WITH_HALF_DAY, ({ groups = {} }) => {
    const hour = Number(groups.hour);
    if (hour < 1 || hour > 12) return undefined;
    const afternoon = (groups.half ?? '').toLowerCase().startsWith('p');
    return found(timeClaim((hour % 12) + (afternoon ? 12 : 0), Number(groups.minute ?? 0), Number(groups.second ?? 0)));
  });
  take(reading, CLOCK, ({ groups = {} }) => found(timeClaim(Number(groups.hour), Number(groups.minute), Number(groups.second ?? 0))));
  take(reading, HOUR_WORD, ({ groups = {} }) => found(timeClaim(Number(groups.hour), Number(groups.minute ?? groups.after ?? 0), 0)));
  take(reading, NAMED, ({ groups = {} }) => found(timeClaim((groups.name ?? '').toLowerCase() === 'midnight' ? 0 : 12, 0, 0)));
  for (const pattern of BARE_HOURS) take(reading, pattern, ({ groups = {} }) => [claim('time', `hour ${Number(groups.hour)}`)]);
  take(reading, PAST_OR_TO, ([match]) => [claim('time', `spelled ${match.toLowerCase()}`)]);
  take(reading, RATIO, ([match]) => [claim('number', `spelled ${match}`)]);
}

/** Undefined for what no clock shows. A full hour also proves the bare hour of either half of the day. */
export function timeClaim(hour: number, minute: number, second: number): ClaimBody | undefined {
  if (hour > 23 || minute > 59 || second > 59) return undefined;
  const body = claim('time', [hour, minute, second].map((part) => String(part).padStart(2, '0')).join(':'));
  return minute + second > 0 ? body : { ...body, offers: [...body.offers, `time:hour ${hour}`, `time:hour ${hour % 12 || 12}`] };
}

function found(body: ClaimBody | undefined): readonly ClaimBody[] | undefined {
  return body && [body];
}
