import { claimsIn, proves } from './reading';

describe('a time of day', () => {
  test.each([
    ['14:30', '2:30 pm'],
    ['14:30', '2.30 p.m.'],
    ['09:30', '9:30'],
    ['9:30 am', '09:30'],
    ['12:15 am', '00:15'],
    ['noon', '12:00'],
    ['12 pm', 'midday'],
    ['midnight', '00:00'],
    ['2026-11-30T14:30:45Z', '14:30:45'],
    ['14:30', '14h30'],
    ['14:00', '14 Uhr'],
    ['14:30', '14.30 Uhr'],
    ['09:00', '9 o\'clock'],
    ['21:00', 'at 9.'],
    ['09:00', 'by nine'],
    ['half past nine', 'at half past 9'],
    ['09:30', 'half past nine'],
    ['21:30', 'half past nine in the evening'],
    ['14:30', '2:30 in the afternoon'],
    ['08:50', 'at ten to nine'],
    ['2:1', '2:1'],
  ])('%j proves %j', (fact, said) => expect(proves(fact, said)).toBe(true));

  test.each([
    ['2:30 pm', '2:30'],
    ['14:30', '2:30'],
    ['14:30', '14:30:45'],
    ['14:30', 'at 2'],
    ['09:30', 'half past ten'],
    ['09:30', 'half past nine in the evening'],
    ['9', 'at 9'],
    ['14:30', '14'],
    ['2:1', '1:2'],
  ])('%j does not prove %j', (fact, said) => expect(proves(fact, said)).toBe(false));

  test('that no clock shows is read as numbers', () => {
    expect(claimsIn('25:10')).toEqual(['number:spelled 25:10']);
    expect(claimsIn('13 pm')).toEqual(['number:number:13']);
    expect(claimsIn('at 7 hospitals')).toEqual(['number:number:7']);
    expect(claimsIn('10:75')).toEqual(['number:spelled 10:75']);
  });
});
