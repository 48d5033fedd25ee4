import { CHANNEL_DEFINITIONS } from '../../../src/core/channel';
import { describeSenders, isService, senderKind } from '../../../src/core/channels/sender-form';

const SERVICE = `MG${'0123456789abcdef'.repeat(2)}`;
const { sms, whatsapp, email } = CHANNEL_DEFINITIONS;

test.each([
  ['+447700900100', 'number'],
  ['60800', 'short code'],
  [SERVICE, 'service'],
  [SERVICE.toUpperCase(), 'service'],
  ['Brightpath', 'name'],
  ['BP 24 7', 'name'],
] as const)('SMS is sent by %s, a %s', (sender, kind) => {
  expect(senderKind(sender, sms.senderKinds)).toBe(kind);
});

test.each([
  ['a number without its country', '07700900100'],
  ['a number with spaces', '+44 7700 900100'],
  ['a service cut short', SERVICE.slice(0, 33)],
  ['a service of another kind', `IG${SERVICE.slice(2)}`],
  ['a name of twelve letters', 'Brightpath 1'],
  ['a name without letters', '123456789 1'],
  ['a name with a sign', 'Bright#path'],
  ['a name that begins with a space', ' Brightpath'],
  ['nothing', ''],
])('SMS is not sent by %s', (_what, sender) => {
  expect(senderKind(sender, sms.senderKinds)).toBeUndefined();
});

test('WhatsApp is sent by numbers and services, mail by addresses, and neither by what the other takes', () => {
  expect(['+447700900100', SERVICE, 'Brightpath', '60800'].map((one) => senderKind(one, whatsapp.senderKinds)))
    .toEqual(['number', 'service', undefined, undefined]);
  expect(['talent@example.com', '+447700900100', SERVICE].map((one) => senderKind(one, email.senderKinds)))
    .toEqual(['mail', undefined, undefined]);
  expect([isService(SERVICE), isService('+447700900100')]).toEqual([true, false]);
});

test('the words for a channel name each kind', () => {
  expect(describeSenders(whatsapp.senderKinds)).toMatch(/E\.164.*, or a Messaging Service/);
});
