import { isEmailAddress, isTimestamp, TELEPHONE_NUMBER, UUID_V4 } from '../../src/router/field-formats';

test.each(['+447700900123', '+15005550006', '+1234567', '+123456789012345'])('%s is a phone number', (text) => {
  expect(TELEPHONE_NUMBER.test(text)).toBe(true);
});

test.each([
  '447700900123',
  '+0447700900123',
  '+44 7700 900123',
  '+44-7700-900123',
  '+123456',
  '+1234567890123456',
  '+４４７７００９００１２３',
  '+447700900123\n',
  'tel:+447700900123',
])('%j is not a phone number', (text) => {
  expect(TELEPHONE_NUMBER.test(text)).toBe(false);
});

test.each([
  'ada@example.com',
  "o'neil+cv.2026@mail.example.co.uk",
  'A_B-c@EXAMPLE.com',
  `${'a'.repeat(64)}@example.com`,
  'ada@xn--bcher-kva.example',
])('%s is an e-mail address', (text) => {
  expect(isEmailAddress(text)).toBe(true);
});

test.each([
  'ada',
  'ada@example',
  '@example.com',
  'ada@@example.com',
  'ada@example.com ',
  'ada lovelace@example.com',
  'Ada <ada@example.com>',
  'ada@example.com,eda@example.com',
  'ada@example..com',
  '.ada@example.com',
  'ada.@example.com',
  'a..da@example.com',
  'ada@-example.com',
  'ada@example.com\nBcc: eda@example.com',
  `${'a'.repeat(65)}@example.com`,
  `ada@${'abcdefghi.'.repeat(25)}com`,
  'zoë@example.com',
])('%j is not an e-mail address', (text) => {
  expect(isEmailAddress(text)).toBe(false);
});

test('an address made to be slow to read is refused at once', () => {
  const started = process.hrtime.bigint();
  expect(isEmailAddress(`${'a.'.repeat(50_000)}@`)).toBe(false);
  expect(isEmailAddress(`a@${'a-'.repeat(120)}`)).toBe(false);
  expect(Number(process.hrtime.bigint() - started)).toBeLessThan(100_000_000);
});

test('a UUID is of version 4 and in lower case', () => {
  expect(UUID_V4.test('3f0c8a52-5d0e-4b7e-9b1a-2f6f8c1d7e90')).toBe(true);
  for (const text of [
    '3F0C8A52-5D0E-4B7E-9B1A-2F6F8C1D7E90',
    '3f0c8a52-5d0e-1b7e-9b1a-2f6f8c1d7e90',
    '3f0c8a52-5d0e-4b7e-7b1a-2f6f8c1d7e90',
    '3f0c8a525d0e4b7e9b1a2f6f8c1d7e90',
    '{3f0c8a52-5d0e-4b7e-9b1a-2f6f8c1d7e90}',
    '3f0c8a52-5d0e-4b7e-9b1a-2f6f8c1d7e90\n',
  ]) {
    expect(UUID_V4.test(text)).toBe(false);
  }
});

test.each([
  '2026-11-22T09:30:00Z',
  '2026-11-22T09:30Z',
  '2026-11-22T09:30:00.123456+02:00',
  '2026-11-22T09:30:00,5-0330',
  '2026-11-22T09:30:00',
  '2026-11-22',
  '2024-02-29T00:00:00Z',
  '2000-02-29T23:59:59Z',
])('%s is a moment', (text) => {
  expect(isTimestamp(text)).toBe(true);
});

test.each([
  'yesterday',
  '2026-11-22T',
  '2026-11-22Z',
  '2026-02-30',
  '1700000000',
  '2026-11-22 09:30:00Z',
  '2026-02-29T00:00:00Z',
  '1900-02-29T00:00:00Z',
  '2026-04-31T00:00:00Z',
  '2026-13-01T00:00:00Z',
  '2026-00-10T00:00:00Z',
  '2026-01-00T00:00:00Z',
  '2026-11-22T24:00:00Z',
  '2026-11-22T09:60:00Z',
  '2026-11-22T09:30:60Z',
  '2026-11-22T09:30:00+24:00',
  '2026-11-22T09:30:00+01:60',
  '2026-11-22T09:30:00Z junk',
  'x2026-11-22T09:30:00Z',
])('%s is none', (text) => {
  expect(isTimestamp(text)).toBe(false);
});
