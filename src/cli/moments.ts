const SECOND = 1000;
const MINUTE = 60 * SECOND;
const HOUR = 60 * MINUTE;
const DAY = 24 * HOUR;

/** A moment in UTC, and how far it is away: `2026-11-02 09:10:00Z, in 8 min`. */
export function moment(at: string, now: number): string {
  const distance = Date.parse(at) - now;
  if (Number.isNaN(distance)) return at;
  const away = duration(Math.abs(distance));
  return `${instant(at)}, ${distance > 0 ? `in ${away}` : `${away} ago`}`;
}

/** A moment in UTC to the second. */
export function instant(at: string): string {
  return /^\d{4}-\d\d-\d\dT/.test(at) ? `${at.slice(0, 19).replace('T', ' ')}Z` : at;
}

export function duration(milliseconds: number): string {
  if (milliseconds < 10 * SECOND) return `${(milliseconds / SECOND).toFixed(1)} s`;
  if (milliseconds < 2 * MINUTE) return `${Math.round(milliseconds / SECOND)} s`;
  if (milliseconds < 2 * HOUR) return `${Math.round(milliseconds / MINUTE)} min`;
  return milliseconds < 2 * DAY ? `${Math.round(milliseconds / HOUR)} h` : `${Math.round(milliseconds / DAY)} days`;
}
