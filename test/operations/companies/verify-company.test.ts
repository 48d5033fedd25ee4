import { verifyCompany } from '../../../src/operations/companies/verify-company';
import type { VerifyOrder } from '../../../src/operations/companies/verify-company';
import {
  SAMPLE_CREDENTIALS_SECRET, SAMPLE_MODEL_SECRET, sampleCompany, sampleCompanyWithTemplate,
} from '../../support/sample-message';
import { stageToExamine } from '../../support/stage-to-examine';

type World = ReturnType<typeof stageToExamine>;
type Ports = World['ports'];

/** What is found, as `subject: verdict`, with the words of each. */
async function verified(
  world: World = stageToExamine(),
  order: Partial<VerifyOrder> = {},
  vendors: Partial<Ports['vendors']> = {},
) {
  const ports = { ...world.ports, vendors: { ...world.ports.vendors, ...vendors } };
  const whole = { record: sampleCompany(), channel: 'sms' as const, withDryRun: false, ...order };
  const result = await verifyCompany(ports, whole);
  if (result.outcome !== 'verified') throw new Error(`Not verified: ${result.outcome}`);
  return result.findings;
}

test('every allowed channel is verified in turn, and each says which URL is entered at the vendor', async () => {
  const told: string[] = [];
  const findings = await verified(stageToExamine(), { channel: undefined, onChannel: (one) => { told.push(one); } });
  expect(told).toEqual(['whatsapp', 'sms', 'email']);
  expect(findings.map(({ channel, subject, verdict }) => [channel, subject, verdict])).toEqual(
    told.flatMap((channel) => [[channel, 'account', 'ok'], [channel, 'model', 'ok'], [channel, 'webhook', 'ok']]),
  );
  expect(findings[2]?.words).toBe('answers; enter https://api.example.com/webhooks/whatsapp at the vendor');
});

test('a record that cannot be read, and a channel that it does not allow, are verified no further', async () => {
  const { ports } = stageToExamine();
  const record = sampleCompany({ project_status: 'on' });
  expect(await verifyCompany(ports, { record, withDryRun: false })).toMatchObject({
    outcome: 'record_incomplete', faults: [{ path: 'project_status' }],
  });
  const textsOnly = sampleCompany({ allowed_channels: ['sms'] });
  expect(await verifyCompany(ports, { record: textsOnly, channel: 'email', withDryRun: false })).toEqual({
    outcome: 'channel_not_allowed',
  });
});

test("faults of the channel's settings are told with the remedy, and no vendor is asked", async () => {
  const verifyChannel = jest.fn();
  const record = sampleCompany({ channel_config: {} });
  const findings = await verified(stageToExamine(), { record }, { verifyChannel });
  expect(findings).not.toEqual([]);
  expect(new Set(findings.map(({ verdict, remedy }) => `${verdict} ${remedy}`))).toEqual(new Set(['fault apply_record']));
  expect(verifyChannel).not.toHaveBeenCalled();
});

test('missing secrets are told by name with their remedies, and no vendor is asked with them', async () => {
  const world = stageToExamine();
  world.secrets.clear();
  const verifyChannel = jest.fn();
  const verifyModel = jest.fn();
  expect(await verified(world, {}, { verifyChannel, verifyModel })).toMatchObject([
    { subject: `secret ${SAMPLE_CREDENTIALS_SECRET}`, words: 'there is no such secret', remedy: 'store_credentials' },
    { subject: `secret ${SAMPLE_MODEL_SECRET}`, words: 'there is no such secret', remedy: 'store_model_key' },
    { subject: 'webhook', verdict: 'ok' },
  ]);
  expect([verifyChannel.mock.calls, verifyModel.mock.calls]).toEqual([[], []]);
});

test.each([
  [{ status: 200 }, 'answers HTTP 200 to an unsigned call, where it should refuse with 403'],
  [{ unreachable: 'no such host' }, 'cannot be reached (no such host)'],
])('a webhook that does not refuse an unsigned call is a fault: %j', async (answer, words) => {
  const findings = await verified(stageToExamine(), {}, { callUnsigned: async () => Promise.resolve(answer) });
  expect(findings.find(({ subject }) => subject === 'webhook')).toMatchObject({
    verdict: 'fault', words: expect.stringContaining(words),
  });
});

test('a template that cannot be filled is a fault, and is not tried with the model', async () => {
  const world = stageToExamine();
  const record = sampleCompanyWithTemplate({ body: 'Hello {{first_name}}, {{questoin}}' });
  const findings = await verified(world, { record, withDryRun: true });
  expect(findings).toContainEqual(expect.objectContaining({ verdict: 'fault', remedy: 'set_template' }));
  expect(findings.map(({ subject }) => subject)).not.toContain('dry run');
  expect(world.model.requests).toEqual([]);
});

describe('the dry run', () => {
  const tried = async (arrange: (world: World) => void = () => undefined) => {
    const world = stageToExamine();
    arrange(world);
    return (await verified(world, { withDryRun: true })).find(({ subject }) => subject === 'dry run');
  };

  test('says that a sample makes a message that is proved', async () => {
    expect(await tried()).toMatchObject({ verdict: 'ok', words: 'a sample request makes a message that is proved' });
  });

  test('warns where the sample\'s message would not go by itself', async () => {
    const link = { question: 'see https://evil.example.org now' };
    expect(await tried(({ model }) => { model.arrangeValues(link, 5); })).toMatchObject({
      verdict: 'warning', remedy: 'dry_run', words: expect.stringMatching(/^a sample request's message would .+ \(.+\)/),
    });
  });

  test('tells a model that does not answer from one that refuses the call', async () => {
    expect(await tried(({ model }) => { model.arrange({ outcome: 'unavailable' }, 5); }))
      .toMatchObject({ verdict: 'fault', words: expect.stringContaining('did not answer') });
    expect(await tried(({ model }) => { model.arrange({ outcome: 'misconfigured', code: 'invalid_api_key' }, 5); }))
      .toMatchObject({ verdict: 'fault', remedy: 'store_model_key', words: expect.stringContaining('invalid_api_key') });
  });

  test('says where the record was changed meanwhile', async () => {
    expect(await tried(({ ports }) => { jest.spyOn(ports.directory, 'findCompany').mockResolvedValue(undefined); }))
      .toMatchObject({ verdict: 'fault', words: expect.stringContaining('changed meanwhile') });
  });

  test('is left out where the model was found wrong', async () => {
    const verifyModel = async () => Promise.resolve({ subject: 'model', verdict: 'fault' as const, words: 'is unknown' });
    const findings = await verified(stageToExamine(), { withDryRun: true }, { verifyModel });
    expect(findings.map(({ subject }) => subject)).toEqual(['account', 'model', 'webhook']);
  });
});

test('the template that reopens a chat is verified too', async () => {
  const company = sampleCompany();
  const { whatsapp } = company.channel_config;
  const reopening = { ...whatsapp.template, name: 'reopening', content_sid: `HX${'2'.repeat(32)}` };
  const channels = { ...company.channel_config, whatsapp: { ...whatsapp, reopen_template: reopening } };
  const record = { ...company, channel_config: channels };
  const verifyChannel: Ports['vendors']['verifyChannel'] = async ({ content }) => Promise.resolve([
    { subject: `template ${content.template.name}`, verdict: 'ok', words: 'is approved' },
  ]);
  const findings = await verified(stageToExamine(record), { record, channel: 'whatsapp' }, { verifyChannel });
  expect(findings.map(({ subject }) => subject)).toContain('template reopening');
});

test('a reminder is verified too, and what is the same of both is told once', async () => {
  const company = sampleCompany();
  const { sms } = company.channel_config;
  const reminder = { ...sms.template, name: 'cv_reminder' };
  const channels = { ...company.channel_config, sms: { ...sms, reminder_template: reminder } };
  const record = { ...company, channel_config: channels };
  const verifyChannel: Ports['vendors']['verifyChannel'] = async ({ content }) => Promise.resolve([
    { subject: 'account', verdict: 'ok', words: 'is active' },
    { subject: `template ${content.template.name}`, verdict: 'ok', words: 'is approved' },
  ]);
  const findings = await verified(stageToExamine(record), { record }, { verifyChannel });
  expect(findings.map(({ subject }) => subject)).toEqual([
    'account', 'template cv_question', 'template cv_reminder', 'model', 'webhook',
  ]);
});
