import { parseProject } from '../../src/core/company/company';
import { handsOverReply } from '../../src/receipts/reply-rule';
import { sampleCompany } from '../support/sample-message';

const RECIPIENT = '+447700900123';
const hands = (settings: Readonly<Record<string, unknown>>) =>
  handsOverReply(parseProject(sampleCompany(settings)), RECIPIENT);

test('replies go before a person only where the company asks for it', () => {
  expect([hands({}), hands({ auto_queue_reply_message: false }), hands({ auto_queue_reply_message: true })]).toEqual([
    false,
    false,
    true,
  ]);
});

test('a list of numbers narrows it, however they are written', () => {
  const narrowed = (...numbers: readonly string[]) =>
    hands({ auto_queue_reply_message: true, auto_queue_reply_message_from_number: numbers });
  expect([narrowed('+447700900123'), narrowed('44 7700 900 123'), narrowed('+447700900124'), narrowed()]).toEqual([
    true,
    true,
    false,
    true,
  ]);
});

test('a list without the flag hands nothing over', () => {
  expect(hands({ auto_queue_reply_message_from_number: [RECIPIENT] })).toBe(false);
});

test('what the project says of replies stands above the older settings', () => {
  expect([
    hands({ replies: 'hand_off' }),
    hands({ replies: 'hand_off', auto_queue_reply_message_from_number: ['+447700900124'] }),
    hands({ replies: 'keep', auto_queue_reply_message: true }),
  ]).toEqual([true, true, false]);
});

test('a record that cannot be read hands over: nobody else would see the reply', () => {
  expect(handsOverReply(parseProject({}), RECIPIENT)).toBe(true);
});
