import { mishaps, settle } from '../support/mortal-worker';
import type { Mishap } from '../support/mortal-worker';
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

async function runScenario(scenario: Scenario, planned: readonly Mishap[], queueMessages = 1): Promise<Run> {
  const world = new ProcessorWorld();
  scenario.arrange(world);
  const conversation = await world.accept();
  const violations: string[] = [];
  const { calls, next } = mishaps(planned);
  const message = { channel: 'sms', conversationId: conversation.conversation_id, company: conversation.company_id } as const;
  for (let count = 0; count < queueMessages; count += 1) await world.queue.enqueue(message);
  await settle(world, watchedPorts(world, conversation, violations), next);
  return { world, record: await world.record(conversation), calls, violations: [...violations, ...await judge(world, await world.record(conversation))] };
}

const TIMES = ['before', 'after'] as const;
const MANNERS = ['die', 'throw'] as const;

function everyMishap(calls: number): readonly Mishap[] {
  const numbers = Array.from({ length: calls }, (_none, call) => call);
  return numbers.flatMap((call) => TIMES.flatMap((when) => MANNERS.map((manner) => ({ call, when, manner }))));
}

function tell(calls: readonly string[], planned: readonly Mishap[]): string {
  return planned.map(({ call, when, manner }) => `${manner} ${when} call ${call} (${calls[call]})`).join(', then ');
}

describe.each(SCENARIOS)('a message $name', (scenario) => {
  test('comes to rest as it should where nothing happens', async () => {
    const { record, violations } = await runScenario(scenario, []);
    expect(violations).toEqual([]);
    expect(record.conversation_status).toBe(scenario.ending);
  });

  test('survives a mishap before and after every call to the outside', async () => {
    const { calls } = await runScenario(scenario, []);
    const failures: string[] = [];
    for (const mishap of everyMishap(calls.length)) {
      const run = await runScenario(scenario, [mishap]);
      const allowed: readonly ConversationStatus[] = [scenario.ending, 'send_unknown'];
      const surprise = allowed.includes(run.record.conversation_status) ? [] : [`ended as ${run.record.conversation_status}`];
      failures.push(...[...run.violations, ...surprise].map((words) => `${tell(run.calls, [mishap])}: ${words}`));
    }
    expect(failures).toEqual([]);
  });
});

test('only a mishap between the claim and its record leaves a good message unknown', async () => {
  const { calls } = await runScenario(GOES_WELL, []);
  const unknown = new Set<string>();
  for (const mishap of everyMishap(calls.length)) {
    const run = await runScenario(GOES_WELL, [mishap]);
    if (run.record.conversation_status === 'send_unknown') unknown.add(tell(run.calls, [mishap]).replace(/call \d+ /, ''));
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
