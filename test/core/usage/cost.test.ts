import { parseChannelSettings, parseProject } from '../../../src/core/company/company';
import type { Conversation } from '../../../src/core/lifecycle/conversation';
import { costAtMost, costOf, monthlyMicros, pricesOf } from '../../../src/core/usage/cost';
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
  ['send_unconfirmed', 1, 100_000],
  ['send_unknown', 1, 100_000],
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

test('what is reserved covers the longest message after a repair', () => {
  const reserved = costAtMost(PRICES, settings(), { open_point: 'x'.repeat(400) });
  const dearest = message({
    composition: {
      ...message({}).composition,
      filled: { channel: 'sms', text: 'x', segments: 3 },
      usage: { prompt_tokens: 3_000, completion_tokens: 1_500, total_tokens: 4_500 },
    } as never,
  });
  expect(reserved).toBeGreaterThanOrEqual(costOf(PRICES, dearest));
  expect(reserved).toBeLessThan(20 * costOf(PRICES, message({})));
});

test('long facts, more segments and a second send reserve more; copies alone need no model', () => {
  const base = costAtMost(PRICES, settings(), {});
  expect(costAtMost(PRICES, settings(), { text: 'x'.repeat(5000) })).toBeGreaterThan(base);
  expect(costAtMost(PRICES, settings({ max_segments: 5 }), {})).toBeCloseTo(base + 100_000, -3);
  expect(costAtMost(PRICES, settings({ resend_on_unknown: true }), {})).toBeGreaterThan(base + 290_000);
  const copies = {
    variables: { first_name: { description: 'x', max_length: 40, copy_of: 'recipient_data.recipient_first_name' } },
    body: 'Hello {{first_name}}',
  };
  expect(costAtMost(PRICES, settings(copies), {})).toBe(150_000);
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
