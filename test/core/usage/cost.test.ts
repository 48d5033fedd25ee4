import { parseChannelSettings, parseProject } from '../../../src/core/company/company';
import type { Conversation } from '../../../src/core/lifecycle/conversation';
import { MODEL_CALLS } from '../../../src/core/lifecycle/limits';
import {
  callWeight,
  costOf,
  monthlyMicros,
  pricesOf,
  reservationFor,
  sendsCovered,
  promptTokensAtMost,
} from '../../../src/core/usage/cost';
import { planMessage } from '../../../src/proof/message-plan';
import { readerQuestion } from '../../../src/processor/composition/second-reader';
import { sampleCompany, sampleConversation } from '../../support/sample-message';

const BUDGET = {
  currency: 'GBP',
  monthly_limit: 12.5,
  prices: {
    tokens_in_per_1000: 0.01,
    tokens_out_per_1000: 0.04,
    messages: { whatsapp: 0.03, sms: 0.05, email: 0.001 },
  },
};
const PRICES = pricesOf(BUDGET, 'sms');

function settings(template: Readonly<Record<string, unknown>> = {}) {
  const company = sampleCompany();
  const parsed = parseChannelSettings(
    {
      ...company,
      channel_config: {
        sms: { ...company.channel_config.sms, template: { ...company.channel_config.sms.template, ...template } },
      },
    },
    'sms',
  );
  if (!parsed.valid) throw new Error(JSON.stringify(parsed.faults));
  return parsed.value;
}

const message = (changes: Partial<Conversation>) =>
  sampleConversation({
    now: 0,
    changes: {
      attempt_count: 1,
      conversation_status: 'initial_message_sent',
      composition: {
        filled: { channel: 'sms', text: 'x', segments: 2 },
        values: {},
        template_name: 't',
        template_version: 1,
        instructions_version: '0',
        facts_hash: '0',
        verdicts: {},
        usage: { prompt_tokens: 2000, completion_tokens: 100, total_tokens: 2100 },
      },
      ...changes,
    },
  });

test('a message costs its tokens and each segment of each send that went', () => {
  expect(costOf(PRICES, message({}))).toBe(20_000 + 4_000 + 100_000);
  expect(costOf(PRICES, message({ attempt_count: 2 }))).toBe(24_000 + 200_000);
});

test.each<[Conversation['conversation_status'], number, number]>([
  ['send_unconfirmed', 1, 300_000],
  ['send_unknown', 1, 300_000],
  ['send_unknown', 3, 300_000],
  ['initial_message_sent', 0, 100_000],
  ['failed_to_send_message', 1, 0],
  ['suppressed', 1, 0],
  ['expired', 0, 0],
  ['rejected', 0, 0],
  ['expired', 1, 100_000],
  ['failed_to_send_message', 2, 100_000],
])('in the state %s after %d sends the sends cost %d', (conversation_status, attempt_count, sends) => {
  expect(costOf(PRICES, message({ conversation_status, attempt_count }))).toBe(24_000 + sends);
});

test('what no model wrote and nobody sent costs nothing', () => {
  const { composition: _none, ...unwritten } = message({ conversation_status: 'expired', attempt_count: 0 });
  expect(costOf(PRICES, unwritten)).toBe(0);
});

test('a call of the model without an answer costs what was reserved for it, an answered one what it came to', () => {
  const prices = { ...PRICES, call: 7_000 };
  const counted = { model_calls: 3, model_answers: { calls: 1, tokens_in: 100, tokens_out: 50 } };
  expect(costOf(prices, message({ attempt_count: 1, ...counted }))).toBe(1_000 + 2_000 + 2 * 7_000 + 100_000);
  expect(costOf(prices, message({ conversation_status: 'expired', attempt_count: 0, model_calls: 2 }))).toBe(14_000);
});

const FACTS = { open_point: 'projects with a message queue' };

function reserve(template: Readonly<Record<string, unknown>> = {}, facts: Readonly<Record<string, unknown>> = FACTS) {
  const project = parseProject(sampleCompany());
  if (!project.valid) throw new Error(JSON.stringify(project.faults));
  return reservationFor(BUDGET, project.value, settings(template), { project_data: facts });
}

test('every call and every send that a message may make is reserved, whether or not the template resends', () => {
  const { reserved, prices } = reserve();
  expect(prices).toMatchObject({ parts: 3, call: expect.any(Number) });
  expect(reserved).toBe(MODEL_CALLS.inAll * (prices.call ?? 0) + 3 * 3 * 50_000);
  expect(reserve({ resend_on_unknown: true }).reserved).toBeGreaterThanOrEqual(reserved);
});

test('long facts, instructions and more segments reserve more; copies alone need no model', () => {
  const { reserved: base } = reserve();
  // Facts of letters that a model writes byte by byte.
  expect(reserve({}, { text: '字'.repeat(1_000) }).reserved - base).toBeGreaterThan(MODEL_CALLS.inAll * 2_900 * 10);
  expect(reserve({ max_segments: 5 }).reserved - base).toBeGreaterThanOrEqual(3 * 100_000);
  const copies = {
    variables: { first_name: { description: 'x', max_length: 40, copy_of: 'recipient_data.recipient_first_name' } },
    body: 'Hello {{first_name}}',
  };
  expect(reserve(copies)).toMatchObject({ reserved: 450_000, prices: { call: 0 } });
});

test('a message that has become dearer than what was reserved makes fewer calls and sends', () => {
  const prices = { ...PRICES, call: 1_000, parts: 3 };
  expect([900, 1_000, 1_001, 3_000, 9_000].map((call) => callWeight(prices, call))).toEqual([1, 1, 2, 3, 9]);
  const sends = [1, 3, 4, 9, 10].map((segments) => sendsCovered(prices, { channel: 'sms', text: 'x', segments }));
  expect(sends).toEqual([3, 3, 2, 1, 0]);
  expect([callWeight(PRICES, 9_000), sendsCovered(undefined, undefined)]).toEqual([1, 3]);
});

test('a budget is read from the record, and its faults are named', () => {
  const read = parseProject(
    sampleCompany({ budget: { currency: 'GBP', monthly_limit: 12.5, prices: { messages: { sms: 0.05 } } } }),
  );
  expect(read.valid && read.value.budget?.prices).toEqual({
    tokens_in_per_1000: 0,
    tokens_out_per_1000: 0,
    messages: { whatsapp: 0, sms: 0.05, email: 0 },
  });
  expect(monthlyMicros(BUDGET)).toBe(12_500_000);
  expect(
    parseProject(
      sampleCompany({
        retention_days: 6,
        budget: { currency: 'pounds', monthly_limit: 0, prices: { tokens_in_per_1000: -1, messages: {} } },
      }),
    ),
  ).toEqual({
    valid: false,
    faults: [
      { path: 'budget.currency', message: 'has the wrong form' },
      { path: 'budget.monthly_limit', message: 'must be more than 0' },
      { path: 'budget.prices.tokens_in_per_1000', message: 'must not be negative' },
      { path: 'retention_days', message: 'must be at least 7' },
    ],
  });
  expect(parseProject(sampleCompany({ retention_days: 4000 }))).toMatchObject({
    faults: [{ path: 'retention_days', message: 'must be at most 3650' }],
  });
});

test('what the second reader is given is no larger than what is reserved for a call', () => {
  const project = parseProject(sampleCompany());
  const own = settings({ second_reader: 'always' });
  if (!project.valid) throw new Error(JSON.stringify(project.faults));
  const facts = { project_data: { ...FACTS, cv: 'Größe "ok" \n'.repeat(50) } };
  const planned = planMessage({ ...facts, recipient_first_name: 'Ada' }, project.value, own.content);
  if (!planned.valid) throw new Error(planned.detail);
  const { instructions, facts: block, schema } = readerQuestion(planned.plan, new Map([['question', 'x'.repeat(120)]]));
  const given = Buffer.byteLength(`${instructions}${block}${JSON.stringify(schema)}`);
  expect(given).toBeLessThanOrEqual(promptTokensAtMost(project.value, own, facts));
});
