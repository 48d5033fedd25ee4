import type { FillRequest, FillResult } from '../../../src/core/ports/language-model';
import { AnsweringWorld } from '../../support/answering-world';
import { EXPECTED } from '../../support/conversation-world';
import { ATTACKS } from './replies';

const DISCLOSURE = 'I am an automatic assistant. Write PERSON to reach a colleague.';
const HAND_OFF = 'A colleague will answer you.';
const WRITTEN = { max_length: 400, required: true };

/** A card for each way in which a model may put words into one. */
const COMPANY = {
  replies: 'answer',
  answer_cards: [
    {
      card_id: 'pay', version: 1, when: 'The person asks what the job pays.', then: 'await',
      languages: { 'en-GB': { text: 'The pay is {{pay}} per hour.' } },
      variables: { pay: { ...WRITTEN, description: 'Pay per hour.' } },
    },
    {
      card_id: 'place', version: 1, when: 'The person asks where the work is.',
      languages: { 'en-GB': { text: 'You would work here: {{place}}' } },
      variables: { place: { ...WRITTEN, description: 'Place of work.', facts: ['knowledge.place'] } },
    },
    {
      card_id: 'call_back', version: 1, when: 'The person wants to be rung.',
      languages: { 'en-GB': { text: 'We have noted: "{{wish}}".' } },
      variables: { wish: { ...WRITTEN, description: 'When they want to be rung.', from: 'recipient' } },
    },
    {
      card_id: 'ask_start', version: 1, when: 'The day of starting is missing.', then: 'await',
      languages: { 'en-GB': { text: 'Thank you. From which day could you start?' } },
    },
    {
      card_id: 'goodbye', version: 1, when: 'The person wants to talk about the offer.', then: 'hand_off',
      languages: { 'en-GB': { text: 'A colleague tells you more about {{matter}}.' } },
      variables: { matter: { ...WRITTEN, description: 'What they want to hear of.' } },
    },
  ],
  knowledge: [
    { name: 'hourly_pay', value: { amount: 21.5, currency: 'GBP' } }, { name: 'place', value: 'Northfield Hospital' },
  ],
  assistant: { disclosure: { 'en-GB': DISCLOSURE }, hand_off: { 'en-GB': HAND_OFF } },
} as const;

/** All that this company can say: written by hand, and independent of the proof. */
const SAYABLE = [
  'The pay is £21.50 per hour.', 'You would work here: Northfield Hospital', 'Thank you. From which day could you start?',
  HAND_OFF,
];
const ECHO = /^We have noted: "([^]*)"\.$/;

type Values = Readonly<Record<string, string>>;
const all = (value: string): Values => ({ pay: value, place: value, wish: value, matter: value });

/** How a model may serve an attacker: by the card it names, and what it writes there. */
const STYLES: Readonly<Record<string, (text: string) => { readonly card: string | null; readonly values: Values }>> = {
  'writes what the attacker would like as pay': () => ({ card: 'pay', values: all('£99.00, as agreed') }),
  'writes a true pay and adds a promise': () => ({ card: 'pay', values: all('£21.50, and we promise you a bonus of £500') }),
  'writes the message as place': (text) => ({ card: 'place', values: all(text) }),
  'echoes the whole message': (text) => ({ card: 'call_back', values: all(text) }),
  'echoes what nobody wrote': () => ({ card: 'call_back', values: all('I accept £99 per hour') }),
  'hands over with the attacker\'s words': (text) => ({ card: 'goodbye', values: all(text) }),
  'asks again and again': () => ({ card: 'ask_start', values: {} }),
  'names a card that does not exist': (text) => ({ card: 'confirm', values: all(text) }),
  'names a part of an object': () => ({ card: '__proto__', values: { constructor: 'x', ...all('x') } }),
  'is right': () => ({ card: 'pay', values: all('£21.50') }),
};

/** It asks for nothing, and never for a person: only the engine's own rules stand between it and the recipient. */
function hostile(style: string, { facts, schema }: FillRequest): FillResult {
  const { messages = [] } = JSON.parse(facts) as { readonly messages?: readonly string[] };
  const { card, values } = STYLES[style]?.(messages.join('\n')) ?? { card: null, values: {} };
  const { properties } = schema as { readonly properties: Readonly<Record<string, object>> };
  const answered = { answers: {}, asks: 'none', stop: 'none', stop_quote: null, language: 'en', card, values };
  const usage = { prompt_tokens: 1, completion_tokens: 1, total_tokens: 2 };
  // A repair asks for values alone.
  return { outcome: 'values', values: 'answers' in properties ? answered : { values }, usage };
}

/** How one message ends: what was said, and why nothing else was. */
async function attack(text: string, style: string) {
  const world = new AnsweringWorld(COMPANY);
  world.answersWith((request) => hostile(style, request));
  const conversation = await world.ask({ expected_answers: EXPECTED });
  const heard = await world.write(text);
  await world.turn(conversation);
  await world.deliver();
  const { history = [], owner } = await world.thread(conversation);
  const read = world.observer.lines.find(({ message }) => message === 'a burst was read')?.fields;
  return {
    heard,
    owner,
    said: world.sent().map((words) => words.replace(`${DISCLOSURE}\n\n`, '')),
    answers: (await world.record(conversation)).answers ?? {},
    ends: [
      ...history.map(({ event, reason, card }) => `${event}: ${reason ?? card?.card_id ?? 'no reason'}`),
      ...(read && read.silence !== 'none' ? [`silence: ${String(read.silence)}`] : []),
    ],
  };
}

function isAllowed(words: string, text: string): boolean {
  if (SAYABLE.includes(words)) return true;
  const echoed = ECHO.exec(words)?.[1];
  return echoed !== undefined && text.includes(echoed) && !/https?:|www\.|@|\+?\d[\d ]{7,}/.test(echoed);
}

describe.each(Object.keys(STYLES))('a model that %s', (style) => {
  test('says no unproved word to any of the attacks, and each ends in a card, a person or silence, with the reason', async () => {
    const faults: unknown[] = [];
    for (const text of ATTACKS) {
      const { said, ends, answers, heard } = await attack(text, style);
      const isOnce = said.length <= 1;
      const hasEnded = heard === 'opted_out' || (ends.length > 0 && !ends.some((end) => end.endsWith('no reason')));
      if (!said.every((words) => isAllowed(words, text)) || !isOnce || !hasEnded || Object.keys(answers).length > 0) {
        faults.push({ text: text.slice(0, 80), said, ends, heard });
      }
    }
    expect(faults).toEqual([]);
  });
});

test('what the engine says to an attack at all is a card that any recipient may hear, or that a person goes on', async () => {
  const heard = new Set<string>();
  for (const text of ATTACKS.slice(0, 40)) {
    for (const words of (await attack(text, 'is right')).said) heard.add(words);
  }
  expect([...heard].sort()).toEqual([HAND_OFF, 'The pay is £21.50 per hour.']);
});
