import { dryRunLines } from '../../../src/cli/requests/dry-run-command';
import type { DryRun } from '../../../src/operations/dry-run/dry-run';
import { dryRun } from '../../../src/operations/dry-run/dry-run';
import type { StoredSecret } from '../../../src/core/ports/secret-vault';
import type { LanguageModel } from '../../../src/core/ports/language-model';
import type { ConversationRequest } from '../../../src/core/contract/request';
import { FakeClock } from '../../support/fake-clock';
import { FakeModel } from '../../support/fake-model';
import { MemoryDirectory } from '../../support/memory-directory';
import { sampleCompany } from '../../support/sample-message';

const request: ConversationRequest = {
  company_data: { company_id: 'brightpath', project_id: 'cv-review' },
  recipient_data: {
    recipient_first_name: 'Ada',
    recipient_last_name: 'Sample',
    recipient_tel: '+447700900123',
    recipient_email: 'ada@example.com',
    comms_consent: true,
  },
  project_data: { position: 'Backend engineer', open_point: 'projects with a message queue' },
  request_data: {
    request_id: '3f0c8a52-5d0e-4b7e-9b1a-2f6f8c1d7e90',
    channel_method: 'sms',
    initial_request_timestamp: '2026-11-02T09:00:00.000Z',
  },
};
const GOOD = { question: 'which of your projects used a message queue?' };
const LINK = { question: 'see https://evil.example.org now' };

interface Change {
  readonly secret?: StoredSecret;
  readonly model?: LanguageModel;
}

type Company = Readonly<Record<string, unknown>>;

function ports({ secret, ...change }: Change = {}, company: Company | undefined = sampleCompany()) {
  const model = new FakeModel(GOOD);
  const directory = new MemoryDirectory();
  jest.spyOn(directory, 'findCompany').mockResolvedValue(company);
  const found: StoredSecret = { state: 'found', fields: { ai_api_key: 'key' } };
  const secrets = { read: async () => Promise.resolve(secret ?? found), store: jest.fn(), list: jest.fn() };
  return {
    asked: model.requests,
    clock: new FakeClock(),
    directory,
    secrets,
    arrange: model,
    model: change.model ?? model,
  };
}

/** What a request becomes; a test that expects a message fails without one. */
async function tried(world = ports(), asked = request): Promise<DryRun> {
  const result = await dryRun(asked, world);
  if (
    result.outcome === 'would_send' ||
    result.outcome === 'would_wait_for_a_person' ||
    result.outcome === 'would_fail'
  ) {
    return result;
  }
  throw new Error(`Nothing was composed: ${result.outcome}`);
}

/** The sample's text message with other words about its one written variable. */
function companyWith(question: Readonly<Record<string, unknown>>) {
  const company = sampleCompany();
  const { template } = company.channel_config.sms;
  const variables = { ...template.variables, question: { ...template.variables.question, ...question } };
  return {
    ...company,
    channel_config: {
      ...company.channel_config,
      sms: { ...company.channel_config.sms, template: { ...template, variables } },
    },
  };
}

test('a message that holds is told with values, verdicts, text and cost', async () => {
  const result = await tried();
  expect(result).toMatchObject({
    outcome: 'would_send',
    values: [
      { variable: 'first_name', verdict: 'copied', value: 'Ada' },
      { variable: 'question', verdict: 'proved' },
    ],
  });
  expect(dryRunLines(result, 200)).toEqual([
    'This message would be sent.',
    'Template  cv_question version 3, gpt-6-luna',
    'Value     first_name (copied): Ada',
    'Value     question (proved): which of your projects used a message queue?',
    expect.stringMatching(/^Tokens {4}\d+ \(\d+ in, \d+ out\)$/),
    '',
    '1 segment',
    'Hello Ada, which of your projects used a message queue?',
  ]);
});

describe('where the project has a budget', () => {
  const prices = {
    tokens_in_per_1000: 0.01,
    tokens_out_per_1000: 0.04,
    messages: { whatsapp: 0.03, sms: 0.05, email: 0.001 },
  };
  const priced = (company = sampleCompany()) => ({
    ...company,
    budget: { currency: 'GBP', monthly_limit: 10, prices },
  });

  test("the message's cost is told as the engine would count it: its tokens and each segment of one send", async () => {
    const result = await tried(ports({}, priced()));
    const { prompt_tokens: prompt, completion_tokens: completion } = result.tokens;
    expect(prompt).toBeGreaterThan(0);
    expect(result.cost).toEqual({
      currency: 'GBP',
      amount: Math.ceil(prompt * 10 + completion * 40 + 50_000) / 1_000_000,
      reserved: expect.any(Number),
    });
    expect(result.cost?.reserved).toBeGreaterThan(result.cost?.amount ?? Infinity);
    expect(dryRunLines(result, 200)[5]).toBe(
      `Cost      ${result.cost?.amount?.toFixed(4)} GBP with one send; ${result.cost?.reserved.toFixed(4)} GBP of `
        + `the month's budget are held back until it has ended`,
    );
  });

  test('a message that has no words yet is told what is held back for it', async () => {
    const broken = priced();
    const { template, ...settings } = broken.channel_config.sms;
    const unplanned = {
      ...broken,
      channel_config: { ...broken.channel_config, sms: { ...settings, template: { ...template, variables: {} } } },
    };
    const result = await tried(ports({}, unplanned as typeof broken));
    expect(result).toMatchObject({ outcome: 'would_wait_for_a_person', cost: { currency: 'GBP', reserved: 0.45 } });
    expect(result.cost?.amount).toBeUndefined();
    expect(dryRunLines(result, 200).find((line) => line.startsWith('Cost'))).toBe(
      "Cost      0.4500 GBP of the month's budget are held back until it has ended",
    );
  });

  test('one that has none shows no money', async () => {
    const result = await tried();
    expect(result.cost).toBeUndefined();
    expect(dryRunLines(result).join()).not.toContain('Cost');
  });
});

test('words that were refused and repaired say why', async () => {
  const world = ports();
  world.arrange.arrangeValues(LINK, 1);
  const result = await tried(world);
  expect(result.values[1]).toMatchObject({
    verdict: 'repaired',
    refused: expect.stringContaining('holds a link or web address'),
  });
});

test('words that stay refused give way to the fallback, and the reason stands beside it', async () => {
  const world = ports({}, companyWith({ fallback: 'could you tell us more?' }));
  world.arrange.arrangeValues(LINK, 2);
  expect((await tried(world)).values[1]).toMatchObject({
    verdict: 'fallback',
    value: 'could you tell us more?',
    refused: expect.stringContaining('link'),
  });
});

test('without a fallback the message would wait for a person, and each variable says why', async () => {
  const world = ports();
  world.arrange.arrangeValues(LINK, 2);
  const result = await tried(world);
  expect(result).toMatchObject({
    outcome: 'would_wait_for_a_person',
    reason: 'proof_failed',
    values: [{}, { variable: 'question', verdict: 'refused', refused: 'unknown_link' }],
  });
  expect(dryRunLines(result)[0]).toBe('This message would wait for a person: proof_failed, question: unknown_link');
});

test('a fallback that breaks a rule is told as the fallback\'s fault', async () => {
  const world = ports({}, companyWith({ fallback: 'x'.repeat(121) }));
  world.arrange.arrangeValues(LINK, 2);
  expect((await tried(world)).values[1]?.refused).toContain('fallback too_long');
});

test.each([
  ['review', 'would_wait_for_a_person'],
  ['fail', 'would_fail'],
] as const)('a fallback that the template does not let go by itself (%s) says so', async (on_fallback, outcome) => {
  const company = companyWith({ fallback: 'please call us.' });
  const { sms } = company.channel_config;
  const world = ports(
    {},
    {
      ...company,
      channel_config: { ...company.channel_config, sms: { ...sms, template: { ...sms.template, on_fallback } } },
    },
  );
  world.arrange.arrangeValues(LINK, 2);
  expect(await tried(world)).toMatchObject({ outcome, reason: 'fallback_used', detail: 'question: unknown_link' });
});

test('mail is told with its subject', async () => {
  const result = await tried(ports(), {
    ...request,
    request_data: { ...request.request_data, channel_method: 'email' },
  });
  expect(dryRunLines(result).slice(-3)).toEqual([
    'Subject: Your CV',
    '',
    'Hello Ada, which of your projects used a message queue?',
  ]);
});

test('a template that only copies is tried without the model\'s key', async () => {
  const world = ports({ secret: { state: 'missing' } }, companyWith({ copy_of: 'project_data.open_point' }));
  expect(await tried(world)).toMatchObject({
    outcome: 'would_send',
    values: [{ verdict: 'copied' }, { verdict: 'copied', value: 'projects with a message queue' }],
  });
  expect(world.asked).toEqual([]);
});

test.each<[string, Change, Company | undefined, object]>([
  ['no company', {}, undefined, { outcome: 'company_not_found' }],
  [
    'an incomplete record',
    {},
    { ...sampleCompany(), company_name: '' },
    { outcome: 'record_incomplete', faults: [{ path: 'company_name', message: 'must not be empty' }] },
  ],
  ['a channel that is off', {}, sampleCompany({ allowed_channels: ['email'] }), { outcome: 'channel_not_allowed' }],
  [
    'no secret',
    { secret: { state: 'missing' } },
    sampleCompany(),
    { outcome: 'model_key_unusable', secret: 'sample/model' },
  ],
  [
    'a secret without its field',
    { secret: { state: 'found', fields: {} } },
    sampleCompany(),
    { outcome: 'model_key_unusable' },
  ],
  [
    'a model that does not answer',
    { model: { fill: () => Promise.resolve({ outcome: 'unavailable' }) } },
    sampleCompany(),
    { outcome: 'model_unavailable' },
  ],
  [
    'a model that refuses the key',
    { model: { fill: () => Promise.resolve({ outcome: 'misconfigured', code: 'invalid_api_key' }) } },
    sampleCompany(),
    { outcome: 'model_misconfigured', code: 'invalid_api_key', secret: 'sample/model' },
  ],
])('%s is an outcome of its own', async (_what, change, company, outcome) => {
  const world = ports(change);
  jest.spyOn(world.directory, 'findCompany').mockResolvedValue(company);
  expect(await dryRun(request, world)).toMatchObject(outcome);
});
