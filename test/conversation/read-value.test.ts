import type { ExpectedAnswer } from '../../src/core/company/expected-answer';
import { readValue } from '../../src/conversation/read-value';

const NOW = Date.parse('2026-11-02T09:00:00.000Z');
type Asked = Pick<ExpectedAnswer, 'type' | 'choices'>;

function read(expected: Asked, quote: string, languages: readonly string[] = ['en-GB'], now = NOW) {
  return readValue(expected, quote, { languages, now });
}

test('a text is the quote itself', () => {
  expect(read({ type: 'text' }, 'I was on parental leave')).toBe('I was on parental leave');
});

describe('a choice', () => {
  const expected: Asked = { type: 'choice', choices: ['Full time', 'Part time', 'Time', '…'] };

  test.each([
    ['Full-time please', 'Full time'],
    ['PART TIME', 'Part time'],
    ['I have time', 'Time'],
  ])('is read from "%s" in its own spelling', (quote, value) => {
    expect(read(expected, quote)).toBe(value);
  });

  test('is read whatever its language does with the dot of an "I"', () => {
    expect(read({ type: 'choice', choices: ['ileri', 'orta'] }, 'İLERİ seviye', ['tr-TR'])).toBe('ileri');
  });

  test.each(['full time or part time', 'fulltime', 'neither'])('is not read from "%s"', (quote) => {
    expect(read(expected, quote)).toBeUndefined();
  });

  test('of no choices is never read', () => {
    expect(read({ type: 'choice' }, 'Full time')).toBeUndefined();
  });
});

describe('yes or no', () => {
  test.each([['Yes', true], ['No', false]])('is read from %s', (quote, value) => {
    expect(read({ type: 'yes_no' }, quote)).toBe(value);
  });

  test('is not read from other words', () => {
    expect(read({ type: 'yes_no' }, 'the train was late')).toBeUndefined();
  });

  test.each([['da', true], ['Nu.', false], ['nu sunt sigur', undefined]])(
    'is read from Romanian "%s" in Romanian alone', (quote, value) => {
      expect(read({ type: 'yes_no' }, quote, ['ro-RO', 'en-GB'])).toBe(value);
      expect(read({ type: 'yes_no' }, quote, ['de-DE', 'en-GB'])).toBeUndefined();
    },
  );

  test('is read from Arabic, "and" written before it or not', () => {
    expect(read({ type: 'yes_no' }, 'ونعم', ['ar-EG'])).toBe(true);
    expect(read({ type: 'yes_no' }, 'ولا', ['ar-EG'])).toBe(false);
    expect(read({ type: 'yes_no' }, 'ربما نعم', ['ar-EG'])).toBeUndefined();
  });
});

describe('a date', () => {
  test.each([
    ['12 March 2027', '2027-03-12'],
    ['12 March', '2027-03-12'],
    ['20 October', '2026-10-20'],
  ])('is read from "%s"; without a year it is the nearest', (quote, value) => {
    expect(read({ type: 'date' }, quote)).toBe(value);
  });

  test('of last year is the nearest in January', () => {
    const january = Date.parse('2027-01-05T09:00:00.000Z');
    expect(read({ type: 'date' }, '30 December', ['en-GB'], january)).toBe('2026-12-30');
  });

  test.each(['12 March or 14 March', 'next year perhaps', '42'])('is not read from "%s"', (quote) => {
    expect(read({ type: 'date' }, quote)).toBeUndefined();
  });

  test('is read where the languages that read one read the same', () => {
    expect(read({ type: 'date' }, '12. März 2027', ['de-DE', 'en-GB'])).toBe('2027-03-12');
    expect(read({ type: 'date' }, '12 March 2027', ['de-DE', 'en-GB'])).toBe('2027-03-12');
    expect(read({ type: 'date' }, '12. März oder 14 March 2027', ['de-DE', 'en-GB'])).toBeUndefined();
    expect(read({ type: 'date' }, '12. März 2027, um 9', ['de-DE', 'en-GB'])).toBeUndefined();
  });
});

describe('a number', () => {
  test.each([['about 1,250 of them', 1250], ['35.5', 35.5], ['the 3rd floor', 3], ['3e étage', 3]])('is read from "%s"', (quote, value) => {
    expect(read({ type: 'number' }, quote)).toBe(value);
  });

  test.each(['between 3 and 5', 'a lot', '£42.50'])('is not read from "%s"', (quote) => {
    expect(read({ type: 'number' }, quote)).toBeUndefined();
  });

  test('is not read where the languages read it differently', () => {
    expect(read({ type: 'number' }, '1.250', ['de-DE'])).toBe(1250);
    expect(read({ type: 'number' }, '1.250', ['de-DE', 'en-GB'])).toBeUndefined();
  });
});

describe('an amount', () => {
  test.each([
    ['£42.50', { amount: 42.5, currency: 'GBP' }],
    ['EUR 1,200', { amount: 1200, currency: 'EUR' }],
  ])('is read from "%s" with its currency', (quote, value) => {
    expect(read({ type: 'amount' }, quote)).toEqual(value);
  });

  test.each(['42.50', '£40 or £50', 'dear'])('is not read from "%s"', (quote) => {
    expect(read({ type: 'amount' }, quote)).toBeUndefined();
  });
});
