import type { ExpectedAnswer, WantedAnswer } from '../../../src/core/company/expected-answer';
import { narrowAnswers } from '../../../src/core/company/narrow-answers';
import { parseChannelSettings } from '../../../src/core/company/company';
import { checkRequest } from '../../../src/router/check-request';
import { sampleRequest } from '../../router/router-world';
import { sampleCompanyWithTemplate } from '../../support/sample-message';

const START: ExpectedAnswer = { name: 'start', question: 'When can you start?', type: 'date', required: true };
const SHIFT: ExpectedAnswer = {
  name: 'shift', question: 'Which shift?', type: 'choice', choices: ['Early', 'Late', 'Night'], required: true,
};
const NOTE: ExpectedAnswer = { name: 'note', question: 'Anything else?', type: 'text', required: false };

/** What is expected, or what is wrong. */
function narrow(wanted?: readonly WantedAnswer[], answers: readonly ExpectedAnswer[] = [START, SHIFT, NOTE]) {
  const settings = parseChannelSettings(sampleCompanyWithTemplate({ answers }), 'sms');
  const checked = checkRequest(sampleRequest({ request_data: { expected_answers: wanted } }));
  if (!settings.valid || !checked.valid) throw new Error('The sample is faulty.');
  const narrowed = narrowAnswers(checked.request, settings.value);
  if ('expected' in narrowed) return narrowed.expected;
  expect(narrowed.refusal.code).toBe('INVALID_EXPECTED_ANSWERS');
  return (narrowed.refusal.details ?? []).map(({ path, message }) => `${path} ${message}`);
}

test('a request that says nothing expects what its template does', () => {
  expect(narrow()).toEqual([START, SHIFT, NOTE]);
  expect(narrow(undefined, [])).toBeUndefined();
});

test('a request may leave answers out, order them and limit their choices', () => {
  expect(narrow([{ name: 'note' }, { name: 'shift', choices: ['Night', 'Early'] }])).toEqual([
    NOTE,
    { ...SHIFT, choices: ['Early', 'Night'] },
  ]);
});

test.each<[readonly WantedAnswer[], readonly string[]]>([
  [
    [{ name: 'salary' }, { name: 'constructor' }],
    ['0', '1'].map((index) => (
      `request_data.expected_answers.${index}.name is not an answer of the template cv_question, which expects start, `
        + 'shift, note'
    )),
  ],
  [[{ name: 'start' }, { name: 'start' }], ['request_data.expected_answers.1.name is named before']],
  [
    [{ name: 'start', choices: ['May', 'June'] }],
    ['request_data.expected_answers.0.choices must be left out: start is not a choice'],
  ],
  [
    [{ name: 'shift', choices: ['early', 'Late'] }],
    [
      "request_data.expected_answers.0.choices must be some of the template's, spelled as there: Early, Late, Night",
    ],
  ],
  [
    [{ name: 'shift', choices: ['Late', 'Late'] }],
    ['request_data.expected_answers.0.choices must hold two choices at least'],
  ],
  [
    [{ name: 'note' }],
    ['request_data.expected_answers must name an answer that is required: without one nothing is waited for'],
  ],
])('%j is refused', (wanted, faults) => {
  expect(narrow(wanted)).toEqual(faults);
});

test('a template without answers takes no request for any', () => {
  expect(narrow([{ name: 'start' }], [])).toEqual([
    'request_data.expected_answers must be left out: cv_question expects no answers',
  ]);
});
