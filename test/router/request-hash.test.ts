import { checkRequest } from '../../src/router/check-request';
import { hashRequest } from '../../src/router/request-hash';
import { sampleRequest } from './router-world';

function hashOf(facts: unknown): string {
  const checked = checkRequest({ ...sampleRequest(), project_data: facts });
  if (!checked.valid) throw new Error(JSON.stringify(checked.faults));
  return hashRequest(checked.request);
}

test('the order of fields does not count, at any depth', () => {
  expect(hashOf({ one: 1, nested: [{ two: 2, three: 3, 10: 'x', 9: 'y' }] })).toBe(
    hashOf({ nested: [{ 9: 'y', three: 3, 10: 'x', two: 2 }], one: 1 }),
  );
});

test.each([
  ['elements in another order', [1, 2], [2, 1]],
  ['text instead of a number', '1', 1],
  ['null instead of nothing', null, undefined],
  ['a list instead of an object with its indexes', ['x'], { 0: 'x' }],
  ['a list of pairs instead of an object', { one: 1 }, [['one', 1]]],
  ['an object that looks like a sorted one', { one: 1 }, { object: [['one', 1]] }],
])('%s counts', (_words, one, other) => {
  expect(hashOf({ fact: one })).not.toBe(hashOf({ fact: other }));
});
