import { existsSync, readFileSync } from 'node:fs';

const page = readFileSync('docs/security.md', 'utf8');
const rows = page.split('\n').filter((line) => /^\| (API|LLM)\d+ /.test(line));

test('each risk of both lists has one row', () => {
  const names = rows.map((row) => /^\| ((?:API|LLM)\d+)/.exec(row)?.[1]);
  const numbers = Array.from({ length: 10 }, (_, index) => index + 1);
  expect(names).toEqual([
    ...numbers.map((number) => `API${number}`), ...numbers.map((number) => `LLM${String(number).padStart(2, '0')}`),
  ]);
});

test('every test that the page names is there', () => {
  const named = [...page.matchAll(/`(test\/[^`]+\.test\.ts)`/g)].map(([, file = '']) => file);
  expect(named.length).toBeGreaterThan(30);
  expect(named.filter((file) => !existsSync(file))).toEqual([]);
});

test('a row says what protects, what shows it and what remains', () => {
  for (const row of rows) expect([row.slice(0, 12), row.split(' | ').length]).toEqual([row.slice(0, 12), 4]);
});
