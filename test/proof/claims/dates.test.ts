import { claimsIn, proves } from './reading';

describe('a date', () => {
  test.each([
    ['2026-11-30', '30 November 2026'],
    ['2026-11-30', 'November 30, 2026'],
    ['2026-11-30', 'Nov 30th 2026'],
    ['2026-11-30', '30 Nov. \'26'],
    ['2026-11-30', 'the 30th of November'],
    ['2026-11-30', '30.11.2026'],
    ['2026-11-30', '30/11/2026'],
    ['2026-11-30', '11/30/2026'],
    ['2026-11-30', '30/11'],
    ['2026-11-30', '2026/11/30'],
    ['2026-11-30', 'November 2026'],
    ['2026-11-30', '2026-11'],
    ['2026-11-30', '11/2026'],
    ['2026-11-30', 'in November'],
    ['2026-11-30', 'in 2026'],
    ['2026-11-30', 'on the 30th'],
    ['on Monday', 'Mondays'],
    ['next Friday', 'Next Friday'],
    ['by the end of the week', 'the end of the week'],
    ['2026-11-30', 'Monday, 30 November 2026'],
    ['2026-11-30', '30 November (Mon)'],
    ['2026-11-30', 'Monday the 30th'],
    ['2026-11-30T09:30:00Z', 'Monday 30 November 2026 at 9:30 am'],
    ['2026-11-30 09:30', '30-11-2026 09:30'],
    ['30 November 1999', '30.11.99'],
    ['30 November 1970', '30.11.70'],
    ['30 November 2069', '30.11.69'],
    ['the twenty-first of June', '21 June'],
    ['03/04/2026', '3/4/2026'],
    ['24/7', '24/7'],
    ['2023/24', '2023/24'],
    ['1/2', '½'],
    ['by tomorrow', 'Tomorrow'],
    ['next week', 'next week'],
    ['29 February 2024', '2024-02-29'],
  ])('%j proves %j', (fact, said) => {
    expect(proves(fact, said)).toBe(true);
    expect(claimsIn(said)).not.toEqual([]);
  });

  test.each([
    ['30 November', '30 November 2026'],
    ['November 2026', '30 November 2026'],
    ['2026-11-30', 'Tuesday 30 November 2026'],
    ['2026-11-30', '30 December 2026'],
    ['2026-11-30', '30 November 2025'],
    ['2026-11-30 and 2025-12-01', 'December 2026'],
    ['1 December 2026, not on a Monday', 'Monday 1 December 2026'],
    ['2026-11-30', '30 days'],
    ['2026-11-30', 'the 30th reminder'],
    ['2026-11-30', '11 people'],
    ['03/04/2026', '3 April 2026'],
    ['2026-04-03', '04/03/2026'],
    ['2026-06-23', '06/23'],
    ['2026-11-30', 'on Monday'],
    ['on Friday', 'next Friday'],
    ['2026-11-30', 'today'],
    ['next week', 'next month'],
    ['2026-11-30', '2026-11-31'],
    ['2026-11-30', '30/11/26/1'],
    ['2023', '1823'],
  ])('%j does not prove %j', (fact, said) => {
    expect(proves(fact, said)).toBe(false);
  });

  test('with an impossible day or month is read as numbers, so that nothing of it is lost', () => {
    expect(claimsIn('31 February 2024')).toEqual(
      expect.arrayContaining(['number:number:31', 'date:year 2024 month 2']),
    );
    expect(claimsIn('2026-13-45')).toEqual(['telephone:20261345']);
    expect(claimsIn('2026-11-30T25:00')).toEqual(expect.arrayContaining([expect.stringContaining('')]));
    expect(claimsIn('2026-11-30T25:00')).not.toContain('time:25:00:00');
  });

  test('puts the month first in the United States only', () => {
    expect(proves('2026-06-23', '06/23', 'en-US')).toBe(true);
    expect(proves('2026-06-23', '23/06', 'en-US')).toBe(true);
  });

  test('is not a date where a word only looks like a month or a weekday', () => {
    for (const said of [
      'You may ask',
      'May we ask you?',
      'Thank you. May I ask?',
      'they march on',
      'she sat down',
      'the sun',
    ]) {
      expect(claimsIn(said)).toEqual([]);
    }
    for (const said of ['in May we met', 'the month of May', 'You left in March.', 'on Sat', 'SUN']) {
      expect(claimsIn(said)).toHaveLength(1);
    }
  });

  test('is read with the names of the template\'s language and in English', () => {
    expect(proves('2023-03-01', 'am 1. März 2023', 'de-DE')).toBe(true);
    expect(proves('2026-11-30', 'am Montag, den 30. November', 'de-DE')).toBe(true);
    expect(proves('2026-11-30', '30 November', 'de-DE')).toBe(true);
    expect(proves('2023-03-01', 'am 1. April 2023', 'de-DE')).toBe(false);
    expect(proves('2023-08-05', '5 sierpnia 2023', 'pl-PL')).toBe(true);
    expect(proves('2023-08-05', '5 августа 2023 г.', 'ru-RU')).toBe(true);
    expect(proves('2026-11-30', '2026년 11월 30일', 'ko-KR')).toBe(true);
    expect(proves('2026-11-30', '2026年12月', 'ja-JP')).toBe(false);
    expect(proves('2023-08-05', '5 August 2023', 'no such tag')).toBe(true);
    expect(proves('2023-08-05', '5 August 2023', 'qqq')).toBe(true);
  });
});

test('in digits is read in the order of the template\'s region, and in English without one by its spelling alone', () => {
  expect(['en-GB', 'en-US', 'en', 'en-CA'].map((language) => proves('2027-03-04', '04/03/2027', language)))
    .toEqual([true, false, false, false]);
  expect(['en-GB', 'en-US', 'en', 'en-CA'].map((language) => proves('2027-03-04', '03/04/2027', language)))
    .toEqual([false, true, false, false]);
});
