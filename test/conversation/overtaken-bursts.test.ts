import { takeTurn } from '../../src/conversation/take-turn';
import type { TurnOutcome } from '../../src/conversation/turn-ports';
import type { Conversation } from '../../src/core/lifecycle/conversation';
import { threadIdOf } from '../../src/core/lifecycle/thread';
import { timestamp } from '../../src/core/ports/clock';
import { sendReply } from '../../src/operations/replies/send-reply';
import { returnThread, takeThread } from '../../src/operations/replies/take-over';
import { ANSWERS, AnsweringWorld } from '../support/answering-world';
import { sampleCompany } from '../support/sample-message';

const OPENING = {
  asks: 'question', card: 'opening_hours', values: { hours: 'from Monday to Friday, 9 am to 5 pm' },
} as const;
const LATE = { vendorMessageId: 'SM-late' } as const;

/** The process that took the message in died once it was kept; its vendor calls again. */
async function keepOnly(world: AnsweringWorld, conversation: Conversation, content: string): Promise<void> {
  await world.threads.keep({
    conversation, attachments: 0, ...LATE, message: {
      message_id: 'late', timestamp: timestamp(world.clock.now()), role: 'user', content,
      prompt_tokens: 0, completion_tokens: 0, total_tokens: 0,
    },
  });
}

/** A turn during whose call of the model something happens. */
async function turnMeanwhile(
  world: AnsweringWorld, about: Conversation, happen: () => Promise<unknown>,
): Promise<TurnOutcome> {
  const { model } = world.turnPorts;
  return takeTurn(threadIdOf(about), {
    ...world.turnPorts,
    model: {
      fill: async (request) => {
        await happen();
        return model.fill(request);
      },
    },
  });
}

test('a message that was read along with a newer one is not answered once more when it is taken in', async () => {
  const world = new AnsweringWorld();
  world.answers(OPENING);
  const about = await world.ask();
  await keepOnly(world, about, 'Hello, are you there?');
  await world.write('When are you there?');
  await world.turn(about);
  await world.write('Hello, are you there?', LATE);
  await world.deliver();
  await world.turn(about, 60_000);
  await world.deliver();
  expect(world.sent()).toHaveLength(1);
  expect(world.asked).toHaveLength(1);
  expect(await world.thread(about)).not.toHaveProperty('answer_due_at');
});

test('a burst that gives way to a late message of its own is read by the next turn', async () => {
  const world = new AnsweringWorld();
  world.answers(OPENING);
  const about = await world.ask();
  await keepOnly(world, about, 'Hello, when are you there?');
  await world.write('Well?');
  world.clock.advance(6_000);
  await turnMeanwhile(world, about, async () => {
    await world.write('Hello, when are you there?', LATE);
  });
  expect(world.answersMade()).toHaveLength(0);
  await world.turn(about, 10_000);
  await world.deliver();
  expect(world.sent()).toHaveLength(1);
});

test.each([
  ['the same', ANSWERS.knowledge, 1],
  ['others', [{ name: 'opening_hours', value: 'on Sundays' }], 0],
])('words of a card that waited for the vendor go if its facts are %s', async (_what, knowledge, sent) => {
  const world = new AnsweringWorld();
  world.answers(OPENING);
  const about = await world.ask();
  await world.write('When are you there?');
  await world.turn(about);
  world.provider.arrange({ outcome: 'not_sent', detail: 'HTTP 429', retryAfterSeconds: 20 });
  await world.deliver();
  world.directory.seedCompany(sampleCompany({ ...ANSWERS, knowledge }));
  world.clock.advance(5 * 60_000);
  await world.deliver();
  expect(world.sent()).toHaveLength(sent);
  if (sent === 0) {
    expect(await world.record(about)).toMatchObject({ hand_off_to_human_reason: 'proof_failed' });
    expect(world.answersMade()[0]).toMatchObject({
      conversation_status: 'failed_to_process_ai', failure_reason: 'proof_failed',
    });
  }
});

test('a burst whose thread a person had while the model thought, and gave back, is read again', async () => {
  const world = new AnsweringWorld();
  world.answers(OPENING);
  const about = await world.ask();
  await world.write('When are you there?');
  world.clock.advance(6_000);
  const person = { conversation: about, actor: { id: 'Sam Reyes', roles: [] } };
  const outcome = await turnMeanwhile(world, about, async () => {
    await takeThread(world.processorPorts, person);
    await returnThread(world.processorPorts, person);
  });
  expect([outcome, world.answersMade()]).toEqual([{ outcome: 'retry', afterSeconds: 1 }, []]);
  expect(await world.thread(about)).toMatchObject({ understandings: 1, handled_until: 0 });
  await world.turn(about, 1_000);
  await world.deliver();
  expect(world.sent()).toHaveLength(1);
  expect(await world.thread(about)).toMatchObject({ understandings: 2, epoch: 2 });
});

test('it is read with what came meanwhile, once that is due', async () => {
  const world = new AnsweringWorld();
  world.answers(OPENING);
  const about = await world.ask();
  await world.write('When are you there?');
  world.clock.advance(6_000);
  const person = { conversation: about, actor: { id: 'Sam Reyes', roles: [] } };
  const outcome = await turnMeanwhile(world, about, async () => {
    await takeThread(world.processorPorts, person);
    await world.write('On Saturdays, too?');
    await returnThread(world.processorPorts, person);
  });
  expect(outcome).toEqual({ outcome: 'retry', afterSeconds: 6 });
  await world.turn(about);
  expect(JSON.parse(world.asked[1]?.facts ?? '{}')).toMatchObject({ messages: ['When are you there?', 'On Saturdays, too?'] });
  await world.deliver();
  expect(world.sent()).toHaveLength(1);
});

test.each([
  ['while the model thinks', true], ['before the burst is due', false],
])('what a person answered %s, and gave back, is read and not answered once more', async (_when, isThinking) => {
  const world = new AnsweringWorld();
  const about = await world.ask();
  world.answers({
    ...OPENING, answers: { '1.start_date': { value: '2027-05-03', quote: '3 May 2027' } },
  });
  const person = { conversation: about, actor: { id: 'Sam Reyes', roles: [] } };
  const { clock } = world.processorPorts;
  const ports = { ...world.turnPorts, clock, threads: world.threads, directory: world.directory };
  const answersAndReturns = async () => {
    await takeThread(ports, person);
    expect(await sendReply(ports, { ...person, text: 'From nine to five.' })).toMatchObject({ outcome: 'queued' });
    await returnThread(ports, person);
  };
  await world.write('When are you there? I can start on 3 May 2027.');
  if (!isThinking) await answersAndReturns();
  world.clock.advance(6_000);
  await turnMeanwhile(world, about, async () => {
    if (isThinking) await answersAndReturns();
  });
  await world.deliver();
  expect(world.sent()).toEqual(['From nine to five.']);
  expect(await world.thread(about)).toMatchObject({ owner: 'engine', last_silence: { reason: 'person_answered' } });
  expect(await world.record(about)).toMatchObject({ answers: { start_date: { value: '2027-05-03' } } });
  await world.write('And on Saturdays?');
  await world.turn(about);
  await world.deliver();
  expect(world.sent()).toHaveLength(2);
});

/** A question in a thread that a person has, and what their commands need. */
async function askedOfPerson() {
  const world = new AnsweringWorld();
  const about = await world.ask();
  world.answers(OPENING);
  await world.write('When are you there?');
  const { clock } = world.processorPorts;
  const ports = { ...world.turnPorts, clock, threads: world.threads, directory: world.directory };
  const person = { conversation: about, actor: { id: 'Sam Reyes', roles: [] } };
  await takeThread(ports, person);
  return { world, about, ports, person };
}

/** Something happens after the thread was read for a reply, and before the reply is made. */
function whileSending({ directory }: AnsweringWorld, happen: () => Promise<unknown>): void {
  const put = directory.putIdempotencyRecord.bind(directory);
  jest.spyOn(directory, 'putIdempotencyRecord').mockImplementationOnce(async (record) => {
    await happen();
    return put(record);
  });
}

test('words that a crash kept from being made answer nothing: the engine does, and is not silent for them', async () => {
  const { world, about, ports, person } = await askedOfPerson();
  const create = jest.spyOn(world.conversations, 'create').mockRejectedValueOnce(new Error('killed'));
  await expect(sendReply(ports, { ...person, text: 'From nine to five.' })).rejects.toThrow('killed');
  create.mockRestore();
  expect(await world.thread(about)).toHaveProperty('answered_until');
  await returnThread(ports, person);
  await world.turn(about);
  await world.deliver();
  expect(world.sent()).toEqual([expect.stringContaining('from Monday to Friday')]);
  expect(await world.thread(about)).not.toHaveProperty('answered_until');
});

test('words answer though their author, or another program of theirs, gives the thread back at the same moment', async () => {
  const { world, about, ports, person } = await askedOfPerson();
  whileSending(world, async () => {
    await returnThread(ports, person);
  });
  expect(await sendReply(ports, { ...person, text: 'From nine to five.' })).toMatchObject({ outcome: 'queued' });
  await world.turn(about);
  await world.deliver();
  expect(world.sent()).toEqual(['From nine to five.']);
  expect(await world.thread(about)).toMatchObject({ owner: 'engine', last_silence: { reason: 'person_answered' } });
});

test('words that were begun before newer ones do not take their place as the answer', async () => {
  const { world, about, ports, person } = await askedOfPerson();
  let newer: string | undefined;
  whileSending(world, async () => {
    await world.write('On Saturdays, too?');
    const result = await sendReply(ports, { ...person, text: 'Not on Saturdays.' });
    newer = 'reply' in result ? result.reply.conversation_id : undefined;
  });
  await sendReply(ports, { ...person, text: 'From nine to five.' });
  expect(await world.thread(about)).toMatchObject({ answered_with: newer });
});

test('a burst whose thread a person has by then is not answered, and says so', async () => {
  const world = new AnsweringWorld();
  world.answers(OPENING);
  const about = await world.ask();
  await world.write('When are you there?');
  world.clock.advance(6_000);
  await turnMeanwhile(world, about, async () => {
    await takeThread(world.processorPorts, { conversation: about, actor: { id: 'Sam Reyes', roles: [] } });
  });
  expect(world.answersMade()).toEqual([]);
  expect(await world.thread(about)).toMatchObject({ last_silence: { reason: 'person_has_thread' } });
});
