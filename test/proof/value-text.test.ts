import { prepareValue } from '../../src/proof/value-text';

test('a value is proved and sent in NFC, with line feeds and without spaces around it', () => {
  expect(prepareValue('email', ' Ame\u0301lie\r\nOkafor\u2028x\ry \n')).toBe('Amélie\nOkafor\nx\ny');
  expect(prepareValue('whatsapp', '“It’s” – 1\u00A0000…')).toBe('“It’s” – 1\u00A0000…');
});

test('an SMS uses plain quotes, dashes and spaces, which cost half as much', () => {
  expect(prepareValue('sms', '“It’s” – 1\u00A0000… «ok» ‘x’')).toBe('"It\'s" - 1 000... "ok" \'x\'');
});
