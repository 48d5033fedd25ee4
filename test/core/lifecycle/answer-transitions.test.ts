import type { ProvedAnswer } from '../../../src/core/lifecycle/answer-transitions';
import { isAnswered, keepAnswers, openAnswers } from '../../../src/core/lifecycle/answer-transitions';
import type { Conversation } from '../../../src/core/lifecycle/conversation';
import { applyChange } from '../../support/memory-conversations';
import { sampleConversation } from '../../support/sample-message';

const NOW = Date.parse('2026-11-02T09:00:00.000Z');
const AT = '2026-11-02T09:00:00.000Z';

const asked = sampleConversation({
  now: NOW,
  changes: {
    conversation_status: 'initial_message_sent',
    expected_answers: [
      { name: 'start', question: 'When can you start?', type: 'date', required: true },
      { name: 'shift', question: 'Which shift?', type: 'choice', choices: ['Early', 'Late'], required: true },
      { name: 'note', question: 'Anything else?', type: 'text', required: false },
    ],
  },
});
const START = { value: '2026-12-01', quote: '1 December', message_id: 'm1' };
const SHIFT = { value: 'Late', quote: 'the late one', message_id: 'm2' };

function kept(seen: Conversation, proved: Readonly<Record<string, ProvedAnswer>>, record = seen) {
  const change = keepAnswers({ seen, proved, now: NOW });
  return change && applyChange(record, change, 'c');
}

test('a part of the answers is kept without an event, and the rest stays open', () => {
  const partly = kept(asked, { start: START });
  expect(partly).toMatchObject({ answers: { start: { ...START, at: AT, version: 1 } }, task_complete: 0 });
  expect(partly?.history).toEqual(asked.history);
  expect(partly && openAnswers(partly).map(({ name }) => name)).toEqual(['shift', 'note']);
});

test('the last required answer completes the task and is told once', () => {
  const partly = kept(asked, { start: START }) ?? asked;
  const whole = kept(partly, { shift: SHIFT });
  expect(whole).toMatchObject({ task_complete: 1, answers: { start: START, shift: SHIFT } });
  expect(whole?.history.slice(-1)).toEqual([{ at: AT, status: 'initial_message_sent', event: 'answered' }]);
  expect(whole && isAnswered(whole)).toBe(true);
});

test('a correction counts up, and is told again; the same value in other words is none', () => {
  const whole = kept(asked, { start: START, shift: SHIFT }) ?? asked;
  expect(keepAnswers({ seen: whole, proved: { shift: { ...SHIFT, quote: 'late' } }, now: NOW })).toBeUndefined();
  const corrected = kept(whole, { shift: { value: 'Early', quote: 'early after all', message_id: 'm3' } });
  expect(corrected?.answers).toMatchObject({ start: { version: 1 }, shift: { value: 'Early', version: 2 } });
  expect(corrected?.history.filter(({ event }) => event === 'answered')).toHaveLength(2);
});

test('a message that is read after a newer one corrects nothing, and an equal one neither', () => {
  const newest = kept(asked, { start: { ...START, position: 5 } }) ?? asked;
  const older = { value: '2027-01-15', quote: '15 January', message_id: 'm0' };
  for (const position of [4, 5]) {
    expect(keepAnswers({ seen: newest, proved: { start: { ...older, position } }, now: NOW })).toBeUndefined();
  }
  expect(kept(newest, { start: { ...older, position: 6 } })?.answers).toMatchObject({ start: { value: '2027-01-15', version: 2 } });
});

test('what was said again counts against what was said between, and is not told again', () => {
  const whole = kept(asked, { start: { ...START, position: 1 }, shift: { ...SHIFT, position: 1 } }) ?? asked;
  const again = kept(whole, { start: { ...START, message_id: 'm9', position: 3 } });
  expect(again?.answers?.start).toEqual({ ...START, position: 3, at: AT, version: 1 });
  expect(again?.history).toEqual(whole.history);
  const between = { value: '2027-01-15', quote: '15 January', message_id: 'm5', position: 2 };
  expect(again && keepAnswers({ seen: again, proved: { start: between }, now: NOW })).toBeUndefined();
});

test('of answers without a position the one that is read last counts', () => {
  const whole = kept(asked, { start: START }) ?? asked;
  const read = { value: '2027-01-15', quote: '15 January', message_id: 'm5', position: 2 };
  expect(kept(whole, { start: read })?.answers).toMatchObject({ start: { value: '2027-01-15', position: 2 } });
});

test('of two turns that saw the same record one writes', () => {
  const first = kept(asked, { start: START });
  expect(kept(asked, { shift: SHIFT }, first)).toBeUndefined();
});

test('what was not asked for is not kept, whatever it is called', () => {
  expect(keepAnswers({ seen: asked, proved: { salary: START, constructor: START }, now: NOW })).toBeUndefined();
  expect(isAnswered({})).toBe(false);
});
