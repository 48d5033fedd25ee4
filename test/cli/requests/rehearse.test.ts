import { rehearsalLines } from '../../../src/cli/requests/dry-run-command';
import { rehearse } from '../../../src/cli/requests/rehearse';
import type { RehearsalPorts } from '../../../src/cli/requests/rehearse';
import type { ConversationRequest } from '../../../src/core/contract/request';
import { FakeClock } from '../../support/fake-clock';
import { FakeModel } from '../../support/fake-model';
import { sampleCompany } from '../../support/sample-message';

const request: ConversationRequest = {
  company_data: { company_id: 'brightpath', project_id: 'cv-review' },
  recipient_data: { recipient_first_name: 'Ada', recipient_last_name: 'Sample', recipient_tel: '+447700900123', recipient_email: 'ada@example.com', comms_consent: true },
  project_data: { position: 'Backend engineer', open_point: 'projects with a message queue' },
  request_data: { request_id: '3f0c8a52-5d0e-4b7e-9b1a-2f6f8c1d7e90', channel_method: 'sms', initial_request_timestamp: '2026-11-02T09:00:00.000Z' },
};
const GOOD = { question: 'which of your projects used a message queue?' };
const LINK = { question: 'see https://evil.example.org now' };

function ports(change: Partial<RehearsalPorts> = {}, company: Readonly<Record<string, unknown>> | undefined = sampleCompany()): RehearsalPorts & { readonly model: FakeModel } {
  const model = new FakeModel(GOOD);
  return {
    model, clock: new FakeClock(),
    findCompany: () => Promise.resolve(company),
    readSecret: () => Promise.resolve({ outcome: 'found', fields: { ai_api_key: 'key' } }),
    ...change,
  } as RehearsalPorts & { readonly model: FakeModel };
}
/** The sample's text message with other words about its one written variable. */
function companyWith(question: Readonly<Record<string, unknown>>) {
  const company = sampleCompany();
  const { template } = company.channel_config.sms;
  const variables = { ...template.variables, question: { ...template.variables.question, ...question } };
  return { ...company, channel_config: { ...company.channel_config, sms: { ...company.channel_config.sms, template: { ...template, variables } } } };
}

test('a message that holds is told with values, verdicts, text and cost', async () => {
  const rehearsal = await rehearse(request, ports());
  expect(rehearsal).toMatchObject({ outcome: 'would_send', values: [{ variable: 'first_name', verdict: 'copied', value: 'Ada' }, { variable: 'question', verdict: 'proved' }] });
  expect(rehearsalLines(rehearsal)).toEqual([
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
  const prices = { tokens_in_per_1000: 0.01, tokens_out_per_1000: 0.04, messages: { whatsapp: 0.03, sms: 0.05, email: 0.001 } };
  const priced = (company = sampleCompany()) => ({ ...company, budget: { currency: 'GBP', monthly_limit: 10, prices } });

  test('the message\'s cost is told as the engine would count it: its tokens and each segment of one send', async () => {
    const rehearsal = await rehearse(request, ports({}, priced()));
    const { prompt_tokens: prompt, completion_tokens: completion } = rehearsal.tokens;
    expect(prompt).toBeGreaterThan(0);
    expect(rehearsal.cost).toEqual({ currency: 'GBP', amount: Math.ceil(prompt * 10 + completion * 40 + 50_000) / 1_000_000, reserved: expect.any(Number) });
    expect(rehearsal.cost?.reserved).toBeGreaterThan(rehearsal.cost?.amount ?? Infinity);
    expect(rehearsalLines(rehearsal)[5]).toBe(`Cost      ${rehearsal.cost?.amount?.toFixed(4)} GBP with one send; ${rehearsal.cost?.reserved.toFixed(4)} GBP of the month's budget are held back until it has come to rest`);
  });

  test('a message that has no words yet is told what is held back for it', async () => {
    const broken = priced();
    const { template, ...settings } = broken.channel_config.sms;
    const unplanned = { ...broken, channel_config: { ...broken.channel_config, sms: { ...settings, template: { ...template, variables: {} } } } };
    const rehearsal = await rehearse(request, ports({}, unplanned as typeof broken));
    expect(rehearsal).toMatchObject({ outcome: 'would_wait_for_a_person', cost: { currency: 'GBP', reserved: 0.15 } });
    expect(rehearsal.cost).not.toHaveProperty('amount');
    expect(rehearsalLines(rehearsal).find((line) => line.startsWith('Cost'))).toBe('Cost      0.1500 GBP of the month\'s budget are held back until it has come to rest');
  });

  test('one that has none shows no money', async () => {
    const rehearsal = await rehearse(request, ports());
    expect(rehearsal).not.toHaveProperty('cost');
    expect(rehearsalLines(rehearsal).join()).not.toContain('Cost');
  });
});

test('words that were refused and repaired say why', async () => {
  const world = ports();
  world.model.arrangeValues(LINK, 1);
  const rehearsal = await rehearse(request, world);
  expect(rehearsal.values[1]).toMatchObject({ verdict: 'repaired', refused: expect.stringContaining('holds a link or web address') });
});

test('words that stay refused give way to the fallback, and the reason stands beside it', async () => {
  const world = ports({}, companyWith({ fallback: 'could you tell us more?' }));
  world.model.arrangeValues(LINK, 2);
  expect((await rehearse(request, world)).values[1]).toMatchObject({ verdict: 'fallback', value: 'could you tell us more?', refused: expect.stringContaining('link') });
});

test('without a fallback the message would wait for a person, and each variable says why', async () => {
  const world = ports();
  world.model.arrangeValues(LINK, 2);
  const rehearsal = await rehearse(request, world);
  expect(rehearsal).toMatchObject({ outcome: 'would_wait_for_a_person', reason: 'proof_failed', values: [{}, { variable: 'question', verdict: 'refused', refused: expect.stringMatching(/holds a link.*\(unknown_link\)/) }] });
  expect(rehearsalLines(rehearsal)[0]).toBe('This message would wait for a person: proof_failed, question: unknown_link');
});

test('a fallback that breaks a rule is told as the fallback\'s fault', async () => {
  const world = ports({}, companyWith({ fallback: 'x'.repeat(121) }));
  world.model.arrangeValues(LINK, 2);
  expect((await rehearse(request, world)).values[1]?.refused).toContain('The fallback: The value is longer than its limit');
});

test('mail is told with its subject', async () => {
  const rehearsal = await rehearse({ ...request, request_data: { ...request.request_data, channel_method: 'email' } }, ports());
  expect(rehearsalLines(rehearsal).slice(-3)).toEqual(['Subject: Your CV', '', 'Hello Ada, which of your projects used a message queue?']);
});

test('a template that only copies is tried without the model\'s key', async () => {
  const world = ports({ readSecret: () => Promise.resolve({ outcome: 'missing' }) }, companyWith({ copy_of: 'project_data.open_point' }));
  expect(await rehearse(request, world)).toMatchObject({ outcome: 'would_send', values: [{ verdict: 'copied' }, { verdict: 'copied', value: 'projects with a message queue' }] });
  expect(world.model.requests).toEqual([]);
});

test.each<[string, Partial<RehearsalPorts>, RegExp]>([
  ['no company', { findCompany: () => Promise.resolve(undefined) }, /the stage has no company brightpath with a project cv-review/],
  ['an incomplete record', { findCompany: () => Promise.resolve({ ...sampleCompany(), company_name: '' }) }, /is incomplete \(company_name must not be empty\); see engine company show brightpath cv-review/],
  ['a channel that is off', { findCompany: () => Promise.resolve(sampleCompany({ allowed_channels: ['email'] })) }, /does not allow the channel sms/],
  ['no secret', { readSecret: () => Promise.resolve({ outcome: 'missing' }) }, /the secret sample\/model is missing; store it/],
  ['a secret without its field', { readSecret: () => Promise.resolve({ outcome: 'found', fields: {} }) }, /the secret sample\/model lacks ai_api_key/],
  ['a model that does not answer', { model: { fill: () => Promise.resolve({ outcome: 'unavailable' }) } }, /did not answer; try again/],
  ['a model that refuses the key', { model: { fill: () => Promise.resolve({ outcome: 'misconfigured', code: 'invalid_api_key' }) } }, /refused the call \(invalid_api_key\)/],
])('%s is told in a sentence', async (_what, change, sentence) => {
  await expect(rehearse(request, ports(change))).rejects.toThrow(sentence);
});
