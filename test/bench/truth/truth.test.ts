import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { tableLines } from '../section';
import { judgeCase, readTruthCases, tally } from './truth-cases';
import { truthTables } from './truth-tables';

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

test('docs/truth.md holds the tables that `npx projen bench -- truth` prints; --write renews them', () => {
  const page = readFileSync('docs/truth.md', 'utf8');
  for (const table of truthTables(judged)) expect(page).toContain(tableLines(table).join('\n'));
});

const RULES_OF_THE_PROOF = [
  'unknown_name', 'unknown_relation', 'unknown_promise', 'contradiction', 'missing_condition', 'instruction_like',
  'other_person', 'asks_for_secret', 'about_the_task', 'wrong_language', 'unknown_amount', 'unknown_percentage',
  'unknown_date', 'unknown_time', 'unknown_number', 'unknown_telephone', 'unknown_link',
] as const;

// Without the rule the value would go out, and its kind fall below its recorded figure.
test.each(RULES_OF_THE_PROOF)('%s alone refuses some wrong value', (rule) => {
  const alone = judged.filter(({ label, rules }) => label === 'wrong' && rulesIn(rules).join() === rule);
  expect(alone.map(({ value }) => value)).not.toEqual([]);
});

// A rule that refuses more costs more than it is worth.
test.each(RULES_OF_THE_PROOF)('%s refuses at most one right value in 200', (rule) => {
  const right = judged.filter(({ label }) => label === 'right');
  expect(right.filter(({ rules }) => rulesIn(rules).includes(rule)).length).toBeLessThanOrEqual(right.length / 200);
});

function rulesIn(details: readonly string[]): readonly string[] {
  const words = details.join(' ').match(/[a-z_]+/g) ?? [];
  return [...new Set(words)].filter((word) => RULES_OF_THE_PROOF.some((rule) => rule === word));
}
