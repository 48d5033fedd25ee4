import {
  decimalSeparator,
  exactNumberKey,
  numberKeys,
  supportedLocale,
} from '../../../src/proof/claims/number-literal';

describe('the keys of a number as it is written', () => {
  test.each([
    ['1234', 'en', ['number:1234']],
    ['0', 'en', ['number:0']],
    ['007', 'en', ['spelling:007']],
    ['-3', 'en', ['number:-3']],
    ['1,234.50', 'de', ['number:1234.5']],
    ['1.234,50', 'en', ['number:1234.5']],
    ['1,234', 'en', ['number:1234', 'spelling:1,234']],
    ['1,234', 'de', ['number:1.234', 'spelling:1,234']],
    ['1,5', 'en', ['number:1.5']],
    ['0,125', 'en', ['number:0.125']],
    ['1234,567', 'en', ['number:1234.567']],
    ['1,234,567', 'de', ['number:1234567']],
    ['12,34,567', 'en', ['number:1234567']],
    ['123,45,678', 'en', ['spelling:123,45,678']],
    ['1.2.3', 'en', ['spelling:1.2.3']],
    ['1,2.3,4', 'en', ['spelling:1,2.3,4']],
    ['1.234,5.6', 'en', ['spelling:1.234,5.6']],
    ['01.5', 'en', ['spelling:01.5']],
    ['1\'234.5', 'de', ['number:1234.5']],
    ['45 000', 'fr', ['number:45000']],
    ['0.00', 'en', ['number:0']],
  ] as const)('%s in %s', (written, language, keys) => expect(numberKeys(written, language)).toEqual(keys));
});

test('a JSON number is exact, whatever the language', () => {
  expect(exactNumberKey(1.234)).toBe('number:1.234');
  expect(exactNumberKey(-45_000)).toBe('number:-45000');
  expect(exactNumberKey(1e21)).toBeUndefined();
});

test('an unknown or malformed language is read as English', () => {
  expect(['de-DE', 'en-GB', 'qqq', 'not a tag'].map((language) => decimalSeparator(language))).toEqual([
    ',',
    '.',
    '.',
    '.',
  ]);
  expect(supportedLocale('not a tag')).toEqual([]);
});

test('more languages than are remembered do no harm', () => {
  for (let index = 0; index < 120; index += 1) expect(decimalSeparator(`de-x-a${index}`)).toBe(',');
});
