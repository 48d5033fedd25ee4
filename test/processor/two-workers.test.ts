import { processMessage } from '../../src/processor/process-message';
import type { Delivery } from '../support/fake-queue';
import { judge, watchedPorts } from '../support/invariants';
import { settle } from '../support/mortal-worker';
import { aroundOutsideCalls } from '../support/outside-calls';
import { GOES_WELL, SCENARIOS } from '../support/processor-scenarios';
import { ProcessorWorld } from '../support/processor-world';
import { seededChance, Turns } from '../support/turns';

const SEEDS = 500;
const LEASE = 60_000;

/**
 * Two workers with one queue message each for the same conversation: every call's order, time's jumps and one death as
 * the seed says.
 */
async function interleave(seed: number): Promise<{ readonly violations: readonly string[]; readonly status: string }> {
  const chance = seededChance(seed);
  const world = new ProcessorWorld();
  const scenario = SCENARIOS[Math.floor(chance() * 2 * SCENARIOS.length)] ?? GOES_WELL;
  scenario.arrange(world);
  const conversation = await world.accept();
  const violations: string[] = [];
  const ports = watchedPorts(world, conversation, violations);
  const turns = new Turns();
  for (const worker of ['one', 'two']) {
    await world.queue.enqueue({
      channel: 'sms',
      conversationId: conversation.conversation_id,
      company: conversation.company_id,
    });
    const delivery = world.queue.receive();
    if (delivery) {
      void work(world, (begun) => aroundOutsideCalls(mortal(world, ports, begun), turns.around(worker)), delivery);
    }
  }
  const deathAt = Math.floor(chance() * 60);
  await turns.run(chance, (order) => {
    if (chance() < 0.15) world.clock.advance(Math.floor(chance() * 1.5 * LEASE));
    return order.length === deathAt ? 'one' : undefined;
  });
  await settle(world, ports);
  const record = await world.record(conversation);
  const found = [...violations, ...await judge(world, record)];
  return {
    violations: found.map((words) => `seed ${seed}, a message ${scenario.name}: ${words}; ${turns.order.join(', ')}`),
    status: record.conversation_status,
  };
}

/** A function is ended with its lease: what a model is paid for after that, nobody pays. */
function mortal(world: ProcessorWorld, ports: typeof world.ports, begun: number): typeof world.ports {
  const model = {
    fill: (request: Parameters<typeof ports.model.fill>[0]) =>
      (world.clock.now() > begun + LEASE ? world : ports).model.fill(request),
  };
  return { ...ports, model };
}

async function work(
  world: ProcessorWorld,
  portsSince: (begun: number) => typeof world.ports,
  delivery: Delivery,
): Promise<void> {
  // A message that is to come back does so at once here, as a doubled queue message might.
  for (let receives = 0; receives < 3; receives += 1) {
    const outcome = await processMessage(delivery, portsSince(world.clock.now()), world.settings);
    if (outcome.outcome === 'done') return world.queue.remove(delivery.entryId);
    if (outcome.outcome === 'retry') world.queue.hold(delivery.entryId, outcome.afterSeconds);
  }
}

test(`two workers on one message send it once at most, in ${SEEDS} orders of their calls`, async () => {
  const endings = new Set<string>();
  const violations: string[] = [];
  for (let seed = 1; seed <= SEEDS; seed += 1) {
    const run = await interleave(seed);
    endings.add(run.status);
    violations.push(...run.violations);
  }
  expect(violations.slice(0, 3)).toEqual([]);
  // The orders reached every kind of end, or they would prove little.
  expect([...endings].sort()).toEqual([
    'awaiting_review',
    'failed_secrets_fetch',
    'failed_to_send_message',
    'failed_unknown',
    'initial_message_sent',
    'send_unknown',
    'suppressed',
  ]);
});
