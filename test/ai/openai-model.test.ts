import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { openAiModel } from '../../src/ai/openai-model';
import { CallMeter } from '../../src/core/usage/call-meter';
import type { FillRequest, FillResult } from '../../src/core/ports/language-model';
import type { Behaviour } from '../../tools/vendor-simulators/openai-responses/behaviours';
import type { OpenAiSimulator } from '../../tools/vendor-simulators/openai-responses/openai-simulator';
import { startOpenAiSimulator } from '../../tools/vendor-simulators/openai-responses/openai-simulator';

const KEY = 'sk-sample-key-0001';
const FACTS = { job_title: 'Staff nurse', unclear_point: 'the gap in spring' };
const REQUEST: Omit<FillRequest, 'calls'> = {
  access: { kind: 'key', apiKey: KEY },
  model: 'gpt-6-luna',
  instructions: 'Be short.',
  facts: JSON.stringify(FACTS),
  schema: {
    type: 'object',
    properties: {
      job: { type: 'string', description: 'Title of the job' },
      point: { type: 'string', description: 'Unclear point' },
    },
    required: ['job', 'point'],
    additionalProperties: false,
  },
  maxOutputTokens: 2_100,
  timeBudgetMilliseconds: 10_000,
};

/** A clock that moves only while somebody sleeps. */
function sleepingClock() {
  const slept: number[] = [];
  const elapsed = () => slept.reduce((sum, milliseconds) => sum + milliseconds, 0);
  return {
    slept,
    now: elapsed,
    sleep: async (milliseconds: number) => {
      slept.push(milliseconds);
      return Promise.resolve();
    },
  };
}

describe('the model at OpenAI', () => {
  let openai: OpenAiSimulator;

  beforeEach(async () => {
    openai = await startOpenAiSimulator({ port: 0, models: ['gpt-6-luna'], now: () => 0, delayMilliseconds: 0 });
    openai.registerKey(KEY);
    requestTimeoutMilliseconds = 5000;
  });

  afterEach(async () => { await openai.stop(); });

  /** Generous, so that a busy machine fails no test; tests of silence make it short. */
  let requestTimeoutMilliseconds: number;

  const fill = async (
    change: Partial<FillRequest> = {},
    clock = sleepingClock(),
    baseUrl = openai.url,
  ): Promise<FillResult> => openAiModel({ baseUrl, requestTimeoutMilliseconds, clock }).fill({
    ...REQUEST,
    calls: new CallMeter(10),
    ...change,
  });

  const misbehaving = (behaviour: string) => ({ facts: JSON.stringify({ ...FACTS, note: `simulate:${behaviour}` }) });

  describe('fills the variables', () => {
    it('from the facts, and says what it cost', async () => {
      const result = await fill();
      expect(result).toMatchObject({ outcome: 'values', values: { job: 'Staff nurse', point: 'the gap in spring' } });
      if (result.outcome !== 'values') throw new Error('no values');
      const { prompt_tokens: prompt, completion_tokens: completion, total_tokens: total } = result.usage;
      expect(prompt).toBeGreaterThan(0);
      expect(completion).toBeGreaterThan(0);
      expect(total).toBe(prompt + completion);
    });

    it('in one call that stores nothing and is strict about its schema', async () => {
      await fill();
      expect(openai.violations()).toEqual([]);
      expect(openai.received()).toEqual([
        { model: 'gpt-6-luna', instructions: 'Be short.', input: REQUEST.facts, schema: REQUEST.schema },
      ]);
    });

    it('again, with each refused value and its reason as data after the facts', async () => {
      const repair = { point: { value: 'see https://claims.example.net', reason: 'the link is not in the facts' } };
      await fill({ repair });
      const [input = ''] = openai.received().map((call) => call.input);
      expect(input.startsWith(`${REQUEST.facts}\n`)).toBe(true);
      expect(JSON.parse(input.slice(input.lastIndexOf('\n') + 1))).toEqual(repair);
      expect(openai.received()[0]?.instructions).toBe('Be short.');
    });

    it('from whatever the model answered, which the proof must judge', async () => {
      openai.next({ values: { job: 7, extra: null } });
      expect(await fill()).toMatchObject({ outcome: 'values', values: { job: 7, extra: null } });
    });
  });

  describe('tells answers that are none from one another', () => {
    it.each([
      ['refusal', 'refused'],
      ['truncated', 'truncated'],
      ['content-filter', 'filtered'],
      ['not-json', 'unreadable'],
      ['no-output', 'unreadable'],
    ])('%s is %s, and paid for', async (behaviour, outcome) => {
      const result = await fill(misbehaving(behaviour));
      expect(result).toMatchObject({ outcome, usage: { prompt_tokens: expect.any(Number) } });
      expect(openai.received()).toHaveLength(1);
      expect(JSON.stringify(result)).not.toContain('"prompt_tokens":0');
    });
  });

  describe('tries again, but not for ever', () => {
    it.each(['rate-limit', 'overloaded', 'server-error', 'html-page', 'reset', 'timeout', 'failed'] as const)(
      'after %s',
      async (behaviour) => {
        openai.next(behaviour, 2);
        if (behaviour === 'timeout') requestTimeoutMilliseconds = 400;
        const clock = sleepingClock();
        expect(await fill({}, clock)).toMatchObject({ outcome: 'values' });
        expect(clock.slept).toEqual(behaviour === 'rate-limit' ? [1000, 1000] : [500, 1500]);
        expect(openai.received()).toHaveLength(3);
      },
    );

    it.each(['overloaded', 'server-error', 'html-page', 'reset', 'timeout', 'failed'] as const)(
      'and is unavailable after three times %s',
      async (behaviour) => {
        if (behaviour === 'timeout') requestTimeoutMilliseconds = 100;
        expect(await fill(misbehaving(behaviour))).toEqual({ outcome: 'unavailable' });
        expect(openai.received()).toHaveLength(3);
      },
    );

    it('and says how long OpenAI asks to wait', async () => {
      expect(await fill(misbehaving('rate-limit'))).toEqual({ outcome: 'unavailable', retryAfterSeconds: 1 });
      expect(openai.received()).toHaveLength(3);
    });

    it('and never waits beyond its time', async () => {
      const clock = sleepingClock();
      expect(await fill({ ...misbehaving('rate-limit'), timeBudgetMilliseconds: 1000 }, clock)).toEqual({
        outcome: 'unavailable',
        retryAfterSeconds: 1,
      });
      expect(await fill({ ...misbehaving('server-error'), timeBudgetMilliseconds: 600 }, clock)).toEqual({
        outcome: 'unavailable',
      });
      expect(clock.slept).toEqual([500]);
      expect(openai.received()).toHaveLength(3);
    });

    it('and asks nothing when no time is left', async () => {
      expect(await fill({ timeBudgetMilliseconds: 0 })).toEqual({ outcome: 'unavailable' });
      expect(openai.received()).toEqual([]);
    });

    // The simulated silence has no end: a request that is not cut ends with the test's own time.
    it('and cuts a request to the time that is left', async () => {
      openai.next('timeout');
      const clock = { now: () => performance.now(), sleep: async () => Promise.resolve() };
      expect(await fill({ timeBudgetMilliseconds: 60 }, { ...sleepingClock(), ...clock })).toEqual({
        outcome: 'unavailable',
      });
      expect(openai.received()).toHaveLength(1);
    });

    it('when OpenAI cannot be reached', async () => {
      await openai.stop();
      expect(await fill()).toEqual({ outcome: 'unavailable' });
    });
  });

  describe('tells what only an operator can put right', () => {
    it.each([
      ['quota', 'credit_balance_exhausted'],
      ['unknown-model', 'model_not_found'],
      ['wrong-key', 'invalid_api_key'],
    ] as const)('%s, at once', async (behaviour, code) => {
      expect(await fill(misbehaving(behaviour))).toEqual({ outcome: 'misconfigured', code });
      expect(openai.received()).toHaveLength(1);
    });

    it('a key that OpenAI does not know', async () => {
      expect(await fill({ access: { kind: 'key', apiKey: 'sk-revoked' } })).toEqual({
        outcome: 'misconfigured',
        code: 'invalid_api_key',
      });
    });

    it.each(['', 'sk-a\nX-Other: b', 'ключ'])('the key %p, which no header can hold', async (apiKey) => {
      expect(await fill({ access: { kind: 'key', apiKey } })).toEqual({
        outcome: 'misconfigured',
        code: 'malformed_api_key',
      });
    });

    it('a schema that OpenAI would not take', async () => {
      expect(await fill({ schema: { type: 'object' } })).toEqual({
        outcome: 'misconfigured',
        code: 'invalid_json_schema',
      });
    });
  });

  describe('reads what something in between may answer', () => {
    const serve = async (respond: Parameters<typeof createServer>[1], run: (url: string) => Promise<void>) => {
      const server = createServer(respond);
      await new Promise<void>((listening) => { server.listen(0, '127.0.0.1', listening); });
      try {
        await run(`http://127.0.0.1:${(server.address() as AddressInfo).port}/v1`);
      } finally {
        server.closeAllConnections();
        server.close();
      }
    };
    const answer = async (status: number, body: string, headers: Readonly<Record<string, string>> = {}) => {
      let result: FillResult | undefined;
      await serve(
        (_request, response) =>
          response.writeHead(status, { 'content-type': 'application/json', ...headers }).end(body),
        async (url) => {
          result = await fill({}, sleepingClock(), url);
        },
      );
      return result;
    };
    const error = (fields: Readonly<Record<string, unknown>>) =>
      JSON.stringify({ error: { message: 'about Ada', ...fields } });

    it.each([
      ['a page with HTTP 200', 200, '<html></html>', { 'content-type': 'text/html' }, { outcome: 'unavailable' }],
      ['JSON that breaks off', 200, '{"status":', {}, { outcome: 'unavailable' }],
      ['other JSON', 200, '{"ok":true}', {}, { outcome: 'unavailable' }],
      [
        'a quota by its older name',
        429,
        error({ type: 'insufficient_quota' }),
        {},
        { outcome: 'misconfigured', code: 'insufficient_quota' },
      ],
      [
        'a quota by its code alone',
        429,
        error({ code: 'insufficient_quota' }),
        {},
        { outcome: 'misconfigured', code: 'insufficient_quota' },
      ],
      [
        'a prompt that the safety checks turn away',
        400,
        error({ code: 'invalid_prompt' }),
        {},
        { outcome: 'refused', usage: { prompt_tokens: 0, completion_tokens: 0, total_tokens: 0 } },
      ],
      ['a refusal without a code', 403, error({}), {}, { outcome: 'misconfigured', code: 'http_403' }],
      ['a conflict', 409, error({}), {}, { outcome: 'unavailable' }],
      [
        'a wait in milliseconds',
        429,
        error({ code: 'slow_down' }),
        { 'retry-after-ms': '20', 'retry-after': '9' },
        { outcome: 'unavailable', retryAfterSeconds: 0.02 },
      ],
      ['a wait that cannot be read', 503, error({}), { 'retry-after': 'soon' }, { outcome: 'unavailable' }],
      [
        'a failed response for a reason of the prompt',
        200,
        '{"status":"failed","error":{"code":"invalid_prompt"},"output":[]}',
        {},
        { outcome: 'refused', usage: { prompt_tokens: 0, completion_tokens: 0, total_tokens: 0 } },
      ],
      [
        'values in two parts, among items of an unknown kind',
        200,
        '{"status":"completed","output":[{"type":"news","content":7},{"content":[{"type":"output_text","text":"{\\"a\\":"},{"type":"output_text","text":"1}"}]}]}',
        {},
        { outcome: 'values', values: { a: 1 }, usage: { prompt_tokens: 0, completion_tokens: 0, total_tokens: 0 } },
      ],
      [
        'a list in place of values',
        200,
        '{"status":"completed","output":[{"content":[{"type":"output_text","text":"[1]"},{"type":"output_text"}]}]}',
        {},
        { outcome: 'unreadable', usage: { prompt_tokens: 0, completion_tokens: 0, total_tokens: 0 } },
      ],
    ] as const)('%s', async (_what, status, body, headers, expected) => {
      expect(await answer(status, body, headers)).toEqual(expected);
    });

    it('a body that never ends', async () => {
      requestTimeoutMilliseconds = 100;
      await serve(
        (_request, response) => response.writeHead(200, { 'content-type': 'application/json' }).write('{"status":'),
        async (url) => {
          expect(await fill({}, sleepingClock(), url)).toEqual({ outcome: 'unavailable' });
        },
      );
    });

    it('a body that is torn off', async () => {
      await serve((_request, response) => {
        response
          .writeHead(200, { 'content-type': 'application/json', 'content-length': 100 })
          .write('{"status":', () => response.socket?.end());
      }, async (url) => {
        expect(await fill({}, sleepingClock(), url)).toEqual({ outcome: 'unavailable' });
      });
    });
  });

  it('says nothing about people or secrets, whatever happens', async () => {
    const behaviours: readonly Behaviour[] = ['refusal', 'not-json', 'quota', 'wrong-key', 'server-error', 'html-page'];
    const results = JSON.stringify(
      await Promise.all(behaviours.map(async (behaviour) => fill(misbehaving(behaviour)))),
    );
    for (const secret of [KEY, 'nurse', 'gap']) expect(results).not.toContain(secret);
  });

  it('takes the fetch that it is given, and leaves the process\'s environment out of its headers', async () => {
    const seen: Headers[] = [];
    const spy: typeof fetch = async (url, init) => {
      seen.push(new Headers(init?.headers));
      return fetch(url, init);
    };
    process.env.OPENAI_ORG_ID = 'org-of-somebody';
    try {
      await openAiModel({ baseUrl: openai.url, requestTimeoutMilliseconds, clock: sleepingClock(), fetch: spy }).fill({
        ...REQUEST,
        calls: new CallMeter(10),
      });
    } finally {
      delete process.env.OPENAI_ORG_ID;
    }
    expect(seen).toHaveLength(1);
    expect(seen[0]?.get('openai-organization')).toBeNull();
    expect(seen[0]?.get('authorization')).toBe(`Bearer ${KEY}`);
  });

  it('finds its base URL in the environment where it is given none', async () => {
    process.env.OPENAI_BASE_URL = openai.url;
    try {
      const model = openAiModel({ requestTimeoutMilliseconds, clock: sleepingClock() });
      expect(await model.fill({ ...REQUEST, calls: new CallMeter(10) })).toMatchObject({
        outcome: 'values',
      });
    } finally {
      delete process.env.OPENAI_BASE_URL;
    }
  });
});
