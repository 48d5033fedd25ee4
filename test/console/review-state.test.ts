import type { Claim, ReviewItem, ReviewVariable } from '../../src/console/shared/api';
import {
  blockedBy,
  flaggedPlaces,
  nextFlagged,
  placeId,
  realEdits,
  stretches,
} from '../../src/console/review/review-state';

const claim = (start: number, end: number, rule: string | null = null, kind = 'number'): Claim => ({
  start,
  end,
  kind,
  key: 'k',
  fact: null,
  rule,
});
const variable = (change: Partial<ReviewVariable> = {}): ReviewVariable => ({
  name: 'point',
  description: '',
  value: 'two of three',
  verdict: 'proved',
  editable: true,
  claims: [],
  flagged: false,
  ...change,
});
const item = (...variables: readonly ReviewVariable[]) =>
  ({
    variables,
    proof: { outcome: 'proved', faults: [] },
    shown: 'a',
    facts: [],
    texts: [],
  }) as unknown as ReviewItem;
const ready = { isCurrent: true, visited: new Set<string>() };

describe('whether a message may go', () => {
  test('it may where it is proved and nothing is flagged', () => {
    expect(blockedBy({ item: item(variable()), ...ready })).toBeUndefined();
  });

  test('it may not before each flagged claim was looked at, also those that an edit has mended', () => {
    const flagged = item(
      variable({ flagged: true, claims: [claim(0, 3, 'unknown_number'), claim(7, 12, 'unknown_number')] }),
    );
    const [first, second] = flaggedPlaces(flagged).map(placeId);
    const proved = item(variable());
    const see = (...places: readonly (string | undefined)[]) =>
      blockedBy({
        item: flagged,
        proved,
        isCurrent: true,
        visited: new Set(places.filter((one) => one !== undefined)),
      });
    expect(see()).toBe('unvisited');
    expect(see(first)).toBe('unvisited');
    expect(see(first, second)).toBeUndefined();
    // To edit a value is to look at it.
    expect(see('point whole')).toBeUndefined();
  });

  test('it may not while what was typed last is not proved yet', () => {
    expect(blockedBy({ item: item(variable()), isCurrent: false, visited: new Set() })).toBe('proving');
  });

  test.each(['unproved', 'company_record_incomplete'])('it may not where it is %s', (outcome) => {
    const refused = { ...item(variable()), proof: { outcome, faults: [] } } as ReviewItem;
    expect(blockedBy({ item: refused, ...ready })).toBe('unproved');
    expect(blockedBy({ item: item(variable()), proved: refused, ...ready })).toBe('unproved');
  });
});

test('a flagged value without a claim of its own is looked at as a whole', () => {
  expect(flaggedPlaces(item(variable({ flagged: true })))).toEqual([{ variable: 'point', index: 'whole' }]);
});

test('the flagged claims are gone through in a circle', () => {
  const places = [
    { variable: 'a', index: 0 },
    { variable: 'b', index: 'whole' as const },
  ];
  expect(nextFlagged(places, undefined)).toBe(places[0]);
  expect(nextFlagged(places, places[0])).toBe(places[1]);
  expect(nextFlagged(places, places[1])).toBe(places[0]);
  expect(nextFlagged([], undefined)).toBeUndefined();
});

test('a value that is as it was is no edit', () => {
  expect(realEdits(item(variable()), { point: 'two of three' })).toEqual({});
  expect(realEdits(item(variable()), { point: 'other' })).toEqual({ point: 'other' });
});

test('a value is cut at its claims, and nothing of it is lost', () => {
  const cut = stretches(variable({ claims: [claim(0, 3), claim(7, 12), claim(0, 12, null, 'value')] }));
  expect(cut.map(({ text, claims }) => [text, claims.map(({ index }) => index)])).toEqual([
    ['two', [0]],
    [' of ', []],
    ['three', [1]],
  ]);
  expect(
    stretches(variable({ claims: [claim(2, 9), claim(5, 40)] }))
      .map(({ text }) => text)
      .join(''),
  ).toBe('two of three');
  expect(
    stretches(variable({ value: '' }))
      .map(({ text }) => text)
      .join(''),
  ).toBe('');
});
