import { CHANNELS } from '../../src/core/channel';
import type { Conversation } from '../../src/core/lifecycle/conversation';
import { testSender } from '../../src/core/lifecycle/test-message';
import type { TestPlay } from '../../src/core/lifecycle/client-wishes';
import { processMessage } from '../../src/processor/process-message';
import type { ProcessorPorts } from '../../src/processor/processing';
import { reconcile } from '../../src/reconciler/reconcile';
import { approve } from '../../src/review/approve';
import { ReconcilerWorld } from '../reconciler/reconciler-world';
import { aroundOutsideCalls } from '../support/outside-calls';
import { SCENARIOS } from '../support/processor-scenarios';
import { ProcessorWorld } from '../support/processor-world';
import { SAMPLE_CREDENTIALS_SECRET, sampleCompany } from '../support/sample-message';

const SECOND = 1000;
const MINUTE = 60 * SECOND;

let world: ReconcilerWorld;
beforeEach(() => {
  world = new ReconcilerWorld();
});

/** Accepted from a test key. */
async function test_(play: TestPlay | undefined = undefined, changes: Partial<Conversation> = {}, to = world) {
  const requestId = '7a1d2f44-0b4c-4f2a-8a55-0d3c5a2f6b11';
  const sender = testSender('+447700900002');
  return to.accept(
    { conversation_id: `brightpath#cv-review#${requestId}#${sender}`, ...(play ? { test: play } : {}), ...changes },
    requestId,
  );
}

/** Works the message by queue and reconciler until nothing is left to do. */
async function settle(conversation: Conversation, ports: ProcessorPorts = world.ports, queue = world.queue) {
  await queue.enqueue({ channel: 'sms', conversationId: conversation.conversation_id, company: 'brightpath' });
  for (let round = 0; round < 200; round += 1) {
    const next = queue.nextVisibleAt();
    const { due_at: due, attention } = await world.record(conversation);
    const dueAt = attention?.startsWith('stuck') && due !== undefined ? Date.parse(due) : undefined;
    if (next === undefined && dueAt === undefined) return;
    if (next === undefined || (dueAt !== undefined && dueAt < next)) {
      world.clock.advanceTo((dueAt ?? 0) + 1);
      await reconcile(world.reconcilerPorts, { records: 10, finishBy: Infinity });
      continue;
    }
    world.clock.advanceTo(next);
    const delivery = queue.receive();
    if (!delivery) continue;
    const { entryId, receiveCount } = delivery;
    const outcome = await processMessage(world.message(conversation, { receiveCount }), ports, world.settings)
      .catch(() => ({ outcome: 'failed' as const }));
    if (outcome.outcome === 'done') queue.remove(entryId);
    else queue.hold(entryId, outcome.outcome === 'retry' ? outcome.afterSeconds : 1);
  }
}

test.each([
  [undefined, 'initial_message_sent', 'read'],
  [{ outcome: 'read' }, 'initial_message_sent', 'read'],
  [{ outcome: 'delivered' }, 'initial_message_sent', 'delivered'],
  [{ outcome: 'undelivered' }, 'initial_message_sent', 'undelivered'],
  [{ outcome: 'refused' }, 'failed_to_send_message', undefined],
  [{ outcome: 'unanswered' }, 'initial_message_sent', 'read'],
] as const)('%j ends as %s, %s; the model is asked, and no vendor', async (play, status, delivery) => {
  const conversation = await test_(play);
  await settle(conversation);
  const record = await world.record(conversation);
  expect([record.conversation_status, record.delivery_status]).toEqual([status, delivery]);
  expect(world.model.requests.length).toBeGreaterThan(0);
  expect([world.provider.requests, world.lookups]).toEqual([[], []]);
  expect(world.queue.deadLetters).toEqual([]);
});

test('its recipient replies once the message has arrived, and once', async () => {
  const conversation = await test_({ reply: 'In June' });
  await settle(conversation);
  expect(world.testReplies).toEqual([
    expect.objectContaining({ text: 'In June', vendorMessageId: expect.stringMatching(/^test-.+-reply$/) }),
  ]);
  expect(world.testReplies[0]?.conversation.delivery_status).toBe('read');
});

test('its deliveries come apart from each other', async () => {
  const conversation = await test_();
  const seen: unknown[] = [];
  await settle(conversation, aroundOutsideCalls(world.ports, async (name, call) => {
    if (name.includes('raise delivery')) seen.push(world.clock.now());
    return call();
  }));
  expect(seen).toHaveLength(3);
  expect(new Set(seen).size).toBe(3);
});

test('the sender needs no credentials, and they are not read', async () => {
  world.secrets.put(SAMPLE_CREDENTIALS_SECRET, { outcome: 'missing' });
  const conversation = await test_();
  await settle(conversation);
  expect(await world.record(conversation)).toMatchObject({ conversation_status: 'initial_message_sent' });
});

describe('no test reaches a vendor', () => {
  test.each(SCENARIOS)('by a message $name', async ({ arrange }) => {
    arrange(world);
    await settle(await test_());
    expect(world.provider.requests).toEqual([]);
  });

  test('wherever a worker dies, and however often the message is delivered', async () => {
    let calls = 0;
    await settle(await test_(), aroundOutsideCalls(world.ports, async (_name, call) => {
      calls += 1;
      return call();
    }));
    for (let place = 1; place <= calls; place += 1) {
      world = new ReconcilerWorld();
      let count = 0;
      const conversation = await test_();
      await settle(conversation, aroundOutsideCalls(world.ports, async (_name, call) => {
        count += 1;
        if (count === place) throw new Error('The worker died.');
        return call();
      }));
      expect([place, (await world.record(conversation)).conversation_status]).toEqual([place, 'initial_message_sent']);
      expect([world.provider.requests, world.lookups]).toEqual([[], []]);
    }
  });

  test('by the approval of a person', async () => {
    world.directory.seedCompany(sampleCompany({ auto_queue_initial_message: true }));
    const conversation = await test_();
    await settle(conversation);
    expect(await world.record(conversation)).toMatchObject({ conversation_status: 'awaiting_review' });
    const order = { conversationId: conversation.conversation_id, reviewer: 'Sam Reyes' };
    expect(await approve(order, { ...world.ports, conversations: world.conversations })).toMatchObject({ outcome: 'approved' });
    await settle(conversation);
    expect(await world.record(conversation)).toMatchObject({ conversation_status: 'initial_message_sent' });
    expect(world.provider.requests).toEqual([]);
  });

  test('by a send whose worker is gone: its vendor\'s list is played, too', async () => {
    const conversation = await test_(undefined, {
      conversation_status: 'sending', attempt_id: 'attempt-1', attempt_ids: ['attempt-1'], attempt_count: 1,
      send_deadline: '2026-11-02T08:00:00.000Z', due_at: '2026-11-02T08:00:00.000Z',
      history: [{ at: '2026-11-02T08:00:00.000Z', status: 'sending' }],
    });
    world.clock.advance(MINUTE);
    await settle(conversation);
    expect(await world.record(conversation)).toMatchObject({ vendor_message_id: 'test-attempt-1', delivery_status: 'read' });
    expect([world.provider.requests, world.lookups]).toEqual([[], []]);
  });

  test('where its own attributes were lost: what it is stands in its key', async () => {
    const conversation = await test_({ outcome: 'read' }, { test: undefined });
    await settle(conversation);
    expect(world.provider.requests).toEqual([]);
  });
});

test.each(CHANNELS)('a message by %s that is no test is sent', async (channel) => {
  const real = new ProcessorWorld(channel);
  await processMessage(real.message(await real.accept()), real.ports, real.settings);
  expect(real.provider.requests).toHaveLength(1);
});
