import type { ConsolePorts } from '../../../src/console-api/routes/route';
import { resourceNames } from '../../../src/core/names';
import { ANSWERS } from '../../support/answering-world';
import { operatorsWorld } from '../../support/operators-world';
import { sampleCompany } from '../../support/sample-message';
import { recordsWorld } from './records-world';

function companiesWorld(
  record: Readonly<Record<string, unknown>> = sampleCompany(), more: Partial<ConsolePorts> = {},
) {
  const companies: ConsolePorts['companies'] = {
    ...operatorsWorld().companies,
    find: async (company, project) =>
      Promise.resolve(company === 'brightpath' && project === 'cv-review' ? record : undefined),
  };
  const used = { requests_this_minute: 1, requests_today: 2, open_conversations: 3, committed_this_month: 4.5 };
  const world = recordsWorld({
    ...more,
    companies,
    usage: { usageOf: async () => Promise.resolve(used) },
    templateHistory: {
      keep: async () => Promise.resolve(),
      list: async ({ channel }) =>
        Promise.resolve(
          channel === 'sms'
            ? [2, 3].map((version) => ({ version, template: {}, written_at: `2026-11-0${version}T09:00:00.000Z` }))
            : [],
        ),
    },
  });
  world.signIn('company_admin:brightpath');
  return world;
}

test('the verification of each channel is shown with the command that mends each finding, and the one that verifies again', async () => {
  const findings = [
    { subject: 'secret x', verdict: 'fault', words: 'is missing', remedy: 'store_credentials' },
    { subject: 'webhook', verdict: 'ok', words: 'answers', remedy: 'dry_run' },
  ] as const;
  const verified = { channel: 'sms', at: '2026-11-01T09:00:00.000Z', by: 'Sam Reyes', findings } as const;
  const verifications = { keep: jest.fn(), list: async () => Promise.resolve([verified]) };
  const names = resourceNames('dev');
  const { get } = companiesWorld(sampleCompany(ANSWERS), { verifications, names });
  const { status, json } = await get('/companies/verification', { project: 'cv-review' });
  expect([status, json]).toMatchObject([200, {
    command: 'engine company verify brightpath cv-review --stage dev',
    channels: [{ channel: 'whatsapp' }, {
      channel: 'sms',
      verified: {
        at: '2026-11-01T09:00:00.000Z', by: 'Sam Reyes', isOutdated: false,
        findings: [
          {
            subject: 'secret x', verdict: 'fault', words: 'is missing',
            command: 'engine secret set credentials brightpath cv-review --channel sms --stage dev',
          },
          { subject: 'webhook', verdict: 'ok', words: 'answers' },
        ],
      },
    }, { channel: 'email' }],
  }]);
  expect(json.answers).not.toEqual([]);
  expect((await get('/companies/verification', { project: 'unknown' })).status).toBe(404);
});

test("a record is shown with what is used and each template's versions, the newest first", async () => {
  const { status, json } = await companiesWorld().get('/companies/record', { project: 'cv-review' });
  expect(status).toBe(200);
  expect(json).toMatchObject({
    record: { company_name: 'Brightpath Recruitment' },
    faults: [],
    used: { requestsThisMinute: 1, requestsToday: 2, openConversations: 3, committedThisMonth: 4.5 },
  });
  expect(json.templates).toContainEqual({
    channel: 'sms', name: 'cv_question', version: 3,
    versions: [
      { version: 3, current: true, writtenAt: '2026-11-03T09:00:00.000Z' },
      { version: 2, current: false, writtenAt: '2026-11-02T09:00:00.000Z' },
    ],
  });
});

test('an incomplete record is shown with what is wrong, and channels without a template are left out', async () => {
  const sms = { template: {} };
  const record = { ...sampleCompany(), project_status: 'asleep', channel_config: { sms } };
  const { status, json } = await companiesWorld(record).get('/companies/record', { project: 'cv-review' });
  expect(status).toBe(200);
  expect(json.faults).toContainEqual(expect.objectContaining({ path: 'project_status' }));
  expect(json.templates).toMatchObject([{ channel: 'sms', name: '', version: 0 }]);
});

test('templates name each variable and where its value comes from', async () => {
  const { json } = await companiesWorld().get('/companies/templates', { project: 'cv-review' });
  expect(json.templates).toHaveLength(3);
  expect(json.templates).toContainEqual({
    channel: 'sms', name: 'cv_question', version: 3,
    variables: [
      {
        name: 'first_name', description: "The candidate's first name.",
        copyOf: 'recipient_data.recipient_first_name', facts: [],
      },
      { name: 'question', description: 'What the candidate should clarify.', facts: [] },
    ],
  });
});

test('a template that is broken is left out of those that can be tried', async () => {
  const record = { ...sampleCompany(), channel_config: { sms: { template: { name: 'x' } } } };
  const { json } = await companiesWorld(record).get('/companies/templates', { project: 'cv-review' });
  expect(json.templates).toEqual([]);
});

test.each(['record', 'templates'])('the %s of a project that is not there is not found', async (what) => {
  const { status, json } = await companiesWorld().get(`/companies/${what}`, { project: 'other' });
  expect([status, json.code]).toEqual([404, 'NOT_FOUND']);
  expect(json.message).toContain('no such project');
  expect((await companiesWorld().get(`/companies/${what}`)).json).toMatchObject({ code: 'INVALID_REQUEST' });
});

test('what is wrong with the answers of a project is shown with the rest', async () => {
  const record = { ...sampleCompany(), replies: 'answer' };
  const { json } = await companiesWorld(record).get('/companies/record', { project: 'cv-review' });
  expect(json.faults).toEqual([
    { path: 'assistant', message: 'is missing: replies: answer needs disclosure and hand_off' },
    { path: 'answer_cards', message: 'is empty: replies: answer needs one card at least' },
  ]);
});
