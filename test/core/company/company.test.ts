import { allowedChannels, DEFAULT_MODEL, parseChannelSettings, parseProject } from '../../../src/core/company/company';
import { resourceNames } from '../../../src/core/names';
import { sampleCompany } from '../../../tools/local-stage/sample/company';

const record = (): Record<string, unknown> =>
  JSON.parse(JSON.stringify(sampleCompany(resourceNames('dev'), '2026-11-22T10:00:00.000Z')));

/** The record without what lies at a path, or with something else there. */
function changed(path: string, value?: unknown): Record<string, unknown> {
  const copy = record();
  const names = path.split('.');
  const last = names.pop() ?? '';
  const place = names.reduce<Record<string, unknown>>(
    (inner, name) => JSON.parse(JSON.stringify(inner[name] ?? {})) && (inner[name] as Record<string, unknown>),
    copy,
  );
  if (value === undefined) delete place[last];
  else place[last] = value;
  return copy;
}

describe('a company record', () => {
  test('the sample company passes, with the defaults of what it leaves out', () => {
    const project = parseProject(changed('rate_limits'));
    expect(project).toMatchObject({
      valid: true,
      value: { company_name: 'Harbour & Pine Recruitment', rate_limits: {}, auto_queue_initial_message: false },
    });
    const settings = parseChannelSettings(record(), 'sms');
    expect(settings).toMatchObject({
      valid: true,
      value: { sender: '+447700900101', model: { model: DEFAULT_MODEL }, content: { channel: 'sms' } },
    });
  });

  test('lists may be DynamoDB string sets, as other tools write them; words that are not channels are passed over', () => {
    const project = parseProject({ ...record(), allowed_channels: new Set(['sms', 'pigeon', 'whatsapp']) });
    if (!project.valid) throw new Error('expected a valid record');
    expect(allowedChannels(project.value)).toEqual(['whatsapp', 'sms']);
  });

  test('every fault is named by its path, a missing field apart from a wrong one', () => {
    const { company_name: _name, ...rest } = record();
    expect(
      parseProject({
        ...rest,
        company_id: 7,
        project_name: '',
        project_status: 'paused',
        rate_limits: { requests_per_day: 0 },
      }),
    ).toEqual({
      valid: false,
      faults: expect.arrayContaining([
        { path: 'company_name', message: 'is missing' },
        { path: 'company_id', message: 'must be string' },
        { path: 'project_name', message: 'must not be empty' },
        { path: 'project_status', message: 'must be one of active, inactive' },
        { path: 'rate_limits.requests_per_day', message: 'must be at least 1' },
      ]),
    });
  });

  test.each([
    ['whatsapp', 'channel_config.whatsapp.template'],
    ['whatsapp', 'channel_config.whatsapp.company_whatsapp_number'],
    ['sms', 'channel_config.sms.sms_credentials_id'],
    ['sms', 'ai_config.openai_config.sms.instructions'],
    ['email', 'ai_config.openai_config.email.api_key_reference'],
    ['email', 'channel_config.email.template.subject'],
  ] as const)('without what %s needs it is incomplete for that channel alone: %s', (channel, path) => {
    expect(parseChannelSettings(changed(path), channel)).toEqual({
      valid: false,
      faults: [{ path, message: 'is missing' }],
    });
    const other = channel === 'sms' ? 'email' : 'sms';
    expect(parseChannelSettings(changed(path), other).valid).toBe(true);
  });

  test('a section that is null counts as left out', () => {
    expect(parseProject({ ...record(), company_rep: 'Jane Example' })).toMatchObject({
      valid: true, value: { company_rep: { company_rep_1: 'Jane Example' } },
    });
    expect(
      parseProject({ ...record(), rate_limits: null, company_rep: null, auto_queue_initial_message: null }),
    ).toMatchObject({
      valid: true,
      value: { rate_limits: {}, company_rep: {}, auto_queue_initial_message: false },
    });
  });

  test('a limit that is null does not limit, as records of the old engine have it', () => {
    expect(parseProject({ ...record(), rate_limits: { requests_per_minute: null } })).toMatchObject({ valid: true });
  });
});
