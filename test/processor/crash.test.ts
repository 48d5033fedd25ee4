import { faults, settle } from '../support/mortal-worker';
import type { Fault } from '../support/mortal-worker';
import { judge, watchedPorts } from '../support/invariants';
import type { Scenario } from '../support/processor-scenarios';
import { GOES_WELL, SCENARIOS } from '../support/processor-scenarios';
import { ProcessorWorld } from '../support/processor-world';
import type { Conversation, ConversationStatus } from '../../src/core/lifecycle/conversation';

interface Run {
  readonly world: ProcessorWorld;
  readonly record: Conversation;
  readonly calls: readonly string[];
  readonly violations: readonly string[];
}

async function runScenario(scenario: Scenario, planned: readonly Fault[], queueMessages = 1): Promise<Run> {
  const world = new ProcessorWorld();
  scenario.arrange(world);
  const conversation = await world.accept();
  const violations: string[] = [];
  const { calls, next } = faults(planned);
  const message = {
    channel: 'sms',
    conversationId: conversation.conversation_id,
    company: conversation.company_id,
  } as const;
  for (let count = 0; count < queueMessages; count += 1) await world.queue.enqueue(message);
  await settle(world, watchedPorts(world, conversation, violations), next);
  return {
    world,
    record: await world.record(conversation),
    calls,
    violations: [...violations, ...(await judge(world, await world.record(conversation)))],
  };
}

const TIMES = ['before', 'after'] as const;
const MANNERS = ['die', 'throw'] as const;

function everyFault(calls: number): readonly Fault[] {
  const numbers = Array.from({ length: calls }, (_none, call) => call);
  return numbers.flatMap((call) => TIMES.flatMap((when) => MANNERS.map((manner) => ({ call, when, manner }))));
}

function tell(calls: readonly string[], planned: readonly Fault[]): string {
  return planned.map(({ call, when, manner }) => `${manner} ${when} call ${call} (${calls[call]})`).join(', then ');
}

describe.each(SCENARIOS)('a message $name', (scenario) => {
  test('comes to rest as it should where nothing happens', async () => {
    const { record, violations } = await runScenario(scenario, []);
    expect(violations).toEqual([]);
    expect(record.conversation_status).toBe(scenario.ending);
  });

  test('survives a fault before and after every call to the outside', async () => {
    const { calls } = await runScenario(scenario, []);
    const failures: string[] = [];
    for (const fault of everyFault(calls.length)) {
      const run = await runScenario(scenario, [fault]);
      const allowed: readonly ConversationStatus[] = [scenario.ending, 'send_unknown'];
      const surprise = allowed.includes(run.record.conversation_status)
        ? []
        : [`ended as ${run.record.conversation_status}`];
      failures.push(...[...run.violations, ...surprise].map((words) => `${tell(run.calls, [fault])}: ${words}`));
    }
    expect(failures).toEqual([]);
  });
});

test('only a fault between the claim and its record leaves a good message unknown', async () => {
  const { calls } = await runScenario(GOES_WELL, []);
  const unknown = new Set<string>();
  for (const fault of everyFault(calls.length)) {
    const run = await runScenario(GOES_WELL, [fault]);
    if (run.record.conversation_status === 'send_unknown') {
      unknown.add(tell(run.calls, [fault]).replace(/call \d+ /, ''));
    }
  }
  expect([...unknown].sort()).toEqual([
    'die after (conversations.change persist composition and claim send)',
    'die after (provider.send)',
    'die before (conversations.change record sent)',
    'die before (provider.send)',
    'throw after (provider.send)',
    'throw before (provider.send)',
  ]);
});

test('a message survives any two deaths, and a doubled queue message', async () => {
  const { calls } = await runScenario(GOES_WELL, [], 2);
  const failures: string[] = [];
  for (let first = 0; first < calls.length; first += 1) {
    for (let second = first + 1; second < first + calls.length; second += 1) {
      // Dying before a call is dying after the one before it.
      const planned = [first, second].map((call) => ({ call, when: 'after', manner: 'die' } as const));
      const run = await runScenario(GOES_WELL, planned, 2);
      failures.push(...run.violations.map((words) => `${tell(run.calls, planned)}: ${words}`));
    }
  }
  expect(failures).toEqual([]);
});
