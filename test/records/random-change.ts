import type { Change, Test, Where } from '../../src/core/lifecycle/change';
import type { Conversation } from '../../src/core/lifecycle/conversation';
import { STATUSES } from '../../src/core/lifecycle/conversation';
import type { Random } from '../support/random';
import { sampleConversation } from '../support/sample-message';

const MOMENTS = [
  '2026-11-02T09:00:00.000Z',
  '2026-11-02T09:00:00.001Z',
  '2026-11-02T10:00:00.000Z',
  '2026-10-31T23:59:59.999Z',
] as const;
const WORDS = ['one', 'two', 'three', 'on', ''] as const;
/** Attributes of every kind: text that may be absent, moments, numbers, booleans, lists. */
const OPTIONAL = [
  'lease_owner',
  'attempt_id',
  'failure_detail',
  'due_at',
  'lease_until',
  'attempt_ids',
  'inbound_ids',
  'attention',
] as const;
const TESTED = [...OPTIONAL, 'conversation_status', 'attempt_count', 'hand_off_to_human', 'send_before'] as const;

export function randomConversation(random: Random, conversationId: string): Conversation {
  const record = sampleConversation({ now: Date.parse(MOMENTS[0]), changes: { conversation_id: conversationId } });
  return { ...record, conversation_status: random.pick(STATUSES), attempt_count: random.below(4) };
}

/** A change that DynamoDB can read: any condition, on attributes of any kind, and any effect but a clash. */
export function randomChange(random: Random): Change {
  const set = {
    ...(random.chance(0.7) && { conversation_status: random.pick(STATUSES.slice(0, 5)) }),
    ...(random.chance(0.3) && { hand_off_to_human: random.chance(0.5) }),
    ...(random.chance(0.3) && { lease_owner: random.pick(WORDS) }),
    ...(random.chance(0.3) && { failure_detail: random.chance(0.3) ? undefined : random.pick(WORDS) }),
    ...(random.chance(0.3) && { due_at: random.pick(MOMENTS) }),
    ...(random.chance(0.3) && {
      project_data: { nested: [random.below(9), { word: random.pick(WORDS), nothing: null }] },
    }),
  };
  const remove = OPTIONAL.filter(
    (name) => !(name in set) && name !== 'attempt_ids' && name !== 'inbound_ids' && random.chance(0.2),
  );
  return {
    name: 'random',
    when: Array.from({ length: random.below(4) }, () => randomWhere(random)),
    set: set as Change['set'],
    ...(random.chance(0.7) && { remove }),
    ...(random.chance(0.4) && { increase: { attempt_count: random.pick([1, -1]) } }),
    append: {
      ...(random.chance(0.4) && { history: { at: random.pick(MOMENTS), status: random.pick(STATUSES) } }),
      ...(random.chance(0.4) && { attempt_ids: random.pick(WORDS) }),
      ...(random.chance(0.3) && { inbound_ids: random.pick(WORDS) }),
    },
  };
}

function randomWhere(random: Random): Where {
  const tests = Array.from({ length: random.below(3) }, () => [random.pick(TESTED), randomTest(random)] as const);
  return Object.fromEntries(tests);
}

function randomTest(random: Random): Test {
  const value = () => random.pick<string | number>([...WORDS, ...MOMENTS, ...STATUSES.slice(0, 5), 0, 1, 2, 3, -1]);
  const kinds: ReadonlyArray<() => Test> = [
    () => ({ equals: random.chance(0.2) ? random.chance(0.5) : value() }),
    () => ({ oneOf: Array.from({ length: random.below(6) }, () => random.pick([...WORDS, ...STATUSES.slice(0, 5)])) }),
    () => ({ below: value() }),
    () => ({ atLeast: value() }),
    () => ({ contains: random.pick(WORDS) }),
    () => ({ lacks: random.pick(WORDS) }),
    () => ({ exists: random.chance(0.5) }),
  ];
  return random.pick(kinds)();
}
