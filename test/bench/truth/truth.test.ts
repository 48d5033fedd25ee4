import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { judgeCase, readTruthCases, tally } from './truth-cases';

/** How many of each kind are as they should be; written anew by hand when the proof gets better. */
const RECORDED: Readonly<Record<string, number>> = JSON.parse(readFileSync(join(__dirname, 'recorded.json'), 'utf8'));

const cases = readTruthCases();
const judged = cases.map(judgeCase);

test('the benchmark has at least 300 values in eight languages and twelve domains, two fifths of them right', () => {
  expect(cases.length).toBeGreaterThanOrEqual(300);
  expect(cases.filter(({ label }) => label === 'right').length / cases.length).toBeGreaterThan(0.4);
  expect(new Set(cases.map(({ scenario }) => scenario.language.slice(0, 2))).size).toBeGreaterThanOrEqual(8);
  expect(new Set(cases.map(({ scenario }) => scenario.domain)).size).toBeGreaterThanOrEqual(12);
});

test.each(Object.entries(tally(judged, ({ label, kind }) => `${label}, ${kind}`)))(
  '%s: no value is lost',
  (name, { right }) => {
    expect({ name, right }).toEqual({ name, right: expect.any(Number) });
    expect(right).toBeGreaterThanOrEqual(RECORDED[name] ?? Infinity);
  },
);

test('nineteen in twenty right values go out', () => {
  const right = judged.filter(({ label }) => label === 'right');
  expect(right.filter(({ isAsItShouldBe }) => isAsItShouldBe).length / right.length).toBeGreaterThanOrEqual(0.96);
});
