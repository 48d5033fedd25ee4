import { takeTurn } from '../../src/conversation/take-turn';
import type { Conversation } from '../../src/core/lifecycle/conversation';
import { threadIdOf } from '../../src/core/lifecycle/thread';
import { AnsweringWorld } from '../support/answering-world';

const OPENING = {
  asks: 'question', card: 'opening_hours', values: { hours: 'from Monday to Friday, 9 am to 5 pm' },
} as const;

/** A question, and the turn that answers it with a card. */
async function answering(world: AnsweringWorld): Promise<Conversation> {
  world.answers(OPENING, {});
  const about = await world.ask();
  await world.write('When are you there?');
  await world.turn(about);
  return about;
}

/** What the next turn's model is told that the company has said. */
async function knownLater(world: AnsweringWorld, about: Conversation): Promise<readonly unknown[]> {
  world.clock.advance(60_000);
  await world.write('Which gap do you mean?');
  await world.turn(about);
  const { earlier }: { readonly earlier: ReadonlyArray<{ readonly from: string }> } = JSON.parse(
    world.asked.at(-1)?.facts ?? '',
  );
  return earlier.filter(({ from }) => from === 'company');
}

const SAID = [{ from: 'company', card: 'opening_hours' }];

test('an answer that has its line is known to the next turn, once', async () => {
  const world = new AnsweringWorld();
  const about = await answering(world);
  await world.deliver();
  expect(await knownLater(world, about)).toEqual(SAID);
});

test('an answer whose worker died behind the send is known all the same', async () => {
  const world = new AnsweringWorld();
  const about = await answering(world);
  jest.spyOn(world.threads, 'join').mockRejectedValueOnce(new Error('the function was ended'));
  await world.deliver();
  expect(world.sent()).toHaveLength(1);
  expect(await knownLater(world, about)).toEqual(SAID);
});

test('an answer that was not sent yet, and will not be, is not known', async () => {
  const world = new AnsweringWorld();
  const about = await answering(world);
  expect(await knownLater(world, about)).toEqual([]);
  await world.deliver();
  expect(world.sent()).toEqual([]);
});

test('an answer that a turn made before it died is known, though the turn was finished behind a newer message', async () => {
  const world = new AnsweringWorld();
  world.answers(OPENING, {});
  const about = await world.ask();
  await world.write('When are you there?');
  world.clock.advance(6_000);
  const dying = {
    ...world.turnPorts,
    queue: {
      enqueue: async (message: Parameters<typeof world.queue.enqueue>[0]) => {
        await world.queue.enqueue(message);
        throw new Error('the function was ended');
      },
    },
  };
  await expect(takeTurn(threadIdOf(about), dying)).rejects.toThrow('the function was ended');
  jest.spyOn(world.threads, 'join').mockRejectedValueOnce(new Error('the function was ended'));
  await world.deliver();
  expect(world.sent()).toHaveLength(1);
  world.clock.advance(60_000);
  await world.write('Well?');
  await world.turn(about);
  expect(await knownLater(world, about)).toEqual(SAID);
});
