import { MODEL_TIME } from '../../src/dry-run/dry-run';
import { dryRunAnswerSchema } from '../../src/dry-run/dry-run-answer';
import type { FillResult } from '../../src/core/ports/language-model';
import { sampleRequest } from '../router/router-world';
import { SAMPLE_MODEL_SECRET, sampleCompany, sampleCompanyWithTemplate } from '../support/sample-message';
import { ANSWERS } from '../support/answering-world';
import { DryRunWorld } from './dry-run-world';

const INVENTED = 'see https://evil.example.org';
const BUDGET = {
  currency: 'GBP',
  monthly_limit: 10,
  prices: { tokens_in_per_1000: 0.01, tokens_out_per_1000: 0.1, messages: { sms: 0.04 } },
};

describe('a message that would go', () => {
  test('is answered with its words and where each value came from', async () => {
    const { status, headers, json } = await new DryRunWorld().post(sampleRequest());
    expect([status, headers['Cache-Control']]).toEqual([200, 'no-store']);
    expect(dryRunAnswerSchema.safeParse(json).error).toBeUndefined();
    expect(json).toEqual({
      status: 'success',
      request_id: sampleRequest().request_data.request_id,
      outcome: 'would_send',
      reason: null,
      proof: [],
      template_name: 'cv_question',
      template_version: 3,
      variables: [
        { name: 'first_name', source: 'copied' },
        { name: 'question', source: 'written' },
      ],
      message: { text: 'Hello Ada, which of your projects used a message queue?' },
      usage: { prompt_tokens: 300, completion_tokens: 20, total_tokens: 320 },
    });
  });

  test('has a subject where it goes by e-mail', async () => {
    const { json } = await new DryRunWorld().post(sampleRequest({ request_data: { channel_method: 'email' } }));
    expect(json.message).toMatchObject({ subject: 'Your CV' });
  });

  test('by a fallback says so, with the rules that the written value broke and without the value', async () => {
    const question = { description: 'What to clarify.', max_length: 120, fallback: 'please call us.' };
    const { first_name } = sampleCompany().channel_config.sms.template.variables;
    const world = new DryRunWorld(sampleCompanyWithTemplate({ variables: { first_name, question } }));
    world.model.arrangeValues({ question: INVENTED }, 2);
    const { json, text } = await world.post(sampleRequest());
    expect(json).toMatchObject({ outcome: 'would_send', message: { text: 'Hello Ada, please call us.' } });
    expect(json.proof).toEqual([{ path: 'question', message: expect.stringContaining('link or web address') }]);
    expect(json.variables).toContainEqual({ name: 'question', source: 'fallback' });
    expect(text).not.toContain('evil');
  });

  test('names fields that the engine does not know', async () => {
    const { json } = await new DryRunWorld().post(sampleRequest({ request_data: { sent_at: 'later' } }));
    expect(json.warnings).toEqual([{ path: 'request_data.sent_at', message: 'is not a known field, and was ignored' }]);
  });
});

describe('a message that would not go by itself', () => {
  test.each(['review', 'fail'] as const)('because of a fallback, where the template says %s', async (on_fallback) => {
    const question = { description: 'What to clarify.', max_length: 120, fallback: 'please call us.' };
    const { first_name } = sampleCompany().channel_config.sms.template.variables;
    const world = new DryRunWorld(sampleCompanyWithTemplate({ variables: { first_name, question }, on_fallback }));
    world.model.arrangeValues({ question: INVENTED }, 2);
    const { json } = await world.post(sampleRequest());
    expect(json).toMatchObject({
      outcome: on_fallback === 'review' ? 'would_wait_for_review' : 'would_fail',
      reason: { code: 'fallback_used' },
    });
  });

  test('because its values cannot be proved has no words', async () => {
    const world = new DryRunWorld();
    world.model.arrangeValues({ question: INVENTED }, 2);
    const { json } = await world.post(sampleRequest());
    expect(json).toMatchObject({ outcome: 'would_wait_for_review', reason: { code: 'proof_failed' }, message: null });
    expect(json.proof.map(({ path }) => path)).toEqual(['question']);
  });

  test('because a fact is missing is answered before the model is paid', async () => {
    const world = new DryRunWorld();
    const { json } = await world.post(sampleRequest({ recipient_data: { recipient_first_name: undefined } }));
    expect(json).toMatchObject({
      outcome: 'would_wait_for_review', reason: { code: 'facts_missing' }, usage: { total_tokens: 0 },
      variables: [{ name: 'question', source: 'unwritten' }],
    });
    expect(world.model.requests).toEqual([]);
  });

  test('because the company wants a person to see it', async () => {
    const { json } = await new DryRunWorld(sampleCompany({ auto_queue_initial_message: true })).post(sampleRequest());
    expect(json).toMatchObject({ outcome: 'would_wait_for_review', reason: { code: 'review_requested' } });
    expect(json.message?.text).toContain('Hello Ada');
  });

  test.each(['missing', 'malformed'] as const)(
    "because the model's secret is %s, whose name stays inside",
    async (outcome) => {
      const world = new DryRunWorld();
      world.secrets.put(SAMPLE_MODEL_SECRET, { outcome });
      const { json, text } = await world.post(sampleRequest());
      expect(json).toMatchObject({ outcome: 'would_fail', reason: { code: `secret_${outcome}` }, variables: [] });
      expect(text).not.toContain(SAMPLE_MODEL_SECRET);
    },
  );
});

describe('what is not known', () => {
  const failing = async (result: FillResult, milliseconds: number) => {
    const world = new DryRunWorld();
    const fill = () => {
      world.clock.advance(milliseconds);
      return Promise.resolve(result);
    };
    return (await world.post(sampleRequest(), { model: { fill } })).json;
  };

  test('the model took all of its time', async () => {
    const json = await failing({ outcome: 'unavailable' }, MODEL_TIME);
    expect(json).toMatchObject({
      outcome: 'not_known',
      reason: { code: 'model_too_slow' },
      message: null,
      variables: [],
    });
    expect(json.reason?.message).toMatch(/20 seconds.*36 seconds/);
  });

  test('the model was out of reach', async () => {
    const json = await failing({ outcome: 'unavailable' }, 2_000);
    expect(json).toMatchObject({ outcome: 'not_known', reason: { code: 'model_unavailable' } });
  });

  test('the model refused the key', async () => {
    const json = await failing({ outcome: 'misconfigured', code: 'invalid_api_key' }, 100);
    expect(json).toMatchObject({ outcome: 'not_known', reason: { code: 'model_misconfigured' } });
  });
});

describe('a dry run', () => {
  test('gives the model no more than 20 seconds', async () => {
    const world = new DryRunWorld();
    await world.post(sampleRequest());
    expect(world.model.requests.map(({ timeBudgetMilliseconds }) => timeBudgetMilliseconds)).toEqual([20_000]);
  });

  test('keeps nothing of the request, and logs nothing of it', async () => {
    const world = new DryRunWorld();
    await world.post(sampleRequest());
    expect(world.directory.allIdempotencyRecords()).toEqual([]);
    expect(world.observer.everything()).not.toMatch(/Ada|Sample|900123|message queue/);
  });

  test('counts as a request, also where it repeats the request_id', async () => {
    const world = new DryRunWorld(sampleCompany({ rate_limits: { requests_per_minute: 2 }, budget: BUDGET }));
    const answers = [];
    for (let count = 0; count < 3; count += 1) answers.push(await world.post(sampleRequest()));
    expect(answers.map(({ status }) => status)).toEqual([200, 200, 429]);
    expect(answers[2]?.json.error_code).toBe('RATE_LIMIT_EXCEEDED');
    expect(Number(answers[2]?.headers['Retry-After'])).toBeGreaterThan(0);
  });

  test('counts its tokens against the budget, and no send', async () => {
    const world = new DryRunWorld(sampleCompany({ budget: BUDGET }));
    await world.post(sampleRequest());
    // 300 tokens read at 0.01 and 20 written at 0.1 a thousand, in millionths.
    expect(world.settled).toEqual([
      expect.objectContaining({ company: 'brightpath', project: 'cv-review', cost: 5_000 }),
    ]);
    expect(world.observer.counted('Spent')).toBeCloseTo(0.005);
  });

  test('is refused once the month\'s budget is used up, before the model is paid', async () => {
    const world = new DryRunWorld(sampleCompany({ budget: { ...BUDGET, monthly_limit: 0.000001 } }));
    expect((await world.post(sampleRequest())).status).toBe(429);
    expect(world.model.requests).toEqual([]);
  });

  test('is answered although its cost could not be counted', async () => {
    const world = new DryRunWorld(sampleCompany({ budget: BUDGET }));
    const usage = { releaseReservation: () => Promise.reject(new Error('down')) };
    expect((await world.post(sampleRequest(), { usage })).status).toBe(200);
    expect(world.observer.lines.map(({ level }) => level)).toContain('error');
  });

  test('is refused as the request itself would be', async () => {
    const world = new DryRunWorld(sampleCompanyWithTemplate({ needs: ['project_data.unclear_point'] }));
    const { json, status } = await world.post(sampleRequest());
    expect([status, json.error_code]).toEqual([400, 'MISSING_FACTS']);
    expect((await world.post(sampleRequest({ recipient_data: { comms_consent: false } }))).json.error_code).toBe(
      'CONSENT_REQUIRED',
    );
    expect((await world.post(sampleRequest(), {}, 'no such key')).json.error_code).toBe('FORBIDDEN');
    expect((await world.post([])).json.error_code).toBe('INVALID_REQUEST');
  });

  test('that meets a fault of the engine says so and no more', async () => {
    const world = new DryRunWorld();
    const limits = { take: () => Promise.reject(new Error('Ada is in this message')) };
    const { status, json } = await world.post(sampleRequest(), { limits });
    expect([status, json.error_code]).toEqual([500, 'DATABASE_ERROR']);
    const model = { fill: () => Promise.reject(new TypeError('Ada is in this message')) };
    expect((await world.post(sampleRequest(), { model })).json.error_code).toBe('INTERNAL_ERROR');
    expect(world.observer.everything()).not.toContain('Ada');
  });
});

describe('a reply that is tried with the message', () => {
  const HOURS = 'from Monday to Friday, 9 am to 5 pm';
  const nothing = { answers: {}, asks: 'none', card: null, values: {}, stop: 'none', stop_quote: null, language: 'en' };
  const reading = (changes: Readonly<Record<string, unknown>>): FillResult => ({
    outcome: 'values', values: { ...nothing, ...changes },
    usage: { prompt_tokens: 300, completion_tokens: 20, total_tokens: 320 },
  });
  const written: FillResult = {
    outcome: 'values', values: { question: 'which of your projects used a message queue?' },
    usage: { prompt_tokens: 300, completion_tokens: 20, total_tokens: 320 },
  };

  test('is answered beside it: card, proof, words, limits and cost, each call counted', async () => {
    const world = new DryRunWorld({ ...sampleCompany({ budget: BUDGET }), ...ANSWERS });
    world.model.arrange(written);
    world.model.arrange(reading({ asks: 'question', card: 'opening_hours', values: { hours: HOURS } }));
    const { json, status } = await world.post({ ...sampleRequest(), reply: 'When are you there?' });
    expect(status).toBe(200);
    expect(dryRunAnswerSchema.safeParse(json).error).toBeUndefined();
    expect(json).toMatchObject({ outcome: 'would_send', message: { text: expect.stringContaining('Hello Ada') } });
    expect(json.warnings).toBeUndefined();
    expect(json.reply).toEqual({
      outcome: 'would_answer', reason: null, proof: [], answers: [],
      card: {
        card_id: 'opening_hours', version: 2, language: 'en-GB', variables: [{ name: 'hours', source: 'written' }],
      },
      message: {
        text: `I am an automatic assistant. Write PERSON to reach a colleague.\n\nWe are there ${HOURS}.`,
      },
      limits: { replies_per_hour: 4, replies_per_day: 12, replies_in_a_row: 3 },
      usage: { prompt_tokens: 300, completion_tokens: 20, total_tokens: 320 },
      cost: { currency: 'GBP', reading: 0.005, answer: 0.04 },
    });
    expect(world.settled.map(({ cost }) => cost)).toEqual([5_000, 5_000]);
    expect(world.observer.everything()).not.toMatch(/When are you|automatic assistant/);
  });

  test('is read as by a project that keeps replies where it does not answer', async () => {
    const world = new DryRunWorld();
    world.model.arrange(written);
    const { json } = await world.post({ ...sampleRequest(), reply: 'When are you there?' });
    expect(json.reply).toMatchObject({ outcome: 'would_say_nothing', card: null, limits: null, cost: null });
  });

  test('that no card may answer says which rule refused it, and never the value', async () => {
    const world = new DryRunWorld({ ...sampleCompany(), ...ANSWERS });
    world.model.arrange(written);
    world.model.arrange(reading({ asks: 'question', card: 'opening_hours', values: { hours: 'free beer' } }), 2);
    const { json, text } = await world.post({ ...sampleRequest(), reply: 'When are you there?' });
    expect(json.reply).toMatchObject({
      outcome: 'would_wait_for_a_person', reason: 'proof_failed',
      proof: [{ path: 'hours', message: expect.stringContaining('words that no fact holds') }],
      message: { text: expect.stringMatching(/^I am an automatic assistant\.[^]*\n\nA colleague will answer you\.$/) }, usage: { total_tokens: 640 },
    });
    expect(text).not.toContain('beer');
  });

  test('is not known while the model or its key is away', async () => {
    const world = new DryRunWorld({ ...sampleCompany(), ...ANSWERS });
    world.model.arrange(written);
    world.model.arrange({ outcome: 'unavailable' });
    const away = await world.post({ ...sampleRequest(), reply: 'When are you there?' });
    expect(away.json).toMatchObject({ outcome: 'would_send', reply: { outcome: 'not_known', reason: 'model_unavailable' } });
    world.secrets.put(SAMPLE_MODEL_SECRET, { outcome: 'missing' });
    const keyless = await world.post({ ...sampleRequest(), reply: 'When are you there?' });
    expect(keyless.json.reply).toMatchObject({ outcome: 'not_known', reason: 'model_key_unusable' });
  });

  test('is not read once the budget is used up', async () => {
    const world = new DryRunWorld({ ...sampleCompany({ budget: { ...BUDGET, monthly_limit: 1.5 } }), ...ANSWERS });
    world.model.arrange(written);
    const { json } = await world.post({ ...sampleRequest(), reply: 'When are you there? '.repeat(390) });
    expect(json.reply).toMatchObject({ outcome: 'would_wait_for_a_person', reason: 'limit', usage: { total_tokens: 0 } });
    expect(world.model.requests).toHaveLength(1);
  });

  test.each([7, ['a'], 'x'.repeat(8_001)])('of another form is refused before the model is paid', async (reply) => {
    const world = new DryRunWorld();
    const { json, status } = await world.post({ ...sampleRequest(), reply });
    expect([status, json.error_code]).toEqual([400, 'INVALID_REQUEST']);
    expect(world.model.requests).toEqual([]);
  });
});
