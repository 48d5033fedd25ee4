import * as fc from 'fast-check';
import { MODEL_CALLS } from '../../src/core/lifecycle/limits';
import { openAiModel } from '../../src/ai/openai-model';
import { parseChannelSettings, parseProject } from '../../src/core/company/company';
import type { Conversation } from '../../src/core/lifecycle/conversation';
import { leaveUnconfirmed, resolveToResend } from '../../src/core/lifecycle/unknown-send-transitions';
import { MILLION, monthlyMicros, reservationFor } from '../../src/core/usage/cost';
import { ReservationReleasingStore } from '../../src/core/usage/reservation-releasing-store';
import type { ProcessorPorts } from '../../src/processor/processing';
import { MemoryRequestLimits } from '../support/memory-request-limits';
import type { Fault } from '../support/mortal-worker';
import { faults, settle } from '../support/mortal-worker';
import { ProcessorWorld } from '../support/processor-world';
import { SAMPLE_VALUES, sampleCompany } from '../support/sample-message';

const BUDGET = {
  currency: 'GBP',
  monthly_limit: 100,
  prices: {
    tokens_in_per_1000: 0.01,
    tokens_out_per_1000: 0.04,
    messages: { whatsapp: 0.03, sms: 0.05, email: 0.001 },
  },
};

/** What the model's vendor does with a request. It charges the most that is allowed unless it turns it away. */
const ANSWERS = [
  'good', 'unprovable', 'unreadable', 'no usage', 'not JSON', 'failed', 'reset', 500, 502, 408, // charged
  429, 503, 400, 'refused connection', // not charged
] as const;
const FREE: readonly unknown[] = [429, 503, 400, 'refused connection'];
type Answer = (typeof ANSWERS)[number];

const SENDS = ['accepted', 'lost', 'busy', 'refused'] as const;

const fault = fc.record({
  call: fc.nat(30),
  when: fc.constantFrom('before', 'after'),
  manner: fc.constantFrom('die', 'throw'),
});
const plan = fc.record({
  answers: fc.array(fc.constantFrom(...ANSWERS), { maxLength: 20 }),
  sends: fc.array(fc.constantFrom(...SENDS), { maxLength: 8 }),
  deaths: fc.array(fault, { maxLength: 5 }),
  facts: fc.dictionary(fc.string({ maxLength: 10 }), fc.string({ unit: 'grapheme', maxLength: 60 }), { maxKeys: 4 }),
  /** By how much the company makes instructions and template longer after the request was accepted. */
  longer: fc.constantFrom(0, 0, 2_000, 60_000, 120_000),
  resends: fc.nat(3),
  reader: fc.constantFrom('never', 'always'),
});

type Plan = typeof plan extends fc.Arbitrary<infer Value> ? Value : never;

/** Counts what the vendors charge, whatever the engine learns of it. */
class Charges {
  micros = 0;
  /** Of the dearest call. */
  call = 0;
  modelCalls = 0;

  constructor(private readonly answers: Answer[], private readonly reservedParts: number) {}

  /** Stands for the model's vendor, which reads at most a token a byte. */
  readonly fetch: typeof fetch = async (input, init) => {
    const body = await new Request(input, init).text();
    const answer = this.answers.shift() ?? 'good';
    const request = JSON.parse(body) as { readonly max_output_tokens: number };
    const usage = { input_tokens: Buffer.byteLength(readBy(body)), output_tokens: request.max_output_tokens };
    if (!FREE.includes(answer)) {
      this.modelCalls += 1;
      const call = usage.input_tokens * 10 + usage.output_tokens * 40;
      this.micros += call;
      this.call = Math.max(this.call, call);
    }
    return respond(answer, { ...usage, total_tokens: usage.input_tokens + usage.output_tokens });
  };

  send(outcome: (typeof SENDS)[number]): void {
    if (outcome === 'accepted' || outcome === 'lost') this.micros += this.reservedParts * 0.05 * MILLION;
  }
}

/** All that the model is given of a request: its texts and the schema. */
function readBy(body: string): string {
  const { instructions, input, text } = JSON.parse(body) as Readonly<Record<string, unknown>>;
  return JSON.stringify([instructions, input, text]);
}

function respond(answer: Answer, usage: object): Response {
  const values = answer === 'unprovable' ? { question: 'please visit https://evil.example.org now' } : SAMPLE_VALUES;
  const text = answer === 'unreadable' ? 'no JSON' : JSON.stringify(values);
  const output = [{ content: [{ type: 'output_text', text }] }];
  switch (answer) {
    case 'reset':
    case 'refused connection':
      throw Object.assign(new TypeError('fetch failed'), {
        cause: Object.assign(new Error('no'), { code: answer === 'reset' ? 'ECONNRESET' : 'ECONNREFUSED' }),
      });
    case 'not JSON':
      return new Response('<html></html>', { status: 200 });
    case 'failed':
      return Response.json({ status: 'failed', error: { code: 'server_error' }, output: [] });
    case 'no usage':
      return Response.json({ status: 'completed', output });
    default:
      if (typeof answer === 'number') return Response.json({ error: { message: 'no' } }, { status: answer });
      return Response.json({ status: 'completed', output, usage });
  }
}

function withLongerTexts({ longer, reader }: Pick<Plan, 'longer' | 'reader'>) {
  const company = withReader(reader);
  const { sms } = company.channel_config;
  const text = 'x'.repeat(longer);
  const model = { ...company.ai_config.openai_config.sms, instructions: `Ask politely and briefly.${text}` };
  const template = { ...sms.template, ...(longer > 0 ? { max_segments: 9 } : {}) };
  return {
    ...company,
    ai_config: { openai_config: { ...company.ai_config.openai_config, sms: model } },
    channel_config: { ...company.channel_config, sms: { ...sms, template } },
  };
}

/** As it is when the request is accepted. */
function withReader(reader: Plan['reader']) {
  const company = sampleCompany({ budget: BUDGET });
  const { sms } = company.channel_config;
  const template = { ...sms.template, second_reader: reader };
  return { ...company, channel_config: { ...company.channel_config, sms: { ...sms, template } } };
}

/** Takes one message through its life, every worker of it mortal, and an operator who sends it again and again. */
async function live({ answers, sends, deaths, facts, longer, resends, reader }: Plan) {
  const world = new ProcessorWorld('sms');
  const limits = new MemoryRequestLimits();
  const company = withReader(reader);
  const project = parseProject(company);
  const settings = parseChannelSettings(company, 'sms');
  if (!project.valid || !settings.valid) throw new Error('The sample company cannot be read.');
  const subject = { project_data: facts, recipient_first_name: 'Ada', recipient_last_name: 'Sample' };
  const { prices, reserved } = reservationFor(BUDGET, project.value, settings.value, subject);
  const budget = { monthly: monthlyMicros(BUDGET), reserved };
  const owner = { company: 'brightpath', project: 'cv-review' };
  const accepted = await world.accept({ ...subject, usage_prices: prices });
  const request = { ...owner, requestId: accepted.request_id, limits: {}, now: world.clock.now() };
  const taken = await limits.take({ ...request, budget, openUntil: Number.MAX_SAFE_INTEGER });
  if (!taken.allowed || taken.entry === undefined) throw new Error('The message was not counted.');
  const conversation = world.conversations.seed({ ...accepted, usage_entry: taken.entry });
  world.directory.seedCompany(withLongerTexts({ longer, reader }));

  const charges = new Charges([...answers], 1);
  const outcomes = [...sends];
  const provider: ProcessorPorts['provider'] = {
    send: async ({ message }) => {
      const outcome = outcomes.shift() ?? 'accepted';
      for (let part = 0; part < (message.channel === 'sms' ? message.segments : 1); part += 1) charges.send(outcome);
      if (outcome === 'lost') return { outcome: 'unknown', detail: 'no answer' };
      if (outcome === 'busy') return { outcome: 'not_sent', detail: 'HTTP 429' };
      if (outcome === 'refused') {
        return { outcome: 'refused', reason: 'vendor_refused', retry: 'soon', vendorCode: '30001' };
      }
      return { outcome: 'accepted', vendorMessageId: 'vendor-1' };
    },
  };
  const store = new ReservationReleasingStore(world.conversations, limits, world.observer);
  const model = openAiModel({ requestTimeoutMilliseconds: 30_000, clock: world.clock, fetch: charges.fetch });
  const ports: ProcessorPorts = { ...world.ports, conversations: store, model, provider };
  const { next } = faults(deaths as readonly Fault[]);
  const enqueue = () => world.queue.enqueue({
    channel: 'sms', conversationId: conversation.conversation_id, company: 'brightpath',
  });
  await enqueue();
  await settle(world, ports, next);
  for (let count = 0; count < resends; count += 1) {
    if (!(await sendAgain(world, store, conversation))) break;
    await enqueue();
    await settle(world, ports, next);
  }
  const used = limits.book.of(owner);
  const committed = [...used.committed.values()].reduce((sum, part) => sum + part, 0);
  return { charges, reserved, committed, prices, record: await world.record(conversation) };
}

/** An operator finds nothing at the vendor, rightly or not, and has the message sent again. */
async function sendAgain(world: ProcessorWorld, store: ReservationReleasingStore, key: Conversation): Promise<boolean> {
  const { attempt_id: attemptId = '', request_id: requestId } = await world.record(key);
  const now = world.clock.now();
  await store.change(key, leaveUnconfirmed({ attemptId, now }));
  return (await store.change(key, resolveToResend({ attemptId, now, by: 'operator', requestId }))).applied;
}

test('no message costs more than was reserved for it, and the budget knows at least what it cost', async () => {
  await fc.assert(fc.asyncProperty(plan, async (chosen) => {
    const { charges, reserved, committed, prices } = await live(chosen);
    expect(charges.modelCalls).toBeLessThanOrEqual(MODEL_CALLS.inAll);
    expect(charges.micros).toBeLessThanOrEqual(reserved);
    expect(committed).toBeGreaterThanOrEqual(Math.floor(charges.micros));
    expect(committed).toBeLessThanOrEqual(reserved);
    if (chosen.longer === 0) expect(charges.call).toBeLessThanOrEqual(prices.call ?? 0);
  }), { numRuns: 60 });
});

const QUIET: Plan = { answers: [], sends: [], deaths: [], facts: {}, longer: 0, resends: 0, reader: 'never' };

test('a model that never answers is asked as often as a message may ask, and the message then goes with its '
  + 'fallback or waits', async () => {
  const { charges, record } = await live({ ...QUIET, answers: Array.from({ length: 60 }, () => 'reset' as const) });
  expect(charges.modelCalls).toBe(MODEL_CALLS.inAll);
  expect(MODEL_CALLS.inAll).toBe(9);
  expect(record).toMatchObject({ conversation_status: 'awaiting_review', failure_reason: 'proof_failed' });
  expect(record.failure_detail).toContain('model_calls_used_up');
});

test('a model that turns requests away is asked as long as the message is of use', async () => {
  const { charges, record } = await live({ ...QUIET, answers: Array.from({ length: 40 }, () => 429 as const) });
  expect(charges.modelCalls).toBe(1);
  expect(record).toMatchObject({ conversation_status: 'initial_message_sent', model_calls: 1 });
});

test('calls that a worker counted and never made are not charged twice, nor forgotten when it dies', async () => {
  const dies = await live({ ...QUIET, deaths: [{ call: 2, when: 'after', manner: 'die' }] });
  expect(dies.record).toMatchObject({
    conversation_status: 'initial_message_sent',
    model_calls: MODEL_CALLS.ofLease + 1,
  });
  const quiet = await live(QUIET);
  expect(quiet.record).toMatchObject({ model_calls: 1, model_answers: { calls: 1 } });
  expect(quiet.committed).toBe(quiet.charges.micros);
});

test('settings that make a call dearer after the acceptance allow fewer of them', async () => {
  const { charges, reserved } = await live({ ...QUIET, longer: 120_000, answers: ['unprovable', 'reset', 'reset'] });
  expect(charges.micros).toBeLessThanOrEqual(reserved);
  expect(charges.modelCalls).toBeLessThanOrEqual(1);
});
