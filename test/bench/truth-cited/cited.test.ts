import type { JudgedCited } from './cited-cases';
import { judgeCited, readCitedCases } from './cited-cases';

const judged = readCitedCases().map((each) => judgeCited(each));
const share = (kinds: readonly string[], of: (each: JudgedCited) => boolean = ({ isRefused }) => isRefused) => {
  const own = judged.filter(({ label, kind }) => label === 'wrong' && kinds.includes(kind));
  return own.filter(of).length / own.length;
};

test('the benchmark has values in eight languages, three in ten of them right', () => {
  expect(new Set(judged.map(({ scenario }) => scenario.language)).size).toBe(8);
  expect(judged.length).toBeGreaterThanOrEqual(170);
  expect(judged.filter(({ label }) => label === 'right').length / judged.length).toBeGreaterThan(0.3);
});

test.each([
  [0.9, ['name']],
  [0.9, ['relation']],
  [0.9, ['leak', 'injection']],
  [0.9, ['polarity']],
  [0.9, ['promise']],
  [0.9, ['omission']],
])('at least %d of the wrong values of %j are refused', (least, kinds) => {
  expect(share(kinds)).toBeGreaterThanOrEqual(least);
});

test('names, relations, leaks and polarity are refused by rules, before any reader is asked', () => {
  const byRules = ({ rules }: JudgedCited) => rules.length > 0;
  expect(share(['name'], byRules)).toBeGreaterThanOrEqual(0.9);
  expect(share(['relation'], byRules)).toBeGreaterThanOrEqual(0.9);
  expect(share(['polarity'], byRules)).toBeGreaterThanOrEqual(0.9);
  expect(share(['leak'], byRules)).toBe(1);
});

test('nineteen in twenty right values go out, and the second reader is asked for fewer than half of them', () => {
  const right = judged.filter(({ label }) => label === 'right');
  expect(right.filter(({ isRefused }) => !isRefused).length / right.length).toBeGreaterThanOrEqual(0.95);
  expect(right.filter(({ isAsked }) => isAsked).length / right.length).toBeLessThan(0.5);
});

test('a value without evidence is judged as before: no citation, no rule about citations', () => {
  const without = readCitedCases().map((each) => judgeCited(each, false));
  expect(without.flatMap(({ rules }) => rules.filter((rule) => /uncited|unknown_quote/.test(rule)))).toEqual([]);
  expect(without.some(({ isAsked }) => isAsked)).toBe(false);
});
