import { parseChannelSettings } from '../../../src/core/company/company';
import { sampleCompany } from '../../support/sample-message';

const START = { name: 'start', question: 'When can you start?', type: 'date' };
const SHIFT = { name: 'shift', question: 'Which shift?', type: 'choice', choices: ['Early', 'Late'] };

/** What is wrong with a company whose SMS template expects these answers. */
function faults(answers: unknown, sender?: string): readonly string[] {
  const company = sampleCompany();
  const { sms } = company.channel_config;
  const changed = { ...sms, template: { ...sms.template, answers }, ...(sender && { company_sms_number: sender }) };
  const checked = parseChannelSettings({ ...company, channel_config: { sms: changed } }, 'sms');
  return checked.valid
    ? []
    : checked.faults.map(({ path, message }) => `${path.replace('channel_config.sms.template.', '')} ${message}`);
}

test('answers of every type are taken, and are required unless they say otherwise', () => {
  expect(faults([START, SHIFT, { ...START, name: 'note', type: 'text', required: false }])).toEqual([]);
  const company = sampleCompany();
  const { sms } = company.channel_config;
  const config = { sms: { ...sms, template: { ...sms.template, answers: [START] } } };
  const checked = parseChannelSettings({ ...company, channel_config: config }, 'sms');
  expect(checked.valid && checked.value.content.template.answers).toEqual([{ ...START, required: true }]);
});

test.each<[string, unknown, readonly string[]]>([
  ['a name twice', [START, START], ['answers.1.name is used twice: start']],
  [
    'a name of another form',
    [{ ...START, name: 'Start date' }],
    [
      'answers.0.name must be a name of at most 40 lower-case letters, digits and underscores that begins with a letter',
    ],
  ],
  ['no question', [{ ...START, question: ' ' }], ['answers.0.question has the wrong form']],
  ['a type of its own', [{ ...START, type: 'colour' }], [expect.stringContaining('answers.0.type must be one of text')]],
  [
    'choices of another type',
    [{ ...START, choices: ['May', 'June'] }],
    ["answers.0.choices must be left out: the answer's type is date, not choice"],
  ],
  ['a choice of one', [{ ...SHIFT, choices: ['Late'] }], ['answers.0.choices must hold two choices at least']],
  ['a choice of nothing', [{ ...SHIFT, choices: undefined }], ['answers.0.choices must hold two choices at least']],
  [
    'choices that sound the same',
    [{ ...SHIFT, choices: ['Late', 'late '] }],
    ['answers.0.choices must differ in more than letter case: late '],
  ],
  [
    'nothing that is required',
    [{ ...START, required: false }],
    ['answers must hold an answer that is required: without one nothing is waited for'],
  ],
  ['too many', Array.from({ length: 11 }, (_one, index) => ({ ...START, name: `a${index}` })), [
    'answers must hold at most 10',
  ]],
])('%s is refused', (_what, answers, expected) => {
  expect(faults(answers)).toEqual(expected);
});

test('a sender that is a name receives no replies, so its template may expect none', () => {
  expect(faults([START], 'Brightpath')).toEqual([
    'answers must be left out: the sender Brightpath is a name, to which nobody can reply',
  ]);
  expect(faults(undefined, 'Brightpath')).toEqual([]);
});

describe('a reminder', () => {
  const reminder = {
    name: 'again', version: 1, language: 'en-GB', body: 'Did you see our question?', variables: {},
  };

  function whatsapp(reminder_template: unknown): readonly string[] {
    const company = sampleCompany();
    const channel_config = { whatsapp: { ...company.channel_config.whatsapp, reminder_template } };
    const checked = parseChannelSettings({ ...company, channel_config }, 'whatsapp');
    return checked.valid ? [] : checked.faults.map(({ path, message }) => `${path} ${message}`);
  }

  test('on WhatsApp names the template that was approved for it', () => {
    expect(whatsapp(undefined)).toEqual([]);
    expect(whatsapp({ ...reminder, content_sid: `HX${'1'.repeat(32)}` })).toEqual([]);
    expect(whatsapp(reminder)).toEqual([
      'channel_config.whatsapp.reminder_template.content_sid is missing: a reminder is a template of its own',
    ]);
  });

  test('asks nothing of its own', () => {
    expect(whatsapp({ ...reminder, content_sid: 'HX1', answers: [START] })).toEqual([
      'channel_config.whatsapp.reminder_template.answers must be left out: template says what is asked',
    ]);
  });
});
