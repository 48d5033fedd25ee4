import { claimsIn, proves } from './reading';

describe('a number', () => {
  test.each([
    ['1234', '1,234'],
    ['1,234,567', '1\'234\'567'],
    ['1234567 people', '1234567 people'],
    ['12,34,567', '12,34,567'],
    ['0.5', '.5'],
    ['0.50', '0.5'],
    ['-5', 'minus five'],
    ['7', 'seven'],
    ['7', '٧'],
    ['7', '７'],
    ['7', '⑦'],
    ['10', '🔟'],
    ['45 million people', '45,000,000 people'],
    ['1.5 million', '1,500,000'],
    ['interview 2', 'your second interview'],
    ['the second interview', '2nd interview'],
    ['ISO9001', 'iso9001'],
    ['B12', 'B12'],
    ['version 1.2.3', '1.2.3'],
    ['007', '007'],
    ['5万', '5万'],
    ['❶', '❶'],
    ['3', 'Ⅲ'],
    ['12', 'ⅻ'],
    ['3', 'thrice'],
    ['a million', 'millions'],
  ])('%j proves %j', (fact, said) => {
    expect(proves(fact, said)).toBe(true);
    expect(claimsIn(said)).not.toEqual([]);
  });

  test.each([
    ['5', '-5'],
    ['-5', '5'],
    ['7', '007'],
    ['1234', '12'],
    ['5', '5万'],
    ['5kg', '5'],
    ['5', '5kg'],
    ['9001', 'ISO9001'],
    ['second', '2'],
    ['1.2.3', '1.2'],
    ['12', '❶'],
    ['3', 'two thirds of 3'],
    ['10', '1 0'],
  ])('%j does not prove %j', (fact, said) => expect(proves(fact, said)).toBe(false));

  test('with an ambiguous separator is read as the language does, and proved by its own spelling anyway', () => {
    expect(proves('1234', '1.234', 'de-DE')).toBe(true);
    expect(proves('1234', '1.234', 'en-GB')).toBe(false);
    expect(proves('1.234', '1,234', 'en-GB')).toBe(false);
    expect(proves('1,234', '1234', 'en-GB')).toBe(true);
  });
});

describe('a number in English words', () => {
  test.each([
    ['twenty-three', '23'],
    ['twentythree', '23'],
    ['one hundred and five', '105'],
    ['two thousand and twenty-three', '2023'],
    ['twenty-one thousand five hundred and six', '21506'],
    ['two million three hundred thousand', '2,300,000'],
    ['two dozen', '24'],
    ['5 dozen', '60'],
    ['one or two', '1, 2'],
    ['two and three', '2, 3'],
    ['twenty hundred', '2000'],
    ['one point five', '1.5'],
    ['half', '0.5'],
    ['twice', '2'],
    ['three four', '3, 4'],
    ['thirty-first', '31st'],
    ['double check', ''],
    ['oh', ''],
    ['someone alone', ''],
    ['hundred', '100'],
    ['double double two', 'double, 2, 2'],
  ])('%j says the same as %j', (words, digits) => {
    expect(claimsIn(words)).toEqual(claimsIn(digits));
  });

  test.each(['no one', 'a new one', 'which one?', 'one of them', 'at first', 'first of all', 'third-party cover'])(
    '%j counts nothing',
    (text) => {
      expect(claimsIn(text)).toEqual([]);
    },
  );

  test.each([
    ['one hour', 'number:number:1'],
    ['the first lesson', 'number:ordinal 1'],
  ])('%j does', (text, key) => expect(claimsIn(text)[0]).toBe(key));
});

describe('digits', () => {
  test.each([
    'a1b2',
    '1/2/3',
    '12-34',
    '#5#',
    '5️⃣',
    '1̶2̶',
    '3³',
    '1,2.3,4',
    'x٣',
    '１．２',
    '5々',
    '〇',
    '1\u200D2',
    '0x1F',
  ])('of %j are never outside a claim', (text) => {
    expect(claimsIn(text).length).toBeGreaterThan(0);
    expect(proves('nothing', text)).toBe(false);
  });
});
