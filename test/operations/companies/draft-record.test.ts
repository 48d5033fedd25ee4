import { resourceNames } from '../../../src/core/names';
import { checkRecord } from '../../../src/operations/companies/check-record';
import { draftRecord } from '../../../src/operations/companies/draft-record';

const NAMES = resourceNames('dev');
const OLD = {
  company_id: 'old-co',
  project_id: 'hiring',
  company_name: 'Old Co',
  project_name: 'Hiring',
  project_status: 'Active',
  allowed_channels: new Set(['SMS', 'fax']),
  company_rep: { company_rep_1: 'Morgan Blake' },
  rate_limits: { requests_per_minute: '60', requests_per_day: 100 },
  ai_config: {
    openai_config: {
      sms: {
        assistant_id_1: 'asst_1',
        assistant_id_template_sender: 'asst_2',
        api_key_reference: NAMES.modelSecret('sms'),
      },
    },
  },
  channel_config: { sms: { company_sms_number: '+447700900101', sms_credentials_id: 'somewhere-else' } },
  created_at: '2025-01-01T00:00:00Z',
  updated_at: '2025-01-01T00:00:00Z',
  crm_id: 7,
};

test('a draft of an old record fails validation only where a person must decide', () => {
  const { record } = draftRecord(OLD, NAMES);
  const findings = checkRecord(record, { names: NAMES, templateFields: () => [], now: 0 });
  expect(
    findings
      .filter(({ severity }) => severity === 'fault')
      .map(({ path, message }) => `${path} ${message}`)
      .sort(),
  ).toEqual(['ai_config.openai_config.sms.instructions is missing', 'channel_config.sms.template is missing']);
  expect(record).toMatchObject({
    allowed_channels: ['sms'],
    project_status: 'active',
    rate_limits: { requests_per_minute: 60 },
    crm_id: 7,
  });
});

test('a draft tells what is dead, what was changed and what is to be written', () => {
  const { dead, changed, toDecide, record } = draftRecord(OLD, NAMES);
  expect(dead).toEqual([
    'ai_config.openai_config.sms.assistant_id_1',
    'ai_config.openai_config.sms.assistant_id_template_sender',
  ]);
  expect(JSON.stringify(record)).not.toContain('asst_');
  expect(changed).toEqual([
    expect.stringContaining('requests_per_minute: the text "60"'),
    expect.stringContaining('sms_credentials_id: was somewhere-else'),
  ]);
  expect(toDecide).toEqual([expect.stringContaining('instructions'), expect.stringContaining('template')]);
});

test('a secret that is named by the company\'s short name stays in use, since the functions may read it', () => {
  const secret = 'ai-multi-comms/sms-credentials/cucumber-recruitment/clarify-cv/twilio-dev';
  const old = { ...OLD, channel_config: { sms: { company_sms_number: '+447700900101', sms_credentials_id: secret } } };
  const { record, changed } = draftRecord(old, NAMES);
  expect(record).toMatchObject({ channel_config: { sms: { sms_credentials_id: secret } } });
  expect(changed.join()).not.toContain('credentials');
  expect(draftRecord(old, resourceNames('prod')).record).not.toHaveProperty('channel_config.sms.sms_credentials_id');
});
