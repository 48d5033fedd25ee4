import { isMadeOf } from '../../src/proof/words-of-facts';

const FACTS = ['Monday to Friday, 9 am to 5 pm', 'your passport and your registration card', 'Mia Reed'];

test.each([
  'Monday to Friday, 9 am to 5 pm', 'your registration card, and your passport', 'from Monday until Friday', 'by Mia Reed',
  '16 November 2026 at 10:30', '£42.50', 'three', 'passports',
])('"%s" is put together from the facts and from figures', (value) => {
  expect(isMadeOf(value, FACTS, 'en-GB')).toBe(true);
});

test.each([
  'your passport and £20 in cash', 'any day for your husband', 'not on Monday', 'no passport', 'your passengers', 'pay', '',
  'and for the',
])('"%s" says more than they do, or nothing', (value) => {
  expect(isMadeOf(value, FACTS, 'en-GB')).toBe(false);
});

test('forms of a word are that word, and small words between them say nothing', () => {
  expect(isMadeOf('od poniedziałku do piątku', ['poniedziałek', 'piątek'], 'pl-PL')).toBe(true);
  expect(isMadeOf('von Montag bis Freitag, 8 Uhr', ['Montag', 'Freitag'], 'de-DE')).toBe(true);
  expect(isMadeOf('un chèque de 35 €', ['bon de commande'], 'fr-FR')).toBe(false);
});

test('scripts without spaces are looked for as they stand', () => {
  expect(isMadeOf('月曜日', ['月曜日から金曜日まで'], 'ja-JP')).toBe(true);
  expect(isMadeOf('無料', ['月曜日から金曜日まで'], 'ja-JP')).toBe(false);
});

test('the letter of a Turkish "İ" is the same in any case', () => {
  expect(isMadeOf('KİTAPLAR', ['kitaplar ücrete dahildir'], 'tr-TR')).toBe(true);
});
