import { AnsweringWorld } from '../support/answering-world';

const HOURS = { hours: 'from Monday to Friday, 9 am to 5 pm' };
const DISCLOSURE = 'I am an automatic assistant. Write PERSON to reach a colleague.';

async function asked(world: AnsweringWorld, text = 'When are you there?') {
  const conversation = await world.ask();
  await world.write(text);
  return conversation;
}

test('a question that a card answers is answered with it, once, by words that the company\'s facts prove', async () => {
  const world = new AnsweringWorld();
  world.answers({ asks: 'question', card: 'opening_hours', values: HOURS });
  const conversation = await asked(world);
  expect(await world.turn(conversation)).toEqual({ outcome: 'done' });
  await world.deliver();
  expect(world.sent()).toEqual([`${DISCLOSURE}\n\nWe are there from Monday to Friday, 9 am to 5 pm.`]);
  expect(await world.thread(conversation)).toMatchObject({
    owner: 'engine', epoch: 0, replies_in_row: 1, last_card: 'opening_hours',
    history: [{ event: 'replied', card: { card_id: 'opening_hours', version: 2, model: 'gpt-6-luna' } }],
  });
  expect(world.answersMade()).toMatchObject([{
    conversation_status: 'initial_message_sent',
    composition: {
      template_name: 'opening_hours', template_version: 2, model: 'gpt-6-luna', prompt: 'understand@2',
      facts_hash: expect.stringMatching(/^[0-9a-f]{64}$/), verdicts: { hours: 'proved' },
    },
  }]);
});
