import type { CardHistory } from '../../../src/core/ports/company-records';
import type { Conversation } from '../../../src/core/lifecycle/conversation';
import { findConversationById } from '../../../src/core/lifecycle/find-conversation';
import { explainAnswer } from '../../../src/operations/replies/explain-answer';
import { offeredCards } from '../../../src/operations/replies/offered-cards';
import { findAnswer, viewThread } from '../../../src/operations/replies/thread-view';
import { ANSWERS, AnsweringWorld } from '../../support/answering-world';
import { sampleCompany } from '../../support/sample-message';

const HOURS = 'from Monday to Friday, 9 am to 5 pm';
const OPENING = { asks: 'question', card: 'opening_hours', values: { hours: HOURS } } as const;
const EMPTY: CardHistory = { keep: async () => Promise.resolve(), list: async () => Promise.resolve([]) };

async function answered(arrange = OPENING, history = EMPTY) {
  const world = new AnsweringWorld();
  world.answers(arrange);
  const conversation = await world.ask();
  await world.write('When are you there?');
  await world.turn(conversation);
  await world.deliver();
  const { clock, conversations, directory, threads } = world;
  const ports = { clock, conversations, directory, threads };
  const view = async () => viewThread(ports, conversation, { limit: 20, text: true });
  const explain = async (sequence: number) => {
    const answer = await findAnswer(ports, conversation, sequence);
    return answer && explainAnswer({ ...ports, cardHistory: history }, answer);
  };
  const lineOf = async () => (await view())?.lines.findLast(({ card }) => card !== undefined)?.sequence ?? -1;
  /** The company's record from now on. */
  const changeCompany = (change: object) => {
    world.directory.seedCompany(sampleCompany({ ...ANSWERS, ...change }));
  };
  return { world, conversation, ports, view, explain, lineOf, changeCompany };
}

test('an answer names its card and, for each claim of its values, the stretch of the fact that proves it', async () => {
  const { explain, lineOf } = await answered();
  const explained = await explain(await lineOf());
  expect(explained).toMatchObject({
    card_id: 'opening_hours', version: 2, language: 'en-GB', model: 'gpt-6-luna', isCurrent: true, stale: false,
    when: 'The person asks when somebody can be reached.',
    values: [{ variable: 'hours', verdict: 'proved', value: HOURS }],
  });
  const [{ claims = [] } = {}] = explained?.values ?? [];
  const fact = explained?.facts.find(({ path }) => path === 'knowledge.opening_hours')?.value ?? '';
  const nine = claims.find(({ start, end }) => HOURS.slice(start, end) === '9 am');
  expect(nine).toMatchObject({ kind: 'time', rule: null, fact: { path: 'knowledge.opening_hours' } });
  expect(fact.slice(nine?.fact?.start, nine?.fact?.end)).toBe('9 am');
});

test('facts that changed since are said to have, with the rule that would refuse the words today', async () => {
  const { explain, lineOf, changeCompany } = await answered();
  changeCompany({ knowledge: [{ name: 'opening_hours', value: 'from Monday to Friday, 10 am to 5 pm' }] });
  const explained = await explain(await lineOf());
  expect(explained).toMatchObject({ isCurrent: true, stale: true });
  expect(explained?.values[0]?.claims).toContainEqual(
    expect.objectContaining({ fact: null, rule: expect.any(String), why: expect.stringMatching(/\.$/) }),
  );
});

test('a card that was changed is read from its versions; one that is gone leaves its values alone', async () => {
  const [card] = ANSWERS.answer_cards;
  const history: CardHistory = {
    ...EMPTY, list: async () => Promise.resolve([{ version: 2, card: { ...card }, written_at: '2026-11-01T09:00:00.000Z' }]),
  };
  const kept = await answered(OPENING, history);
  const changed = [{ ...card, version: 3, languages: { 'en-GB': { text: 'Now: {{hours}}.' } } }];
  kept.changeCompany({ answer_cards: changed });
  expect(await kept.explain(await kept.lineOf())).toMatchObject({
    version: 2, isCurrent: false, when: card.when, values: [{ claims: expect.arrayContaining([expect.anything()]) }],
  });
  const gone = await answered();
  gone.changeCompany({ answer_cards: changed });
  const explained = await gone.explain(await gone.lineOf());
  expect(explained).toMatchObject({ isCurrent: false, stale: false, values: [{ variable: 'hours', value: HOURS, claims: [] }] });
  expect(explained).not.toHaveProperty('when');
});

test('a line of the recipient, and one that is not there, are no answers', async () => {
  const { explain, view } = await answered();
  const heard = (await view())?.lines.find(({ from }) => from === 'recipient');
  expect(await explain(heard?.sequence ?? -1)).toBeUndefined();
  expect(await explain(9_999)).toBeUndefined();
});

test('a burst to which the engine says nothing is kept with its reason', async () => {
  const world = new AnsweringWorld();
  world.answers({ asks: 'none', answers: { 'cv-review.start_date': null } });
  const conversation = await world.ask({ expected_answers: [] });
  await world.write('Thank you!');
  await world.turn(conversation);
  const thread = await world.thread(conversation);
  expect(thread.last_silence).toEqual({
    at: expect.stringMatching(/Z$/), reason: 'nothing_asked', sequence: thread.sequence,
  });
});

describe('the cards that a person may start from', () => {
  const offered = async (change: object = {}, about?: Conversation) => {
    const { world, conversation, changeCompany } = await answered();
    changeCompany(change);
    const found = await findConversationById((about ?? conversation).conversation_id, world);
    return found ? offeredCards(found, world.clock.now()) : [];
  };

  test('are those of the project with what is to be filled in, in the language of the template first', async () => {
    const cards = await offered();
    expect(cards.map(({ card_id: id, language }) => [id, language])).toEqual([
      ['opening_hours', 'en-GB'], ['ask_again', 'en-GB'], ['call_back', 'en-GB'], ['write_instead', 'en-GB'],
      ['opening_hours', 'de-DE'],
    ]);
    expect(cards[0]).toMatchObject({
      version: 2, text: 'We are there {{hours}}.', missing: [],
      toFill: [{ name: 'hours', description: 'The opening hours.' }],
    });
    expect(cards[1]).toMatchObject({ text: 'Thank you. From which day could you start?', toFill: [] });
  });

  test('have what they copy in its place, and name the facts that are not there', async () => {
    const copying = (path: string) => ({
      ...ANSWERS.answer_cards[0],
      variables: { hours: { ...ANSWERS.answer_cards[0].variables.hours, copy_of: path } },
    });
    const [copied] = await offered({ answer_cards: [copying('knowledge.opening_hours')] });
    expect(copied).toMatchObject({ text: `We are there ${HOURS}.`, toFill: [], missing: [] });
    const [lacking] = await offered({ answer_cards: [copying('knowledge.unknown')] });
    expect(lacking).toMatchObject({ text: 'We are there {{hours}}.', missing: ['knowledge.unknown'] });
  });

  test('are none where the record has no assistant, or no such channel', async () => {
    expect(await offered({ assistant: undefined, answer_cards: undefined })).toEqual([]);
    expect(await offered({ channel_config: {} })).toEqual([]);
  });
});
