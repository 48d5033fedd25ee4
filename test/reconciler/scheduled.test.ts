import { timestamp } from '../../src/core/ports/clock';
import type { Conversation } from '../../src/core/lifecycle/conversation';
import { MINUTE, ReconcilerWorld } from './reconciler-world';

const HOUR = 60 * MINUTE;

let world: ReconcilerWorld;
beforeEach(() => {
  world = new ReconcilerWorld();
});

const at = (offset: number) => timestamp(world.clock.now() + offset);

/** What is wanted so long from now, and is due for a check now. */
const wanted = async (offset: number, changes: Partial<Conversation> = {}) =>
  world.due({ send_at: at(offset), retry_at: at(offset), send_before: at(offset + HOUR), ...changes });

test('is queued ahead, to be delivered at its moment, and checked a minute after it', async () => {
  const conversation = await wanted(10 * MINUTE);
  expect(await world.run()).toEqual({ scheduled: 1 });
  expect(world.queue.enqueued).toEqual([
    { channel: 'sms', conversationId: conversation.conversation_id, company: 'brightpath', delaySeconds: 600 },
  ]);
  expect(await world.record(conversation)).toMatchObject({ due_at: at(11 * MINUTE), conversation_status: 'initiated' });
});

test('is not queued while a queue cannot delay it for so long', async () => {
  const conversation = await wanted(HOUR);
  expect(await world.run()).toEqual({ left: 1 });
  expect(world.queue.enqueued).toEqual([]);
  expect(await world.record(conversation)).toMatchObject({ due_at: at(50 * MINUTE) });
});

test('is queued at once where its moment has passed and its queue message was lost', async () => {
  await wanted(-MINUTE);
  expect(await world.run()).toEqual({ requeued: 1 });
  expect(world.queue.enqueued).toEqual([expect.not.objectContaining({ delaySeconds: expect.anything() })]);
});

test('a thousand wanted at one moment are queued by one run, none of them late', async () => {
  for (let count = 0; count < 1000; count += 1) {
    const requestId = `${(count % 16).toString(16)}${String(count).padStart(7, '0')}-5d0e-4b7e-9b1a-2f6f8c1d7e90`;
    const offset = 10 * MINUTE;
    await world.due({ send_at: at(offset), retry_at: at(offset), send_before: at(offset + HOUR) }, requestId);
  }
  expect(await world.run({}, { records: 1000, finishBy: Infinity })).toEqual({ scheduled: 1000 });
});

test('what was cancelled leaves the index and is not queued', async () => {
  const conversation = await wanted(10 * MINUTE, { conversation_status: 'cancelled' });
  await world.run();
  expect(world.queue.enqueued).toEqual([]);
  expect(await world.record(conversation)).not.toHaveProperty('attention');
});
