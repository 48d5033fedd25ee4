import { readResponse } from '../../../../src/ai/openai-response';
import type { OpenAiSimulator } from '../../../../tools/vendor-simulators/openai-responses/openai-simulator';
import {
  SIMULATED_MODELS,
  startOpenAiSimulator,
} from '../../../../tools/vendor-simulators/openai-responses/openai-simulator';
import { fillSchema } from '../../../../src/processor/composition/template-schema';

const KEY = 'sk-sample-key-0001';
const FACTS = {
  project_data: {
    posts: [{ employer: 'Northfield Care Home' }],
    unclear_point: 'The CV names Northfield Care Home twice.',
    skills: ['Welsh', 'First aid'],
  },
};
const VARIABLE = { description: 'The unclear point', max_length: 200, required: true };

let openai: OpenAiSimulator;
beforeEach(async () => {
  openai = await startOpenAiSimulator({ port: 0, models: SIMULATED_MODELS, now: () => 0, delayMilliseconds: 0 });
  openai.registerKey(KEY);
});
afterEach(async () => { await openai.stop(); });

async function ask(
  model: string,
  facts: unknown = FACTS,
  schema: unknown = fillSchema({ point: VARIABLE }, ['point'], true),
) {
  return fetch(`${openai.url}/responses`, {
    method: 'POST',
    headers: { 'content-type': 'application/json', 'authorization': `Bearer ${KEY}` },
    body: JSON.stringify({
      model,
      input: JSON.stringify(facts),
      store: false,
      text: { format: { type: 'json_schema', name: 'variables', strict: true, schema } },
    }),
  });
}

const valuesOf = async (model: string, facts?: unknown, schema?: unknown) => {
  const read = await readResponse(await ask(model, facts, schema));
  return read.outcome === 'values' ? read.values : read.outcome;
};

interface Body {
  readonly output: ReadonlyArray<{
    readonly type: string;
    readonly phase?: string;
    readonly content?: readonly unknown[];
  }>;
}

const CITED = [{ path: 'project_data.unclear_point', quote: 'The CV names Northfield Care Home twice.' }];

test.each([
  ['gpt-6-luna', 'The CV names Northfield Care Home twice.', ['reasoning', 'message']],
  ['gpt-6.1-terra', 'The CV names Northfield Care Home twice. Thank you for your time.', ['reasoning', 'message']],
  ['gpt-5.6-luna', 'The CV names Northfield Care Home twice.', ['reasoning', 'message', 'message']],
])('%s answers in its own style, which the adapter reads', async (model, value, items) => {
  const body: Body = JSON.parse(await (await ask(model)).text());
  expect(body.output.map(({ type }) => type)).toEqual(items);
  if (model === 'gpt-6.1-terra') expect(body.output.at(-1)?.content).toHaveLength(2);
  if (model === 'gpt-5.6-luna') {expect(body.output.map(({ phase }) => phase)).toEqual([undefined, 'commentary', 'final_answer']);}
  expect(await valuesOf(model)).toEqual({ point: { evidence: [{ ...CITED[0] }], value } });
});

test('a fact of a list is cited by its index, and a list of plain values by its first entry', async () => {
  const schema = fillSchema({
    employer: { ...VARIABLE, description: 'The employer' }, skills: { ...VARIABLE, description: 'The skills' },
  }, ['employer', 'skills'], true);
  expect(await valuesOf('gpt-6-luna', FACTS, schema)).toEqual({
    employer: {
      evidence: [{ path: 'project_data.posts.0.employer', quote: 'Northfield Care Home' }],
      value: 'Northfield Care Home',
    },
    skills: { evidence: [{ path: 'project_data.skills', quote: 'Welsh' }], value: 'Welsh; First aid' },
  });
});

test.each([
  ['swaps-name', { evidence: CITED, value: 'The CV names Southmere Lodge twice.' }],
  [
    'misquotes',
    {
      evidence: [{ ...CITED[0], quote: `${CITED[0]?.quote} indeed` }],
      value: 'The CV names Northfield Care Home twice.',
    },
  ],
  [
    'concludes',
    { evidence: CITED, value: 'The CV names Northfield Care Home twice. So the other entries look right to us.' },
  ],
])('simulate:%s', async (word, point) => {
  expect(await valuesOf('gpt-6-luna', { ...FACTS, note: `simulate:${word}` })).toEqual({ point });
});
