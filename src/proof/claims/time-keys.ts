import type { ClaimBody } from './claim';
import { claim } from './claim';

/** Undefined for what no clock shows. A full hour also proves the bare hour of either half of the day. */
export function timeClaim(hour: number, minute: number, second: number): ClaimBody | undefined {
  if (hour > 23 || minute > 59 || second > 59) return undefined;
  const body = claim('time', [hour, minute, second].map((part) => String(part).padStart(2, '0')).join(':'));
  if (second > 0) return body;
  return { ...body, offers: [...body.offers, ...(minute === 0 ? [`time:hour ${hour}`] : []), eitherKey(hour, minute)] };
}

/** Keys of a time by which a number written `6.20` may be proved. */
export function dottedTimeKeys(hour: number, minute: number): readonly string[] {
  if (hour > 23 || minute > 59) return [];
  const exact = timeClaim(hour, minute, 0)?.needs ?? [];
  return hour >= 1 && hour <= 12 ? [...exact, eitherKey(hour, minute)] : exact;
}

/** A time of which the half of the day is open. */
export function eitherKey(hour: number, minute: number): string {
  return minute === 0 ? `time:hour ${hour % 12 || 12}` : `time:either ${hour % 12 || 12}:${String(minute).padStart(2, '0')}`;
}
