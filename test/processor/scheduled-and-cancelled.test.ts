import { cancelMessage } from '../../src/core/lifecycle/cancel-message';
import type { Conversation } from '../../src/core/lifecycle/conversation';
import { timestamp } from '../../src/core/ports/clock';
import { processMessage } from '../../src/processor/process-message';
import type { ProcessorPorts } from '../../src/processor/processing';
import { aroundOutsideCalls } from '../support/outside-calls';
import { ProcessorWorld } from '../support/processor-world';
import { sampleCompany } from '../support/sample-message';

const MINUTE = 60_000;
const DAY = 24 * 60 * MINUTE;

let world: ProcessorWorld;
beforeEach(() => {
  world = new ProcessorWorld();
});

const run = async (conversation: Conversation, ports: ProcessorPorts = world.ports) =>
  processMessage(world.message(conversation), ports, world.settings);

/** Accepted now, wanted in three days. */
async function scheduled(): Promise<Conversation> {
  const sendAt = timestamp(world.clock.now() + 3 * DAY);
  return world.accept({
    send_at: sendAt,
    retry_at: sendAt,
    send_before: timestamp(world.clock.now() + 4 * DAY),
  });
}

describe('a scheduled message', () => {
  test('does not leave before its moment, whoever queues it', async () => {
    const conversation = await scheduled();
    world.clock.advance(3 * DAY - 1);
    expect(await run(conversation)).toEqual({ outcome: 'retry', afterSeconds: 1 });
    expect([world.provider.requests, world.model.requests]).toEqual([[], []]);
    expect(await world.record(conversation)).toEqual(conversation);
  });

  test('leaves at its moment, and its time counts from it', async () => {
    const conversation = await scheduled();
    world.clock.advance(3 * DAY);
    await run(conversation);
    const record = await world.record(conversation);
    expect(record).toMatchObject({ conversation_status: 'initial_message_sent', initial_processing_time_ms: 0 });
    expect(world.observer.durations).toContainEqual({ metric: 'AcceptedToSent', milliseconds: 0 });
  });

  test.each([
    ['an opt-out', async () => world.directory.addOptOut({
      recipient: '+447700900123', sender: '447700900002', at: timestamp(world.clock.now()), source: 'reply',
    }), 'suppressed'],
    ['a project that was switched off', () => world.directory.seedCompany({
      ...sampleCompany(), project_status: 'inactive',
    }), 'failed_unknown'],
  ] as const)('is judged again when it is sent: %s since its acceptance ends it, and no model is paid', async (
    _what,
    happen,
    status,
  ) => {
    const conversation = await scheduled();
    await happen();
    world.clock.advance(3 * DAY);
    await run(conversation);
    expect(await world.record(conversation)).toMatchObject({ conversation_status: status });
    expect([world.provider.requests, world.model.requests]).toEqual([[], []]);
  });
});

describe('a message that is cancelled while a worker has it', () => {
  /** The calls to the outside that a message makes, in their order. */
  async function callsOf(): Promise<readonly string[]> {
    const names: string[] = [];
    const conversation = await world.accept();
    await run(conversation, aroundOutsideCalls(world.ports, async (name, call) => {
      names.push(name);
      return call();
    }));
    return names;
  }

  test('never leaves afterwards, wherever the cancellation comes', async () => {
    const calls = await callsOf();
    const outcomes = new Set<string>();
    for (const place of calls.keys()) {
      world = new ProcessorWorld();
      const conversation = await world.accept();
      let position = -1;
      let sentBefore = 0;
      let result: Awaited<ReturnType<typeof cancelMessage>> | undefined;
      await run(conversation, aroundOutsideCalls(world.ports, async (_name, call) => {
        position += 1;
        if (position === place) {
          sentBefore = world.provider.requests.length;
          result = await cancelMessage(world.ports, conversation, 'client');
        }
        return call();
      }));
      outcomes.add(result?.outcome ?? 'never came');
      const { conversation_status: status } = await world.record(conversation);
      if (result?.outcome === 'cancelled') {
        expect([status, world.provider.requests.length]).toEqual(['cancelled', sentBefore]);
        expect(sentBefore).toBe(0);
      } else {
        expect(status).toBe('initial_message_sent');
      }
    }
    expect([...outcomes].sort()).toEqual(['cancelled', 'too_late']);
  });
});
