import { backAt, isStaffed, isTimeZone, localTime } from '../../../src/core/company/opening-hours';

const LONDON = {
  time_zone: 'Europe/London',
  hours: { monday: '09:00-17:30', tuesday: '09:00-17:30', friday: '09:00-16:00' },
} as const;

const at = (instant: string) => Date.parse(instant);

test('a person is there within the hours, by the clocks of the time zone', () => {
  // London is an hour ahead of UTC in summer.
  expect(isStaffed(LONDON, at('2026-07-06T08:00:00Z'))).toBe(true);
  expect(isStaffed(LONDON, at('2026-07-06T07:59:00Z'))).toBe(false);
  expect(isStaffed(LONDON, at('2026-07-06T16:30:00Z'))).toBe(false);
  expect(isStaffed(LONDON, at('2026-11-30T17:29:00Z'))).toBe(true);
});

test('without hours a person is always there, but for the days that are closed', () => {
  const always = { time_zone: 'UTC', closed_on: ['2026-12-25'] };
  expect(isStaffed(always, at('2026-12-24T23:59:00Z'))).toBe(true);
  expect(isStaffed(always, at('2026-12-25T12:00:00Z'))).toBe(false);
  expect(backAt(always, at('2026-12-25T12:00:00Z'))).toEqual({ date: '2026-12-26', time: '00:00' });
});

test.each([
  ['before the hours of a day', '2026-11-30T06:00:00Z', { date: '2026-11-30', time: '09:00' }],
  ['after them', '2026-11-30T17:30:00Z', { date: '2026-12-01', time: '09:00' }],
  ['before days that are closed', '2026-12-01T20:00:00Z', { date: '2026-12-04', time: '09:00' }],
])('a person is back on the next day that is open: %s', (_when, now, back) => {
  expect(backAt(LONDON, at(now))).toEqual(back);
});

test('nobody is said to be back while one is there, or where no day is open', () => {
  expect(backAt(LONDON, at('2026-11-30T10:00:00Z'))).toBeUndefined();
  expect(backAt({ time_zone: 'UTC', hours: {} }, at('2026-11-30T10:00:00Z'))).toBeUndefined();
});

test('midnight is the first minute of its day', () => {
  expect(localTime('Europe/Berlin', at('2026-11-30T23:00:00Z'))).toEqual({ date: '2026-12-01', time: '00:00' });
});

test.each([['Europe/London', true], ['UTC', true], ['Mars/Olympus', false], ['', false], ['__proto__', false]])(
  '%s is a time zone: %s', (name, expected) => {
    expect(isTimeZone(name)).toBe(expected);
  },
);
