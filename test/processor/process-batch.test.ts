import type { BatchItem } from '../../src/processor/process-batch';
import { processBatch } from '../../src/processor/process-batch';
import type { ProcessorPorts } from '../../src/processor/processing';
import { aroundOutsideCalls } from '../support/outside-calls';
import { ProcessorWorld } from '../support/processor-world';

const SECOND = 1000;
const REQUESTS = ['1', '2', '3', '4'].map((digit) => `${digit}a4f8e1c-0b52-4c56-8f0e-6a1d2b3c4d5e`);

let world: ProcessorWorld;
let items: BatchItem[];
beforeEach(async () => {
  world = new ProcessorWorld();
  items = [];
  for (const requestId of REQUESTS) {
    const { conversationId, receiveCount } = world.message(await world.accept({}, requestId));
    items.push({ itemId: `item-${requestId.slice(0, 1)}`, conversationId, receiveCount });
  }
});

const batch = (ports: ProcessorPorts = world.ports, seconds = 60) =>
  processBatch(items, ports, world.settings, world.clock.now() + seconds * SECOND);
const sent = () => world.provider.accepted.map(({ conversationId }) => conversationId).sort();

test('every message of a batch is answered for under its own identifier', async () => {
  world.model.arrange({ outcome: 'unavailable' });
  expect(await batch()).toEqual([
    { itemId: 'item-1', outcome: 'retry', afterSeconds: 3 },
    { itemId: 'item-2', outcome: 'done' },
    { itemId: 'item-3', outcome: 'done' },
    { itemId: 'item-4', outcome: 'done' },
  ]);
  expect(sent()).toEqual(items.slice(1).map(({ conversationId }) => conversationId));
});

test('messages are worked all at once: each is with the model before any comes back from it', async () => {
  let waiting = 0;
  let release = (): void => undefined;
  const everyone = new Promise<void>((resolve) => {
    release = resolve;
  });
  const ports = aroundOutsideCalls(world.ports, async (name, call) => {
    if (name === 'model.fill') {
      waiting += 1;
      if (waiting === items.length) release();
      await everyone;
    }
    return call();
  });
  expect((await batch(ports)).map(({ outcome }) => outcome)).toEqual(['done', 'done', 'done', 'done']);
});

test('a bug fails its own message alone, and its log line leads to the conversation', async () => {
  const bug = new Error('a property of nothing was read');
  const { conversations } = world.ports;
  const ports: ProcessorPorts = {
    ...world.ports,
    conversations: {
      find: async (key) => conversations.find(key),
      change: async (key, change) => {
        if (key.conversation_id === items[1]?.conversationId) throw bug;
        return conversations.change(key, change);
      },
    },
  };
  expect((await batch(ports)).map(({ outcome }) => outcome)).toEqual(['done', 'failed', 'done', 'done']);
  expect(world.observer.lines.filter(({ level }) => level === 'error')).toMatchObject([
    { error: bug, fields: { conversation_id: items[1]?.conversationId, item_id: 'item-2', channel: 'sms' } },
  ]);
});

test('where the database refuses what is not an identifier, the log does not quote it', async () => {
  items = [{ itemId: 'item-1', conversationId: 'Ada Sample, +44 7700 900123', receiveCount: 5 }];
  const ports = aroundOutsideCalls(world.ports, () => Promise.reject(new Error('The database is out of reach.')));
  await batch(ports);
  expect(world.observer.everything()).not.toMatch(/Ada|900123/);
});

test('messages that cannot be begun in time come back untouched', async () => {
  const before = world.conversations.all();
  expect(await batch(world.ports, 22 - 0.001)).toEqual(
    items.map(({ itemId }) => ({ itemId, outcome: 'retry', afterSeconds: 1 })),
  );
  expect(world.conversations.all()).toEqual(before);
  expect((await batch(world.ports, 22)).map(({ outcome }) => outcome)).toEqual(['done', 'done', 'done', 'done']);
});

test('a message that cannot be begun at its last receive is kept from the dead letters', async () => {
  items = items.map((item) => ({ ...item, receiveCount: 5 }));
  expect((await batch(world.ports, 1)).map(({ outcome }) => outcome)).toEqual(['done', 'done', 'done', 'done']);
  expect(world.queue.enqueued.map(({ conversationId, delaySeconds }) => [conversationId, delaySeconds])).toEqual(
    items.map(({ conversationId }) => [conversationId, 1]),
  );
  expect(world.provider.requests).toEqual([]);
});

test('two seconds before the function is killed, no message is at work any more', async () => {
  const budgets: number[] = [];
  const ports: ProcessorPorts = {
    ...world.ports,
    model: {
      fill: async (request) => {
        budgets.push(request.timeBudgetMilliseconds);
        return world.model.fill(request);
      },
    },
  };
  await batch(ports, 30);
  // 30 s less 2 for the answer, 10 for the vendor, 5 for the writes around it.
  expect(Math.max(...budgets)).toBeLessThanOrEqual(13 * SECOND);
  expect(budgets).toHaveLength(4);
});

test('the same message twice in a batch is sent once', async () => {
  items = [items[0], items[0]].flatMap((item) => (item ? [item] : []));
  expect((await batch()).map(({ outcome }) => outcome)).toEqual(['done', 'retry']);
  expect(sent()).toHaveLength(1);
});
