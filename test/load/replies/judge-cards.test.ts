import type { Delivery } from '../../../tools/vendor-simulators/delivery';
import { complaintsOfCards, judgeCards } from './judge-cards';
import { kindOf, wordsOfPerson } from './sent-words';

const PAY = 'The pay for Staff Nurse, post 100002 is £21.50 per hour. Could you please answer our question, too?';
const DISCLOSURE = 'This is the automatic assistant of Harbour & Pine. Write PERSON to reach a person.';
const HAND_OFF = 'Thank you. A colleague will read your message and reply to you here.';
const TO = '+447700900300';

function sent(text: string, acceptedAt: number, to = TO): Delivery {
  return { channel: 'sms', from: '+447700900101', to, text, vendorMessageId: `SM${acceptedAt}`, status: 'sent', acceptedAt };
}

test('what a vendor took is told apart by its words', () => {
  expect([
    'Hello Jonas, about Staff Nurse, post 100002. Please clarify: a gap.', PAY, `${DISCLOSURE}\n\n${PAY}`,
    'You would work at Northfield General Hospital. There are these shifts: 07:00-15:00 and 22:00-07:30.',
    'Thank you. Could you also explain the point in your CV in a sentence or two?', HAND_OFF, `${DISCLOSURE}\n\n${HAND_OFF}`,
    wordsOfPerson('post 100002'),
  ].map((text) => kindOf({ text }))).toEqual([
    'question', 'card pay', 'card pay', 'card place_and_shifts', 'card ask_explanation', 'hand_off', 'hand_off', 'person',
  ]);
});

test('the same words twice to one recipient are doubled, and to two recipients are not', () => {
  const report = judgeCards([sent(PAY, 1), sent(PAY, 2), sent(HAND_OFF, 3), sent(HAND_OFF, 4, '+447700900301')], {
    asked: 2, taken: [],
  });
  expect(complaintsOfCards(report)).toEqual([`doubled reply: card pay to ${TO}: 2 times`]);
});

test('what the engine sends while a person has the thread is found, but for the one reply that was leaving', () => {
  const deliveries = [sent(PAY, 5), sent(wordsOfPerson('post 100002'), 12), sent(HAND_OFF, 15), sent(PAY, 30)];
  const found = (taken: object) => judgeCards(deliveries, {
    asked: 1, taken: [{ recipient: TO, silentAt: 10, leaving: false, isAnswered: true, returnedAt: 20, ...taken }],
  }).afterTakeover;
  expect(found({})).toEqual([`hand_off to ${TO}`]);
  expect(found({ leaving: true })).toEqual([]);
  expect(found({ silentAt: 16 })).toEqual([]);
  expect(found({ returnedAt: undefined })).toHaveLength(2);
});

test('persons whose words do not reach the vendors are found', () => {
  const person = { silentAt: 10, leaving: false, isAnswered: true };
  const taken = [{ ...person, recipient: TO }, { ...person, recipient: '+447700900301', isAnswered: false }];
  expect(complaintsOfCards(judgeCards([sent(PAY, 5), sent(wordsOfPerson('post 100002'), 12)], { asked: 1, taken }))).toEqual([]);
  expect(complaintsOfCards(judgeCards([sent(PAY, 5)], { asked: 1, taken }))).toEqual([
    "of 1 persons' answers that were queued vendors took 0",
  ]);
});

test('a run in which no card was said shows nothing', () => {
  expect(complaintsOfCards(judgeCards([], { asked: 3, taken: [] }))).toEqual(['no card was said, so nothing was shown']);
});
