import { TIMES, WAITS } from '../core/lifecycle/limits';

/** `soon`: exponential. `next_day`: the vendor's daily limit. `after_configuration`: as long as a person needs. */
export type Pace = 'soon' | 'next_day' | 'after_configuration';

const SECOND = 1000;
const MINUTE = 60 * SECOND;
const HOUR = 60 * MINUTE;
const DAY = 24 * HOUR;

const SHORTEST = SECOND;
const FIRST = 5 * SECOND;
const LONGEST = 30 * MINUTE;
/** A vendor that asks for more is not believed. */
const LONGEST_ASKED = 12 * HOUR;

/**
 * The moment at which a message that could not go on is tried again (milliseconds since 1970); undefined: it has waited
 * too often, or would be of no use any more. Full jitter, so that messages which failed together do not come back
 * together.
 */
export function retryMoment(wait: {
  readonly pace: Pace;
  /** What the vendor or the model asked for: never shortened. */
  readonly retryAfterSeconds?: number;
  /** Waits before this one. */
  readonly waits: number;
  readonly now: number;
  /** The message is of no use after this moment. */
  readonly sendBefore: number;
  readonly random: () => number;
}): number | undefined {
  const { pace, waits, now, random } = wait;
  const latest = wait.sendBefore - TIMES.sendWindow;
  if (waits >= WAITS || latest <= now) return undefined;
  const asked = askedDelay(wait.retryAfterSeconds, random);
  const delay = Math.max(asked, ownDelay(pace, waits, now, random));
  if (now + delay <= latest) return now + delay;
  // Our own pace bends to a last try in time; the vendor's does not.
  const bends = pace !== 'next_day' && now + asked <= latest;
  return bends ? latest : undefined;
}

function askedDelay(seconds: number | undefined, random: () => number): number {
  if (seconds === undefined) return 0;
  const asked = Math.min(seconds * SECOND, LONGEST_ASKED);
  return Math.ceil(asked * (1 + random() / 4));
}

function ownDelay(pace: Pace, waits: number, now: number, random: () => number): number {
  switch (pace) {
    case 'soon':
      return Math.max(SHORTEST, Math.floor(random() * Math.min(LONGEST, FIRST * 2 ** waits)));
    case 'after_configuration':
      return Math.floor(10 * MINUTE + random() * 10 * MINUTE);
    case 'next_day': {
      const midnight = (Math.floor(now / DAY) + 1) * DAY;
      return Math.max(midnight - now, HOUR) + Math.floor(random() * 30 * MINUTE);
    }
  }
}
