import OpenAI from 'openai';
import type { OpenAiSimulator } from '../../../../tools/vendor-simulators/openai-responses/openai-simulator';
import { startOpenAiSimulator } from '../../../../tools/vendor-simulators/openai-responses/openai-simulator';

const KEY = 'sk-sample-key-0001';
const MODEL = 'gpt-6-luna';
const CALL = {
  model: MODEL,
  instructions: 'Be short.',
  input: [{ role: 'user', content: JSON.stringify({ job_title: 'Staff nurse' }) }],
  store: false,
  text: {
    format: {
      type: 'json_schema', name: 'variables', strict: true,
      schema: {
        type: 'object', properties: { job: { type: 'string' } }, required: ['job'], additionalProperties: false,
      },
    },
  },
} satisfies OpenAI.Responses.ResponseCreateParamsNonStreaming;

let simulator: OpenAiSimulator;

beforeEach(async () => {
  simulator = await startOpenAiSimulator({
    port: 0, models: [MODEL], now: () => 1_700_000_000_000, delayMilliseconds: 0,
  });
  simulator.registerKey(KEY);
});

afterEach(async () => { await simulator.stop(); });

/** OpenAI's own client, which believes that it talks to OpenAI. */
function clientWith(apiKey: string, timeout = 20_000): OpenAI {
  return new OpenAI({ apiKey, baseURL: simulator.url, maxRetries: 0, timeout, logLevel: 'off' });
}

describe('OpenAI\'s own client and the simulator', () => {
  test('an answer is read, parsed by its schema, and counted', async () => {
    const response = await clientWith(KEY).responses.parse(CALL);
    expect(response).toMatchObject({ object: 'response', status: 'completed', error: null, incomplete_details: null });
    expect(JSON.parse(response.output_text)).toEqual({ job: expect.any(String) });
    expect(response.output_parsed).toEqual(JSON.parse(response.output_text));
    const { input_tokens: read = 0, output_tokens: written = 0, total_tokens: total } = response.usage ?? {};
    expect(total).toBe(read + written);
    expect(simulator.violations()).toEqual([]);
  });

  test('the models are listed', async () => {
    const ids: string[] = [];
    for await (const { id } of clientWith(KEY).models.list()) ids.push(id);
    expect(ids).toEqual([MODEL]);
  });

  test.each([
    ['refusal', { status: 'completed' }, 'refusal'],
    ['truncated', { status: 'incomplete', incomplete_details: { reason: 'max_output_tokens' } }, 'output_text'],
    ['content-filter', { status: 'incomplete', incomplete_details: { reason: 'content_filter' } }, 'output_text'],
  ] as const)('%s is an answer of the documented form', async (behaviour, expected, part) => {
    simulator.next(behaviour);
    const response = await clientWith(KEY).responses.create(CALL);
    expect(response).toMatchObject(expected);
    const parts = response.output.flatMap((item) => (item.type === 'message' ? item.content : []));
    expect(parts.map(({ type }) => type)).toEqual([part]);
  });

  test.each([
    ['rate-limit', OpenAI.RateLimitError, { status: 429, code: 'rate_limit_exceeded' }],
    ['quota', OpenAI.RateLimitError, { status: 429, type: 'insufficient_quota' }],
    ['server-error', OpenAI.InternalServerError, { status: 500 }],
    ['overloaded', OpenAI.InternalServerError, { status: 503 }],
  ] as const)('%s is one of its own errors', async (behaviour, kind, expected) => {
    simulator.next(behaviour);
    const failure: unknown = await clientWith(KEY).responses.create(CALL).catch((error: unknown) => error);
    expect(failure).toBeInstanceOf(kind);
    expect(failure).toMatchObject(expected);
  });

  test('a wrong key, a model and a parameter that are none are its own errors', async () => {
    await expect(clientWith('sk-other').responses.create(CALL)).rejects.toBeInstanceOf(OpenAI.AuthenticationError);
    await expect(clientWith(KEY).responses.create({ ...CALL, model: 'gpt-0' }))
      .rejects.toMatchObject({ status: 400, code: 'model_not_found' });
    const wrong = { ...CALL, max_tokens: 5 };
    await expect(clientWith(KEY).responses.create(wrong)).rejects.toBeInstanceOf(OpenAI.BadRequestError);
  });

  test('an answer that does not come is its own error', async () => {
    simulator.next('timeout');
    await expect(clientWith(KEY, 300).responses.create(CALL)).rejects.toBeInstanceOf(OpenAI.APIConnectionError);
  });
});
