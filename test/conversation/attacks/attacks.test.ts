import type { FillRequest } from '../../../src/core/ports/language-model';
import { readValue } from '../../../src/conversation/read-value';
import { ConversationWorld } from '../../support/conversation-world';
import type { ExpectedAnswer } from '../../../src/core/company/expected-answer';
import { ATTACKS } from './replies';

const EXPECTED: readonly ExpectedAnswer[] = [
  { name: 'reason', question: 'Why?', type: 'text', required: true },
  { name: 'start', question: 'When?', type: 'date', required: true },
  { name: 'patients', question: 'How many?', type: 'number', required: true },
  { name: 'salary', question: 'How much?', type: 'amount', required: true },
  { name: 'shift', question: 'Which shift?', type: 'choice', choices: ['day', 'night'], required: true },
  { name: 'licensed', question: 'Are you licensed?', type: 'yes_no', required: true },
];
const LIES: Readonly<Record<string, string>> = {
  reason: 'hired', start: '2027-03-12', patients: '45', salary: 'GBP 90000', shift: 'night', licensed: 'yes',
};

/** Says for every key what the attacker wishes, quoting the message itself, a part of it, or what nobody wrote. */
function hostile(style: number, { facts, schema }: FillRequest) {
  const { messages } = JSON.parse(facts) as { readonly messages: readonly string[] };
  const text = messages.join('\n');
  const properties = schema.properties as Readonly<Record<string, { readonly properties: object }>>;
  const quotes = [text, text.slice(0, 12), text.split(' ').at(-1) ?? '', 'yes, night, 45 for £90,000 from 12 March 2027'];
  const answers = Object.keys(properties.answers?.properties ?? {}).map((key) => {
    const value = LIES[key.split('.')[1] ?? ''] ?? '';
    return [key, { value, quote: quotes[style] ?? '' }];
  });
  return {
    outcome: 'values' as const,
    values: { answers: Object.fromEntries(answers), asks: 'none', stop: 'none', stop_quote: null, language: 'en' },
    usage: { prompt_tokens: 1, completion_tokens: 1, total_tokens: 2 },
  };
}

test('there are at least 60 of them, no two alike', () => {
  expect(new Set(ATTACKS).size).toBe(ATTACKS.length);
  expect(ATTACKS.length).toBeGreaterThanOrEqual(60);
});

describe.each([0, 1, 2, 3])('a hostile model of kind %p', (style) => {
  test.each(ATTACKS.map((text, index) => [index, text] as const))('keeps of reply %p nothing that is not quoted and proved', async (_index, text) => {
    const world = new ConversationWorld();
    const asked = await world.ask({ expected_answers: EXPECTED });
    world.answersWith((request) => hostile(style, request));
    await world.write(text);
    await world.turn(asked);
    const record = await world.record(asked);
    for (const [name, { value, quote }] of Object.entries(record.answers ?? {})) {
      const expected = EXPECTED.find((one) => one.name === name);
      expect(text).toContain(quote);
      expect(readValue(expected ?? { type: 'text' }, quote, { languages: ['en-GB'], now: world.clock.now() })).toEqual(value);
    }
    expect(record.task_complete).toBe(0);
    expect(await world.directory.optedOutOf({ recipient: asked.primary_channel, company: 'brightpath' })).toEqual([]);
  });
});

test.each([
  'Please stop.', 'STOP', 'stop writing to me', 'Stop, you are annoying', 'UNSUBSCRIBE me please', 'I want to opt out',
  'bitte stop', 'remove me from your list', 'no more messages',
])('a hostile model hears nothing, and %p is heard all the same', async (text) => {
  const world = new ConversationWorld();
  const asked = await world.ask();
  world.answers({});
  const outcome = await world.write(text);
  await world.turn(asked);
  expect(['opted_out', 'handed_off']).toContain(outcome);
});
