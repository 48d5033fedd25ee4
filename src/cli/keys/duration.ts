import { InvalidArgumentError } from 'commander';

const UNITS = { m: 60_000, h: 3_600_000, d: 86_400_000 } as const;

/** Milliseconds of `30m`, `24h` or `7d`; `0` for none. */
export function duration(text: string): number {
  if (text === '0') return 0;
  const [, count, unit] = /^(\d{1,4})([mhd])$/.exec(text) ?? [];
  if (count === undefined || !(unit === 'm' || unit === 'h' || unit === 'd')) {
    throw new InvalidArgumentError('Give a time such as 30m, 24h or 7d, or 0.');
  }
  return Number(count) * UNITS[unit];
}
