import { copyFact } from '../../../src/proof/facts';
import { project, SUBJECT } from '../../processor/composition/recruitment';
import type { CopyFormat } from '../../../src/core/channels/template-base';

function copied(format: CopyFormat, data: unknown, language = 'en-GB', path = 'a') {
  const order = { path: `project_data.${path}`, format, language };
  const copy = copyFact(order, { ...SUBJECT, project_data: { a: data } }, project());
  return 'value' in copy ? copy.value : copy.rule;
}

test.each<[CopyFormat, string, unknown, string]>([
  ['date', 'en-GB', '2026-12-03', '3 December 2026'],
  ['date', 'de', '2026-12-03', '3. Dezember 2026'],
  ['date', 'ja', '2026-12-03', '2026年12月3日'],
  ['date', 'en-GB', '2026-12-03T23:30:00-08:00', '3 December 2026'],
  ['time', 'en-GB', '14:30', '14:30'],
  ['time', 'en-US', '14:30', '2:30 PM'],
  ['time', 'fr', '2026-12-03T09:05:00Z', '09:05'],
  ['amount', 'en-GB', { total: 1_240.5, currency: 'GBP' }, '£1,240.50'],
  ['amount', 'de', { amount: 1_240, currency: 'EUR' }, '1.240 €'],
  ['amount', 'en-GB', { fee_pence: 1_575 }, '£15.75'],
  ['amount', 'fr', { amount: '12.50', currency: 'EUR' }, 'fact_not_of_format'],
  ['phone', 'en-GB', '+447700900123', '+44 7700 900123'],
  ['phone', 'de', '+49 30 23125 123', '+49 302 312 5123'],
  ['phone', 'en-US', '0012025550143', '+1 202 555 0143'],
  ['list', 'en-GB', ['passport', 'proof of address', 'P45'], 'passport, proof of address and P45'],
  ['list', 'es', ['pasaporte', 'contrato'], 'pasaporte y contrato'],
  ['list', 'de', [1_200, 'Ausweis'], '1.200 und Ausweis'],
])('%s in %s: %j is %s', (format, language, fact, written) => {
  expect(copied(format, fact, language)).toBe(written);
});

test('an instant is shown by the clocks of its object', () => {
  const visit = { starts: '2026-12-03T23:30:00Z', timezone: 'Asia/Tokyo' };
  expect(copied('date', visit, 'en-GB', 'a.starts')).toBe('4 December 2026');
  expect(copied('time', visit, 'en-GB', 'a.starts')).toBe('08:30');
});

test('an amount takes the currency that its object or its field names', () => {
  expect(copied('amount', { total: 12, currency: 'SEK' }, 'sv', 'a.total')).toBe('12 kr');
  expect(copied('amount', { total: 12 }, 'sv', 'a.total')).toBe('fact_not_of_format');
  expect(copied('amount', { total: '12.5', currency: 'EUR' }, 'en-GB', 'a.total')).toBe('€12.50');
});

test.each<[CopyFormat, unknown]>([
  ['date', '2026-02-30'],
  ['date', 'tomorrow'],
  ['date', 20261203],
  ['date', true],
  ['time', '25:10'],
  ['time', "9 o'clock"],
  ['time', 930],
  ['amount', 12],
  ['amount', { a: 1, b: 2, currency: 'EUR' }],
  ['amount', 'twelve'],
  ['phone', '07700 900123'],
  ['phone', 447700900123],
  ['phone', '+44 call me'],
  ['list', 'passport'],
  ['list', ['a', { b: 1 }]],
  ['list', ['a', ' ']],
  ['list', Array.from({ length: 21 }, () => 'x')],
])('as %s, %j has not the form', (format, fact) => {
  expect(copied(format, fact)).toBe('fact_not_of_format');
});

test('an empty list is a missing fact', () => {
  expect(copied('list', [])).toBe('fact_missing');
});
