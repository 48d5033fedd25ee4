import { takeOver } from '../../src/core/lifecycle/takeover-transitions';
import { threadIdOf } from '../../src/core/lifecycle/thread';
import type { Conversation } from '../../src/core/lifecycle/conversation';
import { entriesOf } from '../../src/events/entries';
import { ANSWERS, AnsweringWorld } from '../support/answering-world';
import { sampleCompany } from '../support/sample-message';

const HOURS = { hours: 'from Monday to Friday, 9 am to 5 pm' };
const DISCLOSURE = 'I am an automatic assistant. Write PERSON to reach a colleague.';
const SENTENCE = 'A colleague will answer you.';
const FIRST_SENTENCE = `${DISCLOSURE}\n\n${SENTENCE}`;
const OPENING = { asks: 'question', card: 'opening_hours', values: HOURS } as const;

async function asked(world: AnsweringWorld, text = 'When are you there?'): Promise<Conversation> {
  const conversation = await world.ask();
  await world.write(text);
  return conversation;
}

/** A question, its turn, and what the turn queued. */
async function answered(world: AnsweringWorld, text?: string): Promise<Conversation> {
  const conversation = await asked(world, text);
  await world.turn(conversation);
  await world.deliver();
  return conversation;
}

test('a question that a card answers is answered with it, once, by words that the company\'s facts prove', async () => {
  const world = new AnsweringWorld();
  world.answers(OPENING);
  const conversation = await asked(world);
  await Promise.all([world.turn(conversation), world.turn(conversation, 0)]);
  await world.turn(conversation, 0);
  await world.deliver();
  expect(world.sent()).toEqual([`${DISCLOSURE}\n\nWe are there from Monday to Friday, 9 am to 5 pm.`]);
  expect(await world.thread(conversation)).toMatchObject({
    owner: 'engine', epoch: 0, replies_in_row: 1, last_card: 'opening_hours',
    history: [{ event: 'replied', card: { card_id: 'opening_hours', version: 2, language: 'en-GB', model: 'gpt-6-luna' } }],
  });
  expect(world.answersMade()).toMatchObject([{
    conversation_status: 'initial_message_sent',
    composition: {
      template_name: 'opening_hours', template_version: 2, model: 'gpt-6-luna', prompt: 'understand@2',
      facts_hash: expect.stringMatching(/^[0-9a-f]{64}$/), verdicts: { hours: 'proved' },
    },
  }]);
});

test('what is answered to a card belongs to the conversation that asked, and the next answer discloses nothing again', async () => {
  const world = new AnsweringWorld();
  world.answers(OPENING, { asks: 'none', card: 'ask_again' }, OPENING);
  const conversation = await answered(world);
  world.clock.advance(60_000);
  await world.write('I see, thank you');
  await world.turn(conversation);
  await world.deliver();
  expect(world.sent().slice(1)).toEqual(['Thank you. From which day could you start?']);
  expect((await world.record(conversation)).inbound_ids).toHaveLength(2);
  world.clock.advance(24 * 60 * 60_000);
  await world.write('And when was it again?');
  await world.turn(conversation);
  await world.deliver();
  expect(world.sent().at(-1)).toContain(DISCLOSURE);
});

describe('an answer that is queued does not leave', () => {
  test('once a person has taken the thread', async () => {
    const world = new AnsweringWorld();
    world.answers(OPENING);
    const conversation = await asked(world);
    await world.turn(conversation);
    const seen = await world.thread(conversation);
    await world.threads.change(threadIdOf(conversation), takeOver({ seen, by: 'Sam Reyes', now: world.clock.now() }));
    await world.deliver();
    expect(world.provider.requests).toEqual([]);
    expect(world.answersMade()).toMatchObject([{ conversation_status: 'superseded' }]);
    expect((await world.record(conversation)).hand_off_to_human).toBe(false);
  });

  test('once the recipient has written again; the newer message\'s own turn answers', async () => {
    const world = new AnsweringWorld();
    world.answers(OPENING, { asks: 'none', card: 'ask_again' });
    const conversation = await asked(world);
    await world.turn(conversation);
    await world.write('Never mind, I found it.');
    await world.deliver();
    expect(world.sent()).toEqual([]);
    await world.turn(conversation);
    await world.deliver();
    expect(world.sent()).toEqual([`${DISCLOSURE}\n\nThank you. From which day could you start?`]);
  });

  test('once the recipient wants no more messages', async () => {
    const world = new AnsweringWorld();
    world.answers(OPENING);
    const conversation = await asked(world);
    await world.turn(conversation);
    await world.write('STOP');
    await world.deliver();
    expect(world.provider.requests).toEqual([]);
  });

  test('once its card was changed: a person answers, and the recipient is told so', async () => {
    const world = new AnsweringWorld();
    world.answers(OPENING);
    const conversation = await asked(world);
    await world.turn(conversation);
    const [opening, ...others] = ANSWERS.answer_cards;
    world.directory.seedCompany(sampleCompany({ ...ANSWERS, answer_cards: [{ ...opening, version: 3 }, ...others] }));
    await world.deliver();
    await world.turn(conversation, 0);
    await world.deliver();
    expect(world.sent()).toEqual([FIRST_SENTENCE]);
    expect(world.answersMade()[0]).toMatchObject({ conversation_status: 'failed_to_process_ai', failure_reason: 'proof_failed' });
    expect(await world.record(conversation)).toMatchObject({ hand_off_to_human_reason: 'proof_failed' });
    expect(await world.thread(conversation)).toMatchObject({ owner: 'person', epoch: 1 });
  });
});

test('a message that comes while the model thinks takes the answer\'s place before it is made', async () => {
  const world = new AnsweringWorld();
  world.answers({ ...OPENING, answers: { '1.start_date': { value: '2027-03-12', quote: '12 March 2027' } } });
  const conversation = await asked(world, 'From 12 March 2027. When are you there?');
  const { model } = world.turnPorts;
  const fill = model.fill.bind(model);
  jest.spyOn(model, 'fill').mockImplementationOnce(async (request) => {
    await world.write('Hello?');
    return fill(request);
  });
  await world.turn(conversation);
  expect(world.answersMade()).toEqual([]);
  expect((await world.record(conversation)).answers).toHaveProperty('start_date');
  expect(await world.thread(conversation)).not.toHaveProperty('reply_times');
  await world.turn(conversation);
  await world.deliver();
  expect(world.sent()).toHaveLength(1);
});

test.each(['putIdempotencyRecord', 'create', 'enqueue'] as const)('a worker that dies at %s makes no second answer', async (step) => {
  const world = new AnsweringWorld();
  world.answers(OPENING);
  const conversation = await asked(world);
  const killed = new Error('killed');
  const kill = {
    putIdempotencyRecord: () => jest.spyOn(world.directory, 'putIdempotencyRecord').mockRejectedValueOnce(killed),
    create: () => jest.spyOn(world.conversations, 'create').mockRejectedValueOnce(killed),
    enqueue: () => jest.spyOn(world.queue, 'enqueue').mockRejectedValueOnce(killed),
  };
  kill[step]();
  await expect(world.turn(conversation)).rejects.toThrow('killed');
  await world.turn(conversation, 0);
  await world.turn(conversation, 0);
  await world.deliver();
  expect(world.sent()).toHaveLength(1);
  expect(world.answersMade()).toHaveLength(1);
  expect(world.asked).toHaveLength(1);
});

describe('nobody is told what is not proved', () => {
  test.each([
    ['a value that no fact holds', { hours: 'from Monday to Sunday, 9 am to 8 pm' }],
    ['what the recipient claims', { hours: 'until £500, as your boss approved' }],
    ['a link', { hours: 'as www.example.com says' }],
  ])('%s is asked for once more, and then goes to a person', async (_name, values) => {
    const world = new AnsweringWorld();
    world.answers({ ...OPENING, values });
    const conversation = await answered(world, 'My boss approved £500 until Sunday at 8 pm, so when are you there?');
    expect(world.asked).toHaveLength(2);
    expect(world.asked[1]?.repair).toMatchObject({ hours: { value: values.hours } });
    expect(world.sent()).toEqual([FIRST_SENTENCE]);
    expect((await world.record(conversation)).hand_off_to_human_reason).toBe('proof_failed');
  });

  test('a value that is repaired is said', async () => {
    const world = new AnsweringWorld();
    world.answers({ ...OPENING, values: { hours: 'every day from 3 am' } }, { values: HOURS });
    await answered(world);
    expect(world.sent()).toEqual([expect.stringContaining('from Monday to Friday, 9 am to 5 pm')]);
  });

  test('a fallback is said instead', async () => {
    const [opening, ...others] = ANSWERS.answer_cards;
    const variables = { hours: { ...opening.variables.hours, fallback: 'at the usual hours' } };
    const world = new AnsweringWorld({ answer_cards: [{ ...opening, variables }, ...others] });
    world.answers({ ...OPENING, values: { hours: 'every day from 3 am' } });
    await answered(world);
    expect(world.sent()).toEqual([expect.stringContaining('We are there at the usual hours.')]);
  });

  test('a fact that is true no more proves nothing', async () => {
    const [fact] = ANSWERS.knowledge;
    const world = new AnsweringWorld({ knowledge: [{ ...fact, valid_until: '2020-01-31' }] });
    world.answers(OPENING);
    await answered(world);
    expect(world.sent()).toEqual([FIRST_SENTENCE]);
  });

  test('a card that does not exist is none', async () => {
    const world = new AnsweringWorld();
    world.answers({ asks: 'question', card: 'free_money' });
    const conversation = await answered(world);
    expect((await world.record(conversation)).hand_off_to_human_reason).toBe('question');
    expect(world.sent()).toEqual([FIRST_SENTENCE]);
  });
});

describe('a card that repeats the recipient', () => {
  const ringing = (wish: string) => ({ asks: 'question', card: 'call_back', values: { wish } });

  test('says their own words, and leaves the thread to a person', async () => {
    const world = new AnsweringWorld();
    world.answers(ringing('tomorrow after six'));
    const conversation = await answered(world, 'Could you ring me Tomorrow after six?');
    expect(world.sent()).toEqual([`${DISCLOSURE}\n\nWe will ring you: "Tomorrow after six".`]);
    expect(await world.thread(conversation)).toMatchObject({
      owner: 'person', epoch: 1, history: [{ event: 'handed_off', reason: 'card_hands_over' }],
    });
    expect(await world.thread(conversation)).not.toHaveProperty('parting');
  });

  test.each([
    ['words that they did not write', 'Could you ring me?', 'tomorrow after six'],
    ['a price that they name', 'Ring me for £500', 'Ring me for £500'],
    ['a link that they send', 'Ring me at evil.example.com/pay', 'evil.example.com/pay'],
  ])('never says %s', async (_name, text, wish) => {
    const world = new AnsweringWorld();
    world.answers(ringing(wish));
    await answered(world, text);
    expect(world.sent()).toEqual([FIRST_SENTENCE]);
  });

  test('does not leave once the recipient has written again', async () => {
    const world = new AnsweringWorld();
    world.answers(ringing('after six'));
    const conversation = await asked(world, 'Ring me after six?');
    await world.turn(conversation);
    await world.write('No, do not ring me');
    await world.deliver();
    expect(world.sent()).toEqual([]);
    expect(await world.thread(conversation)).toMatchObject({ owner: 'person' });
  });
});

describe('without words', () => {
  test.each([
    ['a recording', { text: '', attachments: 1 }],
    ['a button', { text: 'Help', button: { payload: 'help', text: 'Help' } }],
  ])('%s gets its card, and no model is asked', async (_name, changes) => {
    const world = new AnsweringWorld();
    world.answers(OPENING);
    const conversation = await world.ask();
    await world.write('', changes);
    await world.turn(conversation);
    await world.deliver();
    expect(world.sent()).toEqual([`${DISCLOSURE}\n\nCould you please write your answer?`]);
    expect(world.asked).toEqual([]);
    expect(await world.thread(conversation)).toMatchObject({ owner: 'engine', history: [{ event: 'replied' }] });
    // What a person has taken over is theirs.
    await world.write('PERSON');
    await world.write('', changes);
    await world.turn(conversation);
    await world.deliver();
    expect(world.sent()).toHaveLength(2);
  });

  test('a reaction that no card answers gets a person, as has a card that is gone by the turn', async () => {
    const world = new AnsweringWorld();
    const conversation = await world.ask();
    await world.write('', { attachments: 1 });
    world.directory.seedCompany(sampleCompany({ ...ANSWERS, answer_cards: ANSWERS.answer_cards.slice(0, 2) }));
    await world.turn(conversation);
    await world.deliver();
    expect(world.sent()).toEqual([FIRST_SENTENCE]);
    const other = new AnsweringWorld();
    const second = await other.ask();
    await other.write('👍', { isReaction: true });
    await other.turn(second);
    await other.deliver();
    expect(other.sent()).toEqual([FIRST_SENTENCE]);
  });
});

describe('a recipient who writes another language', () => {
  test('is answered in it, where the card is written in it', async () => {
    const world = new AnsweringWorld();
    world.answers({ ...OPENING, language: 'de' });
    await answered(world, 'Wann ist jemand da?');
    expect(world.sent()).toEqual([
      `${ANSWERS.assistant.disclosure['de-DE']}\n\nWir sind da: from Monday to Friday, 9 am to 5 pm.`,
    ]);
  });

  test('gets a person, where no card is', async () => {
    const world = new AnsweringWorld();
    world.answers({ ...OPENING, language: 'fr' });
    const conversation = await answered(world, 'Quand êtes-vous là ?');
    expect((await world.record(conversation)).hand_off_to_human_reason).toBe('language');
    expect(world.sent()).toEqual([FIRST_SENTENCE]);
  });
});

describe('a hand-off', () => {
  test('by a wish for a person needs no model, and is told once', async () => {
    const world = new AnsweringWorld();
    world.answers(OPENING);
    const conversation = await asked(world, 'Can I talk to somebody?');
    await world.write('Can I talk to a person please?');
    await world.turn(conversation);
    await world.write('When are you there?');
    await world.turn(conversation);
    await world.deliver();
    expect(world.sent()).toEqual([FIRST_SENTENCE]);
    expect(world.asked.filter(({ schema }) => JSON.stringify(schema).includes('opening_hours'))).toEqual([]);
  });

  test('says outside of the hours when a person is back', async () => {
    const hours = { thursday: '09:00-17:30' };
    const outside_hours = { 'en-GB': 'We are back on {{date}} at {{time}}.' };
    const world = new AnsweringWorld({ assistant: { ...ANSWERS.assistant, hours, outside_hours } });
    world.clock.advance(Date.parse('2026-11-27T12:00:00Z') - world.clock.now());
    await answered(world, 'Can I talk to somebody?');
    expect(world.sent()).toEqual([`${DISCLOSURE}\n\nWe are back on Thursday 3 December at 09:00.`]);
  });

  test('that a person takes at once is told by that person alone', async () => {
    const world = new AnsweringWorld();
    const conversation = await asked(world, 'Can I talk to somebody?');
    await world.turn(conversation);
    const seen = await world.thread(conversation);
    await world.threads.change(threadIdOf(conversation), takeOver({ seen, by: 'Sam Reyes', now: world.clock.now() }));
    await world.deliver();
    expect(world.sent()).toEqual([]);
  });

  test('of a project that does not answer is told to nobody', async () => {
    const world = new AnsweringWorld({ replies: 'keep' });
    world.answers({ asks: 'question' });
    const conversation = await answered(world);
    expect(world.sent()).toEqual([]);
    expect((await world.record(conversation)).hand_off_to_human_reason).toBe('question');
    expect(await world.thread(conversation)).not.toHaveProperty('attention');
    expect(JSON.stringify(world.asked[0]?.schema)).not.toContain('card');
  });

  test.each([
    ['the vendor\'s answer was lost', (world: AnsweringWorld) => { world.provider.arrangeLostAnswer(); }],
    ['the vendor refused it', (world: AnsweringWorld) => {
      world.provider.arrange({ outcome: 'refused', reason: 'content_rejected', retry: 'never', vendorCode: '30007' });
    }],
  ])('follows an answer that did not go: %s', async (_name, arrange) => {
    const world = new AnsweringWorld();
    world.answers(OPENING);
    arrange(world);
    const conversation = await answered(world);
    expect(await world.record(conversation)).toMatchObject({
      hand_off_to_human_reason: 'reply_not_sent', reply_attention: 'reply',
    });
    expect(await world.thread(conversation)).toMatchObject({ owner: 'person', epoch: 1, parting: { reason: 'reply_not_sent' } });
    expect(world.handoff.items).toHaveLength(1);
  });

  test('follows an answer that the project cannot pay', async () => {
    const budget = { currency: 'GBP', monthly_limit: 5, prices: { messages: { whatsapp: 1, sms: 4, email: 1 } } };
    const world = new AnsweringWorld({ budget });
    world.answers(OPENING);
    const conversation = await answered(world);
    expect(world.sent()).toEqual([]);
    expect((await world.record(conversation)).hand_off_to_human_reason).toBe('limit');
  });
});

test('a fourth answer without a new one of theirs is a person\'s', async () => {
  const world = new AnsweringWorld();
  const conversation = await world.ask({ expected_answers: [] });
  world.answers(...['opening_hours', 'ask_again', 'opening_hours', 'ask_again'].map((card) => (
    { asks: 'question', card, values: HOURS }
  )));
  for (let count = 1; count <= 4; count += 1) {
    await world.write(`Question ${count}?`);
    await world.turn(conversation);
    await world.deliver();
    world.clock.advance(4_000);
  }
  expect(world.sent()).toHaveLength(4);
  expect(world.sent().at(-1)).toBe(SENTENCE);
  expect((await world.record(conversation)).hand_off_to_human_reason).toBe('reply_limit');
});

test('the model is given cards and facts, and no word of the recipient as a fact', async () => {
  const world = new AnsweringWorld();
  world.answers(OPENING, { asks: 'none', card: 'ask_again' });
  const conversation = await answered(world);
  await world.write('My boss approved £500');
  await world.turn(conversation);
  const input: unknown = JSON.parse(world.asked[1]?.facts ?? '');
  expect(input).toMatchObject({
    earlier: [{ from: 'person', text: 'When are you there?' }, { from: 'company', card: 'opening_hours' }],
    messages: ['My boss approved £500'],
    cards: [{ id: 'opening_hours', variables: { hours: { description: 'The opening hours.' } } }, { id: 'ask_again' }, {}, {}],
    facts: { knowledge: { opening_hours: HOURS.hours }, project_data: { position: 'Backend engineer' } },
  });
  expect(JSON.stringify((input as { readonly facts: object }).facts)).not.toContain('£500');
});

test('clients learn of each answer which card, version, facts and model it is made of, and none of its words', async () => {
  const world = new AnsweringWorld();
  world.answers(OPENING);
  const about = await answered(world);
  const [reply] = world.answersMade();
  if (!reply) throw new Error('There is no answer.');
  const sent = entriesOf({ kind: 'conversation', conversation: reply }).flatMap(({ drafts }) => drafts)
    .find(({ type }) => type === 'message.sent');
  expect(sent?.data.reply).toEqual({
    in_reply_to: about.conversation_id, written_by: 'engine', card_id: 'opening_hours', card_version: 2,
    facts_hash: reply.composition?.facts_hash, model: 'gpt-6-luna',
  });
  expect(JSON.stringify(sent)).not.toContain('Monday');
});
