import type { FillResult } from '../../../src/core/ports/language-model';
import { composed, composing, unprovable } from './composing';
import { FIRST_NAME, SMS, UNCLEAR } from './recruitment';
import { USAGE } from './scripted-model';

const FACTS = {
  fee: 'The visit is free, but only on weekdays before 17:00.',
  nurse: 'Ida Moe',
};
const PLAIN = 'the visit is with Ida Moe';
const OMITTING = 'the visit is free';
const reads = (when: string | undefined, more: object = {}) => ({
  ...SMS,
  ...(when ? { second_reader: when } : {}),
  ...more,
  variables: { first_name: FIRST_NAME, point: { ...UNCLEAR, fallback: 'please call us.' } },
});
const writes = (value: string, path = 'fee', quote = 'The visit is free') => ({
  point: { evidence: [{ path: `project_data.${path}`, quote }], value },
});
const clause = (text: string, supported: boolean, path: string | null = supported ? 'project_data.fee' : null) =>
  ({ clause: text, path, supported });
const verdict = (...clauses: ReadonlyArray<ReturnType<typeof clause>>) => ({ point: clauses });

async function tried(
  template: object,
  answers: ReadonlyArray<FillResult | Readonly<Record<string, unknown>>>,
  more: { readonly slowness?: number; readonly budget?: number } = {},
) {
  return composing({ channel: 'sms', template, facts: FACTS, answers, ...more });
}

test.each([undefined, 'never'])('with second_reader %s no value is read again', async (when) => {
  const { result, model } = await tried(reads(when), [writes(OMITTING)]);
  expect(model.requests).toHaveLength(1);
  expect(composed(result)).not.toHaveProperty('second_reader');
});

test('without a doubt none is asked, with always one is', async () => {
  const plain = writes(PLAIN, 'nurse', 'Ida Moe');
  expect((await tried(reads('doubtful'), [plain])).model.requests).toHaveLength(1);
  const { result, model } = await tried(reads('always'), [plain, verdict(clause(PLAIN, true, 'project_data.nurse'))]);
  expect(model.requests).toHaveLength(2);
  expect(composed(result)).toMatchObject({
    verdicts: { point: 'proved' },
    second_reader: { prompt: 'second-reader@1', model: 'gpt-6-luna' },
    usage: { total_tokens: 2 * USAGE.total_tokens },
  });
});

test('a value that it does not support gets its fallback, whatever rules say', async () => {
  const { result } = await tried(reads('doubtful'), [writes(OMITTING), verdict(clause(OMITTING, false))]);
  expect(composed(result)).toMatchObject({ values: { point: 'please call us.' }, verdicts: { point: 'fallback' } });
  expect(result).toMatchObject({ fallbacks: 'point: unsupported' });
});

test('a fallback that may not go by itself, or none, has a person look', async () => {
  const bare = { ...reads('doubtful'), variables: { first_name: FIRST_NAME, point: UNCLEAR } };
  const { result } = await tried(bare, [writes(OMITTING), verdict(clause(OMITTING, false))]);
  expect(unprovable(result)).toMatchObject({ reason: 'proof_failed', detail: 'point: unsupported' });
});

test('it never lets out what the proof refused', async () => {
  const invented = writes('the visit costs £9');
  const { result, model } = await tried(reads('always'), [invented, invented]);
  expect(model.requests).toHaveLength(2);
  expect(composed(result).verdicts.point).toBe('fallback');
});

test.each([
  ['an unsupported clause among others', [clause('the visit', true), clause('is free', false)]],
  ['a path that is none', [clause(OMITTING, true, 'project_data.price')]],
  ['no path', [clause(OMITTING, true, null)]],
])('%s refuses the value', async (_what, clauses) => {
  const { result } = await tried(reads('always'), [writes(OMITTING), verdict(...clauses)]);
  expect(result).toMatchObject({ fallbacks: 'point: unsupported' });
});

test.each([
  ['a path that begins with the block', [clause(OMITTING, true, 'facts.project_data.fee')]],
  ['the template', [clause(OMITTING, true, 'template')]],
])('%s supports it', async (_what, clauses) => {
  const { result } = await tried(reads('always'), [writes(OMITTING), verdict(...clauses)]);
  expect(composed(result).verdicts.point).toBe('proved');
});

describe('a reader that gives no verdict', () => {
  const silences: ReadonlyArray<[string, FillResult | Readonly<Record<string, unknown>>]> = [
    ['is out of reach', { outcome: 'unavailable' }],
    ['has no key', { outcome: 'misconfigured', code: 'invalid_api_key' }],
    ['refuses', { outcome: 'refused', usage: USAGE }],
    ['skips words', verdict(clause('the visit', true))],
    ['answers something else', { point: 'yes' }],
    ['answers with other fields', { point: [{ clause: OMITTING, supported: 'yes', path: null }] }],
    ['leaves a value out', {}],
  ];

  test.each(silences)('and %s has a person read the words, which are kept', async (_what, answer) => {
    const { result } = await tried(reads('doubtful'), [writes(OMITTING), answer]);
    expect(unprovable(result)).toMatchObject({
      reason: 'proof_failed',
      detail: 'point: reader_unavailable',
      composition: { values: { point: OMITTING }, second_reader: { prompt: 'second-reader@1' } },
    });
  });

  test.each(silences)('and %s has the fallback go where the template says so', async (_what, answer) => {
    const template = reads('doubtful', { on_reader_outage: 'fallback' });
    const { result } = await tried(template, [writes(OMITTING), answer]);
    expect(result).toMatchObject({ outcome: 'composed', fallbacks: 'point: reader_unavailable' });
    expect(composed(result).values.point).toBe('please call us.');
  });

  test('because there is no time left for it', async () => {
    const { result, model } = await tried(reads('always'), [writes(OMITTING)], { slowness: 9_500, budget: 10_000 });
    expect(model.requests).toHaveLength(1);
    expect(unprovable(result).detail).toBe('point: reader_unavailable');
  });
});

test('it is asked with facts, template and values as data, its own instructions, its own model and a strict schema', async () => {
  const { model } = await tried(reads('always'), [writes(OMITTING), verdict(clause(OMITTING, true))]);
  const [, request] = model.requests;
  expect(JSON.parse(request?.facts ?? '')).toEqual({
    facts: expect.objectContaining({ project_data: FACTS }),
    template: ['Hello {{first_name}}, a question about your CV: {{point}} Reply to this text. STOP to opt out.'],
    values: { point: OMITTING },
  });
  expect(request?.instructions).toContain('You did not write them');
  expect(request?.instructions).not.toContain('Ida');
  expect(request?.schema).toMatchObject({ required: ['point'], additionalProperties: false });
  expect(request).not.toHaveProperty('repair');
});

test('what a person gave is not read again', async () => {
  const { result, model } = await composing({
    channel: 'sms', template: reads('always'), facts: FACTS, answers: [], given: { point: PLAIN },
  });
  expect(composed(result).values.point).toBe(PLAIN);
  expect(model.requests).toHaveLength(0);
});

test('a message that a person sees anyway is not read again', async () => {
  const template = {
    ...SMS, second_reader: 'always', body: '{{first_name}} {{a}} {{b}}',
    variables: { first_name: FIRST_NAME, a: UNCLEAR, b: UNCLEAR },
  };
  const answer = { a: 'the visit is free', b: 'for £9' };
  const { result, model } = await tried(template, [answer, { b: 'for £9' }]);
  expect(unprovable(result).detail).toBe('b: unknown_amount');
  expect(model.requests).toHaveLength(2);
});
