import type { Behaviour } from '../../../../tools/vendor-simulators/openai-responses/behaviours';
import { BEHAVIOURS, readTrigger } from '../../../../tools/vendor-simulators/openai-responses/behaviours';
import type { OpenAiSimulator } from '../../../../tools/vendor-simulators/openai-responses/openai-simulator';
import { startOpenAiSimulator } from '../../../../tools/vendor-simulators/openai-responses/openai-simulator';

const KEY = 'sk-sample-key-0001';
const SCHEMA = {
  type: 'object',
  properties: {
    job: { type: 'string', description: 'Title of the job, at most 40 characters' },
    point: { type: 'string', description: 'Unclear point of the CV' },
  },
  required: ['job', 'point'],
  additionalProperties: false,
};
const FACTS = { job_title: 'Staff nurse', unclear_point: 'the gap in spring' };

/** What the tests read of an answer, good or bad. */
interface AnswerBody {
  readonly id: string;
  readonly status: string;
  readonly output: readonly [unknown, { readonly content: readonly [{ readonly text: string }] }];
  readonly usage: { readonly input_tokens: number; readonly output_tokens: number; readonly total_tokens: number };
  readonly error: { readonly code: string | null; readonly type: string };
}

describe('the simulated OpenAI', () => {
  let openai: OpenAiSimulator;

  beforeEach(async () => {
    openai = await startOpenAiSimulator({
      port: 0,
      models: ['gpt-6-luna'],
      now: () => 1_700_000_000_000,
      delayMilliseconds: 0,
    });
    openai.registerKey(KEY);
  });

  afterEach(async () => { await openai.stop(); });

  const body = (facts: unknown = FACTS, change: Readonly<Record<string, unknown>> = {}) => ({
    model: 'gpt-6-luna',
    instructions: 'Be short.',
    input: [{ role: 'user', content: [{ type: 'input_text', text: JSON.stringify(facts) }] }],
    text: { format: { type: 'json_schema', name: 'variables', strict: true, schema: SCHEMA } },
    store: false,
    ...change,
  });

  const post = async (payload: unknown, key: string | undefined = KEY) => fetch(`${openai.url}/responses`, {
    method: 'POST',
    headers: { 'content-type': 'application/json', ...(key === undefined ? {} : { authorization: `Bearer ${key}` }) },
    body: typeof payload === 'string' ? payload : JSON.stringify(payload),
    signal: AbortSignal.timeout(JSON.stringify(payload).includes('simulate:timeout') ? 200 : 5000),
  });

  const ask = async (facts?: unknown, change?: Readonly<Record<string, unknown>>) => {
    const response = await post(body(facts, change));
    return { status: response.status, headers: response.headers, json: await response.json() as AnswerBody };
  };

  const values = async (facts?: unknown): Promise<Record<string, unknown>> => {
    const { json } = await ask(facts);
    return JSON.parse(json.output[1].content[0].text);
  };

  describe('answers a good call', () => {
    it('as the Responses API does', async () => {
      const { status, json } = await ask();
      expect(status).toBe(200);
      expect(json).toMatchObject({
        object: 'response',
        status: 'completed',
        model: 'gpt-6-luna',
        created_at: 1_700_000_000,
        store: false,
        error: null,
        incomplete_details: null,
        output: [
          { type: 'reasoning' },
          { type: 'message', role: 'assistant', status: 'completed', content: [{ type: 'output_text' }] },
        ],
      });
      expect(json.id).toMatch(/^resp_[0-9a-f]{32}$/);
      expect(json.usage.total_tokens).toBe(json.usage.input_tokens + json.usage.output_tokens);
      expect(json.usage.input_tokens).toBeGreaterThan(20);
    });

    it('with values from the facts, always the same and at the same price', async () => {
      const [first, second] = [await ask(), await ask()];
      expect(await values()).toEqual({ job: 'Staff nurse', point: 'the gap in spring' });
      expect(first.json.output[1].content).toEqual(second.json.output[1].content);
      expect(first.json.usage).toEqual(second.json.usage);
    });

    it('whether the input is a string or a list of items', async () => {
      const { json } = await ask(FACTS, { input: `Facts: ${JSON.stringify(FACTS)}` });
      expect(json.output[1].content[0].text).toContain('Staff nurse');
      const plain = await ask(FACTS, {
        input: [
          { role: 'user', content: JSON.stringify(FACTS) },
          'noise',
          { role: 'user', content: 5 },
          { content: [1] },
        ],
      });
      expect(plain.json.output[1].content[0].text).toContain('Staff nurse');
    });

    it('and keeps what it was asked', async () => {
      await ask();
      expect(openai.received()).toEqual([
        { model: 'gpt-6-luna', instructions: 'Be short.', input: JSON.stringify(FACTS), schema: SCHEMA },
      ]);
      expect(openai.violations()).toEqual([]);
    });
  });

  it('lists its models', async () => {
    const response = await fetch(`${openai.url}/models`, { headers: { authorization: `Bearer ${KEY}` } });
    expect(await response.json()).toMatchObject({ object: 'list', data: [{ id: 'gpt-6-luna', object: 'model' }] });
  });

  describe('refuses', () => {
    it('a wrong key, without repeating it', async () => {
      const response = await post(body(), 'sk-proj-wrong-key-9999');
      expect(response.status).toBe(401);
      const { error } = await response.json() as { error: { code: string; message: string } };
      expect(error.code).toBe('invalid_api_key');
      expect(error.message).toContain('sk-proj***********9999');
      const short = await post(body(), 'short');
      expect(await short.text()).toContain('*****.');
    });

    it('a missing key', async () => {
      const response = await fetch(`${openai.url}/responses`, { method: 'POST', body: '{}' });
      expect(response.status).toBe(401);
      expect(await response.text()).toContain('You didn\'t provide an API key');
    });

    it('another path', async () => {
      const response = await fetch(`${openai.url}/assistants`, { headers: { authorization: `Bearer ${KEY}` } });
      expect(response.status).toBe(404);
    });

    it.each([
      ['a body that is no JSON', 'no json', 'invalid_json', 'could not parse'],
      ['an unknown model', body(FACTS, { model: 'gpt-4o' }), 'model_not_found', "'gpt-4o' does not exist"],
      ['a missing model', body(FACTS, { model: undefined }), 'missing_required_parameter', 'model'],
      ['a missing input', body(FACTS, { input: undefined }), 'missing_required_parameter', 'input'],
      ['an empty input', body(FACTS, { input: '' }), 'missing_required_parameter', 'input'],
      ['an unknown parameter', body(FACTS, { seed: 1 }), 'unknown_parameter', 'seed'],
      ['a parameter of the old API', body(FACTS, { messages: [] }), 'unsupported_parameter', "moved to 'input'"],
      ['no structured output', body(FACTS, { text: undefined }), 'simulator_needs_json_schema', 'text.format'],
      [
        'another format',
        body(FACTS, { text: { format: { type: 'json_object' } } }),
        'simulator_needs_json_schema',
        'text.format',
      ],
      [
        'a format without a name',
        body(FACTS, { text: { format: { type: 'json_schema', schema: SCHEMA } } }),
        'missing_required_parameter',
        'text.format.name',
      ],
      [
        'a bad name',
        body(FACTS, { text: { format: { type: 'json_schema', name: 'a b', schema: SCHEMA } } }),
        'invalid_value',
        'text.format.name',
      ],
      [
        'a schema that is not strict',
        body(FACTS, { text: { format: { type: 'json_schema', name: 'a', strict: true, schema: { type: 'object' } } } }),
        'invalid_json_schema',
        'additionalProperties',
      ],
    ])('%s', async (_what, payload, code, words) => {
      const response = await post(payload);
      expect(response.status).toBe(400);
      const { error } = (await response.json()) as { error: { code: string; message: string; type: string } };
      expect(error).toMatchObject({ code, type: 'invalid_request_error' });
      expect(error.message).toContain(words);
      expect(openai.received()).toEqual([]);
    });
  });

  it('notes what OpenAI accepts and this engine must not ask for', async () => {
    const schema = { ...SCHEMA, properties: { job: { type: 'string', maxLength: 3 }, point: { type: 'string' } } };
    await ask(FACTS, {
      store: undefined,
      previous_response_id: 'resp_1',
      text: { format: { type: 'json_schema', name: 'a', schema } },
    });
    expect(openai.violations()).toEqual([
      expect.stringContaining('store is not false'),
      expect.stringContaining('strict is not true'),
      expect.stringContaining('a state that OpenAI would have to keep'),
      expect.stringContaining('keyword maxLength'),
    ]);
  });

  describe('misbehaves on request', () => {
    const wordsOf = async (behaviour: Behaviour) => values({ ...FACTS, note: `simulate:${behaviour}` });

    it.each([
      ['rate-limit', 429, 'rate_limit_exceeded'],
      ['overloaded', 503, 'server_is_overloaded'],
      ['quota', 429, 'credit_balance_exhausted'],
      ['unknown-model', 400, 'model_not_found'],
      ['wrong-key', 401, 'invalid_api_key'],
      ['server-error', 500, null],
    ])('%s fails with HTTP %d', async (behaviour, status, code) => {
      const answer = await ask({ ...FACTS, note: `simulate:${behaviour}` });
      expect(answer.status).toBe(status);
      expect(answer.json.error.code).toBe(code);
    });

    it('rate-limit says how long to wait', async () => {
      const { headers, json } = await ask({ note: 'simulate:rate-limit' });
      expect(headers.get('retry-after')).toBe('1');
      expect(json.error.type).toBe('requests');
    });

    it('html-page, timeout and reset lose the answer', async () => {
      expect((await post(body({ note: 'simulate:html-page' }))).headers.get('content-type')).toBe('text/html');
      await expect(post(body({ note: 'simulate:timeout' }))).rejects.toThrow(/timeout/);
      await expect(post(body({ note: 'simulate:reset' }))).rejects.toThrow('fetch failed');
    });

    it('refusal answers with a refusal part', async () => {
      const { json } = await ask({ note: 'simulate:refusal' });
      expect(json.status).toBe('completed');
      expect(json.output[1].content).toEqual([{ type: 'refusal', refusal: expect.any(String) }]);
    });

    it.each([
      ['truncated', 'max_output_tokens'],
      ['content-filter', 'content_filter'],
    ])('%s leaves the answer incomplete', async (behaviour, reason) => {
      const { json } = await ask({ ...FACTS, note: `simulate:${behaviour}` });
      expect(json).toMatchObject({ status: 'incomplete', incomplete_details: { reason } });
      expect(() => JSON.parse(json.output[1].content[0].text)).toThrow();
    });

    it('failed and no-output answer without a message', async () => {
      expect((await ask({ note: 'simulate:failed' })).json).toMatchObject({
        status: 'failed',
        error: { code: 'server_error' },
        output: [{ type: 'reasoning' }],
      });
      expect((await ask({ note: 'simulate:no-output' })).json).toMatchObject({
        status: 'completed',
        output: [{ type: 'reasoning' }],
      });
    });

    it('not-json chats', async () => {
      const { json } = await ask({ note: 'simulate:not-json' });
      expect(() => JSON.parse(json.output[1].content[0].text)).toThrow();
    });

    it('missing-key, extra-key and wrong-type break the shape', async () => {
      expect(await wordsOf('missing-key')).toEqual({ point: 'the gap in spring' });
      expect(Object.keys(await wordsOf('extra-key'))).toEqual(['job', 'point', 'remark']);
      expect(await wordsOf('wrong-type')).toEqual({ job: 42, point: 'the gap in spring' });
    });

    it.each([
      ['invents-link', /https:\/\//],
      ['invents-email', /@/],
      ['invents-phone', /\+44/],
      ['invents-amount', /£/],
      ['invents-date', /2031/],
      ['invents-number', /8642/],
      ['newline', /\n/],
      ['tab', /\t/],
      ['spaces', / {5}/],
      ['placeholder', /\{\{9\}\}/],
      ['emoji', /🎉/],
      ['empty', /^$/],
      ['blank', /^ +$/],
    ] as const)('%s spoils every text', async (behaviour, pattern) => {
      const spoilt = await wordsOf(behaviour);
      expect(Object.keys(spoilt)).toEqual(['job', 'point']);
      expect(spoilt.job).toMatch(pattern);
      expect(spoilt.point).toMatch(pattern);
    });

    it('too-long exceeds the limit that the schema states', async () => {
      const spoilt = await wordsOf('too-long');
      expect(String(spoilt.job)).toHaveLength(41);
      expect(String(spoilt.point).length).toBeGreaterThan(1024);
    });

    it('every second time with -once, so that a repair succeeds', async () => {
      const facts = { ...FACTS, note: 'simulate:invents-link-once' };
      const jobs = [await values(facts), await values(facts), await values(facts)].map((answer) => answer.job);
      expect(jobs).toEqual([expect.stringContaining('https://'), 'Staff nurse', expect.stringContaining('https://')]);
    });

    it('also where the trigger stands in a list', async () => {
      expect((await ask({ notes: ['a note', 'simulate:quota'] })).status).toBe(429);
    });

    it('but not where a fact only speaks of simulation', async () => {
      expect(await values({ ...FACTS, note: 'we simulate:quota things' })).toEqual({
        job: 'Staff nurse',
        point: 'the gap in spring',
      });
    });

    it('and says so when a trigger is misspelt', async () => {
      const response = await post(body({ note: 'simulate:refuse' }));
      expect(response.status).toBe(500);
      expect(await response.text()).toContain('there is no such behaviour');
    });

    it('never repeats a trigger as a value', async () => {
      expect(await values({ job_title: 'simulate:truncated-once', unclear_point: 'the gap' }).catch(() => 'cut')).toBe(
        'cut',
      );
      expect(await values({ job_title: 'simulate:truncated-once', unclear_point: 'the gap' })).toEqual({
        job: 'the details that we already hold',
        point: 'the gap',
      });
    });

    it('understands every behaviour as a trigger', () => {
      expect(BEHAVIOURS.map((behaviour) => readTrigger(`simulate:${behaviour}-once`))).toEqual(
        BEHAVIOURS.map((behaviour) => ({ behaviour, once: true })),
      );
    });
  });

  it('answers what a test arranged, first in, first out, before any trigger', async () => {
    openai.next('server-error', 2);
    openai.next({ values: { job: 'exactly this' } });
    expect((await ask()).status).toBe(500);
    expect((await ask({ note: 'simulate:quota' })).status).toBe(500);
    expect(await values()).toEqual({ job: 'exactly this' });
    expect(await values()).toEqual({ job: 'Staff nurse', point: 'the gap in spring' });
    expect(openai.received().map((call) => call.behaviour)).toEqual([
      'server-error',
      'server-error',
      undefined,
      undefined,
    ]);
  });

  it('leaves a schema without properties as it is', async () => {
    const schema = { type: 'object', properties: {}, required: [], additionalProperties: false };
    const { json } = await ask(
      { note: 'simulate:empty' },
      { text: { format: { type: 'json_schema', name: 'a', strict: true, schema } } },
    );
    expect(json.output[1].content[0].text).toBe('{}');
  });

  it('takes the time that it is told to take', async () => {
    openai.setDelay(400);
    await expect(fetch(`${openai.url}/models`, { signal: AbortSignal.timeout(100) })).rejects.toThrow(/timeout/);
    openai.setDelay(0);
    expect((await ask()).status).toBe(200);
  });
});
