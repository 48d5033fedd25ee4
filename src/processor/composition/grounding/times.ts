import type { ClaimBody, Reading } from './claim';
import { claim, take } from './claim';
import { DIGIT_START, WORD_END, WORD_START } from './word-boundary';

const HALF_DAY = '(?<half>a\\.?m\\.?|p\\.?m\\.?)(?!\\p{L}|\\p{N})';
const WITH_HALF_DAY = new RegExp(`${DIGIT_START}(?<hour>\\d{1,2})(?:[:.](?<minute>\\d{2}))?(?::(?<second>\\d{2}))? ?${HALF_DAY}`, 'giu');
const CLOCK = new RegExp(`${DIGIT_START}(?<hour>\\d{1,2}):(?<minute>\\d{2})(?::(?<second>\\d{2}))?(?!:\\d)${WORD_END}`, 'gu');
const HOUR_WORD = new RegExp(`${DIGIT_START}(?<hour>\\d{1,2})(?:(?:[:.](?<minute>\\d{2}))? ?Uhr| ?h ?(?<after>\\d{2})?)${WORD_END}`, 'giu');
const NAMED = new RegExp(`${WORD_START}(?<name>noon|midday|midnight)${WORD_END}`, 'giu');
/** `2:1`, a degree or a ratio. */
const RATIO = new RegExp(`${DIGIT_START}\\d+:\\d+${WORD_END}`, 'gu');

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
  take(reading, RATIO, ([match]) => [claim('number', `spelled ${match}`)]);
}

/** Undefined for what no clock shows. */
export function timeClaim(hour: number, minute: number, second: number): ClaimBody | undefined {
  if (hour > 23 || minute > 59 || second > 59) return undefined;
  return claim('time', [hour, minute, second].map((part) => String(part).padStart(2, '0')).join(':'));
}

function found(body: ClaimBody | undefined): readonly ClaimBody[] | undefined {
  return body && [body];
}
