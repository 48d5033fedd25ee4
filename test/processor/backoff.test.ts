import { TIMES, WAITS } from '../../src/core/lifecycle/limits';
import type { Pace } from '../../src/processor/backoff';
import { retryMoment } from '../../src/processor/backoff';

const NOW = Date.parse('2026-11-02T09:00:00.000Z');
const SECOND = 1000;
const MINUTE = 60 * SECOND;
const HOUR = 60 * MINUTE;

function delay(asked: {
  readonly pace?: Pace;
  readonly waits?: number;
  readonly jitter?: number;
  readonly retryAfterSeconds?: number;
  readonly left?: number;
  readonly now?: number;
}): number | undefined {
  const { pace = 'soon', waits = 0, jitter = 0.5, retryAfterSeconds, left = 48 * HOUR, now = NOW } = asked;
  const moment = retryMoment({
    pace,
    waits,
    now,
    sendBefore: now + left,
    random: () => jitter,
    ...(retryAfterSeconds === undefined ? {} : { retryAfterSeconds }),
  });
  return moment === undefined ? undefined : moment - now;
}

const JUST_BELOW_ONE = 1 - 2 ** -53;

describe('a wait of our own', () => {
  test('grows with every wait, up to half an hour', () => {
    const longest = [0, 1, 2, 3, 8, 9, 50].map((waits) => delay({ waits, jitter: JUST_BELOW_ONE }));
    expect(longest.map((milliseconds) => Math.round((milliseconds ?? 0) / SECOND))).toEqual([
      5, 10, 20, 40, 1280, 1800, 1800,
    ]);
  });

  test('lies anywhere between a second and its longest, as the jitter says', () => {
    expect(delay({ waits: 6, jitter: 0 })).toBe(SECOND);
    expect(delay({ waits: 6, jitter: 0.25 })).toBe(80 * SECOND);
    expect(delay({ waits: 6, jitter: 0.75 })).toBe(240 * SECOND);
  });

  test('bends to a last try within the time in which the message is of use', () => {
    expect(delay({ waits: 20, jitter: 0.9, left: 2 * MINUTE })).toBe(2 * MINUTE - TIMES.sendWindow);
  });

  test('is not taken if no send fits into the time that is left', () => {
    expect(delay({ left: TIMES.sendWindow })).toBeUndefined();
    expect(delay({ left: TIMES.sendWindow + 1 })).toBe(1);
  });

  test('is not taken a hundredth-and-first time', () => {
    expect(delay({ waits: WAITS - 1 })).toBeDefined();
    expect(delay({ waits: WAITS })).toBeUndefined();
  });
});

test('all waits that are allowed last for about a day', () => {
  const total = Array.from({ length: WAITS }, (_none, waits) => delay({ waits }) ?? 0).reduce(
    (sum, milliseconds) => sum + milliseconds,
    0,
  );
  expect(total / HOUR).toBeGreaterThan(20);
  expect(total / HOUR).toBeLessThan(30);
});

describe('a wait that a vendor asked for', () => {
  test('is at least as long as asked, and spread by up to a quarter', () => {
    expect(delay({ retryAfterSeconds: 60, jitter: 0 })).toBe(60 * SECOND);
    expect(delay({ retryAfterSeconds: 60, jitter: JUST_BELOW_ONE })).toBe(75 * SECOND);
  });

  test('gives way to our own where that is longer, so that asking for nothing does not use up the waits at once', () => {
    expect(delay({ retryAfterSeconds: 0, waits: 6 })).toBe(160 * SECOND);
  });

  test('is not believed beyond twelve hours', () => {
    expect(delay({ retryAfterSeconds: 1e9, jitter: 0 })).toBe(12 * HOUR);
  });

  test('is never shortened: where it exceeds the time that is left, nothing is tried', () => {
    expect(delay({ retryAfterSeconds: 130, jitter: 0, left: 2 * MINUTE })).toBeUndefined();
  });

  test('lets our own wait bend to a last try, but not below it', () => {
    expect(delay({ retryAfterSeconds: 60, waits: 20, jitter: 0, left: 2 * MINUTE })).toBe(60 * SECOND);
    expect(delay({ retryAfterSeconds: 60, waits: 20, jitter: 0.9, left: 2 * MINUTE })).toBe(
      2 * MINUTE - TIMES.sendWindow,
    );
  });
});

test('a fault of configuration is given a quarter of an hour, however often it was met', () => {
  expect(delay({ pace: 'after_configuration', jitter: 0 })).toBe(10 * MINUTE);
  expect(delay({ pace: 'after_configuration', jitter: 0.5, waits: 90 })).toBe(15 * MINUTE);
});

describe('a wait for the next day', () => {
  test('ends within half an hour after midnight, UTC', () => {
    expect(delay({ pace: 'next_day', jitter: 0 })).toBe(15 * HOUR);
    expect(delay({ pace: 'next_day', jitter: 0.5 })).toBe(15 * HOUR + 15 * MINUTE);
  });

  test('lasts an hour at least', () => {
    expect(delay({ pace: 'next_day', jitter: 0, now: Date.parse('2026-11-02T23:59:00.000Z') })).toBe(HOUR);
  });

  test('does not bend: a message that is of no use tomorrow is not tried today', () => {
    expect(delay({ pace: 'next_day', jitter: 0, left: 10 * HOUR })).toBeUndefined();
  });
});
