import type { Change } from '../../src/core/lifecycle/change';
import { compileChange } from '../../src/records/change-expression';
import { everyTransition } from '../support/every-transition';

const change = (parts: Partial<Change>): Change => ({ name: 'sample', when: [{}], set: {}, ...parts });

test('a change becomes one conditional update', () => {
  const compiled = compileChange(
    change({
      when: [
        { conversation_status: { oneOf: ['composed', 'sending'] }, attempt_count: { below: 3 } },
        { attempt_id: { equals: 'a' } },
      ],
      set: { conversation_status: 'sending', attempt_id: 'b' },
      remove: ['due_at', 'attention'],
      increase: { attempt_count: 1 },
      append: { attempt_ids: 'b' },
    }),
    'change-7',
  );
  expect(compiled.UpdateExpression).toBe(
    'SET #conversation_status = :value0, #attempt_id = :value1, #last_change = :value2, ' +
      '#attempt_count = if_not_exists(#attempt_count, :value3) + :value4, ' +
      '#attempt_ids = list_append(if_not_exists(#attempt_ids, :value5), :value6) ' +
      'REMOVE #due_at, #attention',
  );
  expect(compiled.ConditionExpression).toBe(
    'attribute_exists(#primary_channel) AND ((#conversation_status IN (:value7, :value8) AND #attempt_count < ' +
    ':value9) OR #attempt_id = :value10)',
  );
  expect(Object.values(compiled.ExpressionAttributeValues)).toEqual([
    'sending',
    'b',
    'change-7',
    0,
    1,
    [],
    ['b'],
    'composed',
    'sending',
    3,
    'a',
  ]);
  expect(
    Object.entries(compiled.ExpressionAttributeNames).every(([placeholder, name]) => placeholder === `#${name}`),
  ).toBe(true);
});

test('what an attribute lacks is asked by a negation, which an absent attribute passes', () => {
  const compiled = compileChange(
    change({
      when: [{ inbound_ids: { lacks: 'SM1' }, conversation_status: { oneOf: ['composed'] } }],
      append: { inbound_ids: 'SM1' },
    }),
    'c',
  );
  expect(compiled.ConditionExpression).toBe(
    'attribute_exists(#primary_channel) AND (NOT contains(#inbound_ids, :value3) AND #conversation_status IN ' +
    '(:value4))',
  );
  expect(compiled.UpdateExpression).toContain(
    '#inbound_ids = list_append(if_not_exists(#inbound_ids, :value1), :value2)',
  );
});

test('what is undefined is not written', () => {
  const compiled = compileChange(
    change({ set: { failure_detail: undefined }, when: [{ due_at: undefined }] } as unknown as Partial<Change>),
    'c',
  );
  expect(compiled.UpdateExpression).toBe('SET #last_change = :value0');
  expect(compiled.ConditionExpression).toBe(
    'attribute_exists(#primary_channel) AND attribute_exists(#primary_channel)',
  );
});

test.each<[string, Partial<Change>]>([
  ['an attribute that is set and removed', { set: { due_at: 'x' }, remove: ['due_at'] }],
  ['a counter that is set and increased', { set: { attempt_count: 1 }, increase: { attempt_count: 1 } }],
  ['a list that is set and appended to', { set: { attempt_ids: [] }, append: { attempt_ids: 'a' } }],
  ['an attribute that is removed twice', { remove: ['due_at', 'due_at'] }],
  ['a key', { set: { primary_channel: 'elsewhere' } }],
  ['the mark of another change', { remove: ['last_change'] }],
])('%s is a fault of the change', (_words, parts) => {
  expect(() => compileChange(change(parts), 'c')).toThrow(
    /^The change "sample" cannot be written: it changes \w+ twice/,
  );
});

test("every transition of a message's life can be written, with a reason and without", () => {
  const changes = [{}, { detail: undefined, reason: undefined }].flatMap(everyTransition);
  expect(changes.length).toBeGreaterThan(60);
  for (const made of changes) expect(compileChange(made, 'c').UpdateExpression).toMatch(/^SET /);
});
