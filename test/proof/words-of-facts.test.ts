import { foreignWords } from '../../src/proof/words-of-facts';

const FACTS = ['Monday to Friday, 9 am to 5 pm', 'your passport and your registration card', 'opening hours', 'Mia Reed'];

test.each([
  'Monday to Friday, 9 am to 5 pm', 'your registration card, and your passport', 'from Monday until Friday', 'by Mia Reed',
  '16 November 2026 at 10:30', '£42.50', 'three', 'passports',
])('"%s" is put together from the facts and from figures', (value) => {
  expect(foreignWords(value, FACTS, 'en-GB')).toEqual([]);
});

test.each([
  ['your passport and £20 in cash', ['cash']], ['any day for your husband', ['any', 'day', 'husband']],
  ['not on Monday', ['not']], ['no passport', ['no']], ['your passengers', ['passengers']],
])('"%s" says more than they do', (value, words) => {
  expect(foreignWords(value, FACTS, 'en-GB')).toEqual(words);
});

test('forms of a word are that word, and small words between them say nothing', () => {
  expect(foreignWords('od poniedziałku do piątku', ['poniedziałek', 'piątek'], 'pl-PL')).toEqual([]);
  expect(foreignWords('von Montag bis Freitag, 8 Uhr', ['Montag', 'Freitag'], 'de-DE')).toEqual([]);
  expect(foreignWords('un chèque de 35 €', ['bon de commande'], 'fr-FR')).toEqual(['chèque']);
});

test('scripts without spaces are looked for as they stand', () => {
  expect(foreignWords('月曜日', ['月曜日から金曜日まで'], 'ja-JP')).toEqual([]);
  expect(foreignWords('無料', ['月曜日から金曜日まで'], 'ja-JP')).toEqual(['無料']);
});

test('the letter of a Turkish "İ" is the same in any case', () => {
  expect(foreignWords('KİTAPLAR', ['kitaplar ücrete dahildir'], 'tr-TR')).toEqual([]);
});
