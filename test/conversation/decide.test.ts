import type { Decision, Situation } from '../../src/conversation/decide';
import { countReply, decide } from '../../src/conversation/decide';
import { CHANNEL_DEFINITIONS } from '../../src/core/channel';
import { timestamp } from '../../src/core/ports/clock';

const NOW = Date.parse('2026-11-30T12:00:00Z');
const MINUTE = 60_000;
const ago = (minutes: number) => timestamp(NOW - minutes * MINUTE);

/** A question by SMS for which the model chose a card whose words are proved. */
function situation(changes: Partial<Situation> = {}, thread: Partial<Situation['thread']> = {}): Situation {
  const channel = thread.channel_method ?? 'sms';
  return {
    thread: { owner: 'engine', sequence: 7, channel_method: channel, last_inbound_at: ago(0), ...thread },
    asks: 'question', isStopUnclear: false, unclear: 'no', isNewAnswer: false, isOpen: true,
    fit: 'proved', card: 'opening_hours', sameText: 1, quickAnswers: 0,
    limits: CHANNEL_DEFINITIONS[channel].engineReplies, now: NOW, ...changes,
  };
}

const card: Decision = { kind: 'card' };
const handOff = (reason: string) => ({ kind: 'hand_off', reason });
const silence = (reason: string) => ({ kind: 'silence', reason });

test.each<readonly [string, Partial<Situation>, object]>([
  ['a card that is proved is said', {}, card],
  ['a card that asks once more is said', { asks: 'none' }, card],
  ['an answer that its quote does not prove is asked for once more', { asks: 'none', unclear: 'unproved' }, card],
  ['who may want a stop gets no answer', { isStopUnclear: true }, handOff('stop_unclear')],
  ['who asks for a person gets one, whatever card there is', { asks: 'person' }, handOff('asked_for_person')],
  ['a complaint is a person\'s', { asks: 'complaint' }, handOff('complaint')],
  ['law is a person\'s', { asks: 'law' }, handOff('law')],
  ['health is a person\'s', { asks: 'health' }, handOff('health')],
  ['money that is to be promised is a person\'s', { asks: 'money' }, handOff('money')],
  ['an answer that fits two questions fills none', { unclear: 'ambiguous' }, handOff('answer_unclear')],
  ['words that are not proved are not said', { fit: 'unproved' }, handOff('proof_failed')],
  ['a language without cards is a person\'s', { fit: 'no_language' }, handOff('language')],
  ['a question without a card is a person\'s', { fit: 'none' }, handOff('question')],
  ['an unclear answer without a card is a person\'s', { fit: 'none', asks: 'none', unclear: 'unproved' }, handOff('answer_unclear')],
  ['what says nothing of what is open is a person\'s', { fit: 'none', asks: 'none' }, handOff('no_card')],
  ['new answers wait for the others', { fit: 'none', asks: 'none', isNewAnswer: true }, silence('answers_kept')],
  ['thanks need no answer once all is said', { fit: 'none', asks: 'none', isOpen: false }, silence('nothing_asked')],
  ['the same words for the third time are a person\'s', { sameText: 3 }, handOff('same_message_again')],
  ['the same words are no loop if they answer', { sameText: 3, isNewAnswer: true }, card],
  ['a program is a person\'s', { quickAnswers: 4 }, handOff('machine')],
])('%s', (_name, changes, decided) => {
  expect(decide(situation(changes))).toEqual(decided);
});

test.each<readonly [string, Partial<Situation['thread']>, object]>([
  ['a person who has the thread answers', { owner: 'person' }, silence('person_has_thread')],
  ['what a person has answered is not answered once more', { answered_until: 7 }, silence('person_answered')],
  ['what came after a person answered is answered', { answered_until: 6 }, card],
  ['who wants no more messages gets none', { owner: 'nobody' }, silence('closed')],
  ['three answers of the last hour leave a fourth', { reply_times: [ago(59), ago(40), ago(20)] }, card],
  ['four answers of the last hour are enough', { reply_times: [ago(59), ago(40), ago(20), ago(1)] }, handOff('reply_limit')],
  ['an answer of an hour ago counts no more', { reply_times: [ago(60), ago(40), ago(20), ago(1)] }, card],
  ['twelve answers of a day are enough', { reply_times: Array.from({ length: 12 }, () => ago(600)) }, handOff('reply_limit')],
  ['answers of yesterday count no more', { reply_times: Array.from({ length: 12 }, () => ago(1_440)) }, card],
  ['three answers without a new one of theirs are enough', { replies_in_row: 3, last_card: 'other' }, handOff('reply_limit')],
  ['two leave a third', { replies_in_row: 2, last_card: 'other' }, card],
  ['the same card twice in a row is once too often', { replies_in_row: 1, last_card: 'opening_hours' }, handOff('reply_limit')],
])('%s', (_name, thread, decided) => {
  expect(decide(situation({}, thread))).toEqual(decided);
});

test('a new answer of the recipient lets the row begin anew', () => {
  const thread = { replies_in_row: 3, last_card: 'opening_hours' };
  expect(decide(situation({ isNewAnswer: true }, thread))).toEqual(card);
});

test.each([
  ['email', { reply_times: [ago(40), ago(20)] }, handOff('reply_limit')],
  ['email', { replies_in_row: 2, last_card: 'other' }, handOff('reply_limit')],
  // 24 hours, less five minutes and a send window, less half an hour.
  ['whatsapp', { last_inbound_at: ago(24 * 60 - 36) }, card],
  ['whatsapp', { last_inbound_at: ago(24 * 60 - 35) }, handOff('window_closing')],
  ['whatsapp', { last_inbound_at: ago(25 * 60) }, handOff('window_closing')],
  ['sms', { last_inbound_at: ago(25 * 60) }, card],
] as const)('limits and window by %s', (channel, thread, decided) => {
  expect(decide(situation({}, { channel_method: channel, ...thread }))).toEqual(decided);
});

test('a mail that comes twice, or at once, is a loop', () => {
  expect(decide(situation({ sameText: 2 }, { channel_method: 'email' }))).toEqual(handOff('same_message_again'));
  expect(decide(situation({ quickAnswers: 2 }, { channel_method: 'email' }))).toEqual(handOff('machine'));
});

test('thanks after a card that waits for nothing need no person, and after one that waits they do', () => {
  const thanks = { fit: 'none', asks: 'none' } as const;
  expect(decide(situation(thanks, { replies_in_row: 1, last_then: 'rest' }))).toEqual(silence('nothing_asked'));
  expect(decide(situation(thanks, { replies_in_row: 1, last_then: 'await' }))).toEqual(handOff('no_card'));
  expect(decide(situation({ ...thanks, asks: 'question' }, { replies_in_row: 1, last_then: 'rest' }))).toEqual(handOff('question'));
});

test('without a card nothing is limited: the person is to see it anyway', () => {
  const busy = { reply_times: [ago(4), ago(3), ago(2), ago(1)], replies_in_row: 4 };
  expect(decide(situation({ fit: 'none', asks: 'none', isOpen: false }, busy))).toEqual(silence('nothing_asked'));
});

test('a thread counts the answers of a day, and those in a row', () => {
  const thread = { reply_times: [ago(1_500), ago(30)], replies_in_row: 2 };
  const at = ago(0);
  expect(countReply(thread, { card: 'pay', after: 'await', at, isNewAnswer: false })).toEqual({
    reply_times: [ago(30), at], replies_in_row: 3, last_card: 'pay', last_then: 'await',
  });
  expect(countReply(thread, { card: 'pay', after: 'rest', at, isNewAnswer: true })).toMatchObject({ replies_in_row: 1 });
});

test.each<readonly [string, Partial<Situation>, object]>([
  ['a wish for another person', { asks: 'person' }, handOff('asked_for_person')],
  ['what may be a stop', { isStopUnclear: true }, handOff('stop_unclear')],
])('%s is heard though a person has answered', (_name, changes, decided) => {
  expect(decide(situation(changes, { answered_until: 7 }))).toEqual(decided);
});
