import { findingLine, placed, readDocument } from '../../../src/cli/companies/document';
import { skeleton } from '../../../src/cli/companies/skeleton';
import { checkRecord } from '../../../src/operations/companies/check-record';
import { CHANNELS } from '../../../src/core/channel';
import { resourceNames } from '../../../src/core/names';

const RULES = { names: resourceNames('dev'), templateFields: () => ['content_sid'], now: Date.parse('2026-11-30T12:00:00Z') };
const check = (text: string): readonly string[] => {
  const read = readDocument('a.yaml', text);
  const findings = read.readable ? placed(read.document, checkRecord(read.document.value, RULES)) : read.findings;
  return findings.map((finding) => findingLine('a.yaml', finding));
};
const changed = (...changes: ReadonlyArray<readonly [string, string]>) =>
  check(changes.reduce((text, [from, to]) => text.replace(from, to), skeleton('acme', 'hiring', CHANNELS)));

describe('a company\'s file', () => {
  test('is valid as company init writes it, whatever the channels', () => {
    expect(check(skeleton('acme', 'hiring', CHANNELS))).toEqual([]);
    for (const channel of CHANNELS) expect(check(skeleton('acme', 'hiring', [channel]))).toEqual([]);
  });

  test('that is no YAML is told with the line', () => {
    expect(check('company_id: acme\nproject_id: [\n')).toEqual([
      expect.stringMatching(/^a\.yaml:\d+:\d+: it is not valid YAML: /),
    ]);
    expect(check('- a\n')).toEqual([expect.stringContaining('one mapping of fields')]);
    expect(check('a: 1\na: 2\n')).toEqual([
      expect.stringMatching(/^a\.yaml:2:1: it is not valid YAML: Map keys must be unique/),
    ]);
  });

  test('has all its faults told at once', () => {
    expect(
      changed(
        ['"+447700900101"', '+447700900101'],
        ['{{point}} Reply STOP', '{{pont}} Reply STOP'],
        ['careers@example.com', 'careers'],
        ['project_status: active', 'project_status: on'],
      ),
    ).toEqual([
      expect.stringMatching(/:6:1: project_status must be one of active, inactive$/),
      expect.stringMatching(/company_sms_number must be a text: put it into quotes$/),
      expect.stringMatching(/sms\.template\.body uses \{\{pont\}\}, which variables does not declare$/),
      expect.stringMatching(/sms\.template\.variables\.point is declared, but no text uses it$/),
      expect.stringMatching(/company_email must be an e-mail address$/),
    ]);
  });

  test('may ask for answers; faults of theirs and questions in another language are found', () => {
    const answers = (question: string, type = 'date') =>
      changed(['language: en-GB', `language: en-GB\n      answers: [{ name: start, question: "${question}", type: ${type} }]`]);
    expect(answers('When can you start?')).toEqual([]);
    expect(answers('When can you start?', 'choice')).toEqual([
      expect.stringMatching(/template\.answers\.0\.choices must hold two choices at least$/),
    ]);
    expect(answers('Wann kannst du bei uns mit der Arbeit anfangen?')).toEqual([
      expect.stringMatching(/warning: .*answers\.0\.question seems to be in another language than the template's, en-GB/),
    ]);
  });

  test('says where settings of reminders have no effect', () => {
    const reminds = (text: string) => changed(['project_status: active', `project_status: active\n${text}`]);
    expect(reminds('remind_after_minutes: 60')).toEqual([
      expect.stringMatching(/warning: .*remind_after_minutes reminds of nothing: no template has answers$/),
    ]);
    expect(reminds('unanswered_after_minutes: 60')).toEqual([
      expect.stringMatching(/warning: .*unanswered_after_minutes says nothing without remind_after_minutes$/),
    ]);
    const answers = 'language: en-GB\n      answers: [{ name: start, question: "When can you start?", type: date }]';
    expect(
      changed(['project_status: active', 'project_status: active\nremind_after_minutes: 60'], ['language: en-GB', answers]),
    ).toEqual([expect.stringMatching(/warning: .*whatsapp.*reminder_template is missing: silence is not reminded of/)]);
  });

  test('may name a Messaging Service as sender; a name is taken, with what it cannot do', () => {
    expect(changed(['"+447700900101"', `MG${'a'.repeat(32)}`], ['"+447700900100"', `MG${'b'.repeat(32)}`])).toEqual([]);
    expect(changed(['"+447700900101"', 'Brightpath'])).toEqual([
      expect.stringMatching(/warning: .*company_sms_number is a name, which receives no replies/),
    ]);
    expect(changed(['"+447700900100"', 'Brightpath'])).toEqual([
      expect.stringMatching(/company_whatsapp_number must be a phone number in E\.164 form.*, or a Messaging Service/),
    ]);
  });

  test('has slips in names found, and names of other tools left alone', () => {
    expect(
      changed(['requests_per_day', 'request_per_day'], ['project_status', 'crm_number: 7\nproject_status']),
    ).toEqual([
      expect.stringMatching(/warning: crm_number is not a field of the engine; it is kept as it is$/),
      expect.stringMatching(
        /warning: rate_limits\.request_per_day is not a field of the engine; did you mean requests_per_day\?$/,
      ),
    ]);
  });

  test('has templates checked by the rules of their channel', () => {
    expect(changed(['{{2}} Please', '{{3}} Please'], ['"2":', '"3":'])).toEqual([
      expect.stringContaining('numbered 1 to 2 without a gap'),
    ]);
    expect(changed(['fallback: please call us about your application.', `fallback: ${'x'.repeat(201)}`])).toEqual([
      expect.stringContaining('variables.2.fallback is longer than max_length'),
    ]);
    expect(changed(['Reply STOP to opt out.', 'x'.repeat(600)])).toEqual([
      expect.stringContaining('costs more SMS segments than max_segments allows even with the shortest values'),
    ]);
    expect(changed(['max_message_length: 1600', 'max_message_length: 20'])).toContainEqual(
      expect.stringContaining('is longer than rate_limits.max_message_length even with'),
    );
    expect(changed(['copy_of: recipient_data.recipient_first_name', 'copy_of: somewhere'])).toEqual([
      expect.stringContaining('must be a path such as'),
    ]);
  });

  test('says of each variable what is wrong with its facts, format and needs', () => {
    const point = (more: string, fallback = true) =>
      changed([
        'max_length: 200\n          fallback: please call us about your application.   # the words to use where the '
        + "model's " +
          'cannot be proved',
        `max_length: 200\n${fallback ? '          fallback: please call us.\n' : ''}${more}`,
      ]);
    expect(point('          facts: [project_data.visit, recipient_data]')).toEqual([]);
    expect(point('          facts: [request_data.request_id]')).toEqual([
      expect.stringMatching(/variables\.2\.facts\.0 must be a path such as project_data\.interview or a section/),
    ]);
    expect(point('          facts: []')).toEqual([expect.stringMatching(/variables\.2\.facts /)]);
    expect(point('          format: date')).toEqual([
      expect.stringMatching(/variables\.2\.format is for copied facts: add copy_of, or leave format out$/),
    ]);
    expect(point('          copy_of: project_data.day\n          format: dates')).toEqual([
      expect.stringMatching(/variables\.2\.format must be one of date, time, amount, phone, list$/),
    ]);
    expect(point('          copy_of: project_data.day\n          facts: [project_data]')).toEqual([
      expect.stringMatching(/variables\.2\.facts limits what the model may use, and this variable is copied/),
    ]);
    expect(point('          copy_of: project_data.day\n          format: date', false)).toEqual([
      expect.stringMatching(
        /warning: .*variables\.2\.copy_of project_data\.day is not among needs: a request without it/,
      ),
    ]);
    expect(point('          facts: [project_data.visit]', false)).toContainEqual(
      expect.stringMatching(/warning: .*variables\.2\.facts project_data\.visit is not among needs/),
    );
  });

  test('names only facts of requests as untrusted', () => {
    const untrusted = (paths: string) => changed(['company_rep:\n', `untrusted: [${paths}]\ncompany_rep:\n`]);
    expect(untrusted('project_data.cv, project_data')).toEqual([]);
    expect(untrusted('company_rep')).toEqual([
      expect.stringMatching(/untrusted\.0 must be project_data or a path in it, such as project_data\.cv$/),
    ]);
  });

  test('names only secrets that the stage may read', () => {
    const withSecret = (name: string) =>
      changed(['company_email:', `email_credentials_id: ${name}\n    company_email:`]);
    const refused = [
      'elsewhere',
      'ai-multi-comms/email-credentials/acme/hiring/sendgrid-prod',
      'ai-multi-comms/sms-credentials/acme/hiring/twilio-dev',
      'ai-multi-comms/email-credentials/sendgrid-dev',
      'ai-multi-comms/email-credentials//sendgrid-dev',
      'xai-multi-comms/email-credentials/a/b/sendgrid-dev',
      'ai-multi-comms/email-credentials/acme/hiring/sendgrid-dev-x',
    ];
    for (const name of refused) {
      expect(withSecret(name)).toEqual([expect.stringContaining('leave it out to have it filled in')]);
    }
    // The permission is a pattern: names that the engine before this one gave may be read, too.
    for (const name of ['acme/hiring', 'cucumber-recruitment/clarify-cv', 'cucumber']) {
      expect(withSecret(`ai-multi-comms/email-credentials/${name}/sendgrid-dev`)).toEqual([]);
    }
  });
});

test('a field of another name is found within a list, too', () => {
  const answers = '      answers: [{ name: start, question: When could you start?, type: date, requird: true }]\n';
  const found = check(skeleton('acme', 'hiring', ['sms']).replace('      needs:', `${answers}      needs:`));
  expect(found).toEqual([
    expect.stringMatching(/warning: channel_config.sms.template.answers.0.requird is not a field .* did you mean required\?$/),
  ]);
});
