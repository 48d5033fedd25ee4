import { cancelMessage } from '../../../src/core/lifecycle/cancel-message';
import type { Conversation } from '../../../src/core/lifecycle/conversation';
import { sendReply } from '../../../src/operations/replies/send-reply';
import { returnThread, takeThread } from '../../../src/operations/replies/take-over';
import { processMessage } from '../../../src/processor/process-message';
import { AnsweringWorld } from '../../support/answering-world';
import { writtenThread } from '../../support/written-thread';

const CLIENT = { id: 'client:cv-review', roles: [] };
const WORDS = 'Friday at ten is fine.';

/** A thread that a client has taken over; the recipient's message is answered by what it sends. */
async function taken() {
  const thread = await writtenThread('sms');
  const { world, conversation, ports } = thread;
  const order = { conversation, actor: CLIENT };
  await takeThread(ports, order);
  return {
    ...thread,
    take: async () => takeThread(ports, order),
    give: async () => returnThread(ports, order),
    send: async (text: string): Promise<Conversation> => {
      const result = await sendReply(ports, { ...order, text });
      if (result.outcome !== 'queued') throw new Error(`Not queued: ${result.outcome}`);
      return result.reply;
    },
    work: async (reply: Conversation) => processMessage(world.message(reply), world.ports, world.settings),
    cancel: async (reply: Conversation) => cancelMessage(ports, reply, 'client'),
    record: async () => world.record(conversation),
  };
}

const WAITS = { hand_off_to_human: true, hand_off_to_human_reason: 'reply_not_sent', reply_attention: 'reply' } as const;

test('words that are cancelled behind a return leave what they answered to a person', async () => {
  const setting = await taken();
  const reply = await setting.send(WORDS);
  await setting.give();
  expect(await setting.cancel(reply)).toMatchObject({ outcome: 'cancelled' });
  expect(await setting.record()).toMatchObject(WAITS);
  expect(await setting.thread()).toMatchObject({ owner: 'person', epoch: 3, parting: { reason: 'reply_not_sent' } });
  expect(await setting.thread()).not.toHaveProperty('answered_until');
  await setting.work(reply);
  expect(setting.world.provider.requests).toEqual([]);
});

test('a cancellation that was cut off between its writes is finished by the repeated call, and told once', async () => {
  const setting = await taken();
  const reply = await setting.send(WORDS);
  await setting.give();
  jest.spyOn(setting.ports.threads, 'change').mockRejectedValueOnce(new Error('killed'));
  await expect(setting.cancel(reply)).rejects.toThrow('killed');
  expect(await setting.record()).toMatchObject({ hand_off_to_human: false });
  for (let calls = 0; calls < 2; calls += 1) {
    expect(await setting.cancel(reply)).toMatchObject({ outcome: 'cancelled_before' });
  }
  expect(await setting.record()).toMatchObject(WAITS);
  expect((await setting.thread()).history?.filter(({ event }) => event === 'handed_off')).toHaveLength(1);
});

test('words that are cancelled while their author has the thread answer nothing, and nobody else is called', async () => {
  const setting = await taken();
  const reply = await setting.send(WORDS);
  await setting.cancel(reply);
  expect(await setting.thread()).toMatchObject({ owner: 'person', taken_by: CLIENT.id });
  expect(await setting.thread()).not.toHaveProperty('answered_until');
  expect(await setting.record()).toMatchObject({ hand_off_to_human: false });
});

test.each([true, false])('newer words answer in place of those that are cancelled; given back before: %s', async (isBack) => {
  const setting = await taken();
  const reply = await setting.send(WORDS);
  const better = await setting.send('Friday at eleven is fine.');
  if (isBack) await setting.give();
  await setting.cancel(reply);
  if (!isBack) await setting.give();
  expect(await setting.thread()).toMatchObject({ owner: 'engine', answered_until: 1, answered_with: better.conversation_id });
  expect(await setting.record()).toMatchObject({ hand_off_to_human: false });
  await setting.work(reply);
  await setting.work(better);
  expect(setting.world.provider.requests.map(({ message }) => message.text)).toEqual(['Friday at eleven is fine.']);
});

test('newer words that are cancelled, too, answer nothing', async () => {
  const setting = await taken();
  const replies = [await setting.send(WORDS), await setting.send('Friday at eleven is fine.')];
  await setting.give();
  for (const reply of replies) await setting.cancel(reply);
  expect(await setting.record()).toMatchObject(WAITS);
});

test('words that went are no answer that can be taken back', async () => {
  const setting = await taken();
  const reply = await setting.send(WORDS);
  await setting.work(reply);
  await setting.give();
  expect(await setting.cancel(reply)).toMatchObject({ outcome: 'too_late' });
  expect(await setting.thread()).toMatchObject({ owner: 'engine', answered_until: 1 });
  expect(await setting.record()).toMatchObject({ hand_off_to_human: false });
});

test("an answer of the engine that is cancelled leaves its burst to a person; other persons' earlier words do not answer it", async () => {
  const world = new AnsweringWorld();
  world.answers({ asks: 'question', card: 'opening_hours', values: { hours: 'from Monday to Friday, 9 am to 5 pm' } });
  const about = await world.ask();
  await world.write('When are you there?');
  await world.turn(about);
  const [reply] = world.answersMade();
  if (!reply?.reply) throw new Error('There is no answer.');
  await world.threads.change(reply.reply.thread, {
    name: 'earlier', when: [{}], set: { answered_until: 0, answered_with: 'earlier words' },
  });
  expect(await cancelMessage(world.processorPorts, reply, 'Sam Reyes')).toMatchObject({ outcome: 'cancelled' });
  expect(await world.record(about)).toMatchObject(WAITS);
  expect(await world.thread(about)).toMatchObject({ owner: 'person', epoch: 1 });
  await world.deliver();
  expect(world.sent()).toEqual([]);
});
