import type { ExpectedAnswer } from '../../src/core/company/expected-answer';
import { answerByButton } from '../../src/receipts/answer-by-button';
import { sampleConversation } from '../support/sample-message';

const CHANGE: ExpectedAnswer = {
  name: 'change', question: 'Which change do you want?', type: 'choice', choices: ['Full time', 'Part-time'],
  required: true,
};
const COMES: ExpectedAnswer = { name: 'comes', question: 'Do you come?', type: 'yes_no', required: true };
const REASON: ExpectedAnswer = { name: 'reason', question: 'Why?', type: 'text', required: true };

function asked(...expected: readonly ExpectedAnswer[]) {
  return sampleConversation({ now: 0, changes: { expected_answers: expected } });
}

describe('a pressed button', () => {
  test('answers by its label or its payload, in the choice\'s own spelling', () => {
    const conversation = asked(CHANGE, REASON);
    expect(answerByButton({ payload: 'b1', text: 'PART TIME' }, conversation)).toEqual([
      'change', { value: 'Part-time', quote: 'PART TIME' },
    ]);
    expect(answerByButton({ payload: 'full_time', text: '' }, conversation)).toEqual([
      'change', { value: 'Full time', quote: 'full_time' },
    ]);
  });

  test.each([['yes', 'Ja, gern', true], ['no', 'Nein', false], ['b2', 'No!', false]])(
    'with payload %s and label %s says %s', (payload, text, value) => {
      expect(answerByButton({ payload, text }, asked(COMES, REASON))).toEqual(['comes', { value, quote: text }]);
    },
  );

  test.each([['constructor', 'toString'], ['', ''], ['later', 'Later']])(
    'with payload "%s" and label "%s" answers nothing', (payload, text) => {
      expect(answerByButton({ payload, text }, asked(COMES, CHANGE, { ...CHANGE, name: 'none', choices: undefined })))
        .toBeUndefined();
    },
  );

  test('answers nothing where two open questions fit, and the open one where the other is answered', () => {
    const conversation = asked(COMES, { ...COMES, name: 'stays' });
    const button = { payload: 'yes', text: 'Yes' };
    expect(answerByButton(button, conversation)).toBeUndefined();
    const kept = { value: true, quote: 'Yes', message_id: 'm', at: '2026-11-02T09:00:00.000Z', version: 1 };
    expect(answerByButton(button, { ...conversation, answers: { comes: kept } })).toEqual([
      'stays', { value: true, quote: 'Yes' },
    ]);
  });

  test('answers nothing where nothing is asked', () => {
    expect(answerByButton({ payload: 'yes', text: 'Yes' }, sampleConversation({ now: 0 }))).toBeUndefined();
  });
});
