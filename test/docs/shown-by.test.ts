import { existsSync, readdirSync, readFileSync, statSync } from 'node:fs';
import { dirname, join } from 'node:path';

const DECISIONS = 'docs/decisions';

const numbered = (letter: string, last: number, without: readonly number[] = []) =>
  Array.from({ length: last }, (_none, index) => index + 1).filter((number) => !without.includes(number))
    .map((number) => `${letter}${number}`);

/** Tables of what was reported, and the rows that each must have. */
const TABLES = [
  {
    file: '0041-what-shows-each-reported-case.md',
    // R1, R2, R6, R7 and R9 stand among the vendors' and the attacks.
    rows: [...numbered('V', 16), ...numbered('S', 16), ...numbered('R', 14, [1, 2, 6, 7, 9])],
  },
  { file: '0049-the-operators-command-and-the-first-hour.md', rows: numbered('U', 23) },
];

interface Row {
  readonly file: string;
  readonly name: string;
  readonly shownBy: string;
}

function rowsOf(file: string): readonly Row[] {
  return readFileSync(join(DECISIONS, file), 'utf8').split('\n').flatMap((line) => {
    const [, name] = /^\| ([A-Z]\d+) \|/.exec(line) ?? [];
    return name === undefined ? [] : [{ file, name, shownBy: line.split(' | ').at(-1) ?? '' }];
  });
}

/** The tests that a row names: each place with the titles that are quoted behind it. */
function named(shownBy: string): ReadonlyArray<{ readonly place: string; readonly titles: readonly string[] }> {
  let folder = 'test';
  return [...shownBy.matchAll(/`([^`]+)`([^`]*)/g)].flatMap(([, word = '', behind = '']) => {
    const isPlace = /^test\//.test(word) || /^[\w-]+\.(?:stage\.)?test\.ts$/.test(word);
    if (!isPlace) return [];
    const place = word.startsWith('test/') ? word : join(folder, word);
    folder = dirname(place);
    return [{ place, titles: [...behind.matchAll(/"([^"]+)"/g)].map(([, title = '']) => title) }];
  });
}

function sourcesOf(place: string): string {
  if (!statSync(place).isDirectory()) return readFileSync(place, 'utf8');
  return readdirSync(place, { recursive: true, encoding: 'utf8' }).filter((name) => name.endsWith('.test.ts'))
    .map((name) => readFileSync(join(place, name), 'utf8')).join('\n');
}

/** Whether a source has a test of this title; what stands for more is left out as "…". */
function hasTitle(source: string, title: string): boolean {
  // A long title is written in two pieces.
  const text = source.replace(/\\'/g, '\'').replace(/['`]\s*\+\s*['`]/g, '');
  return title.split('…').map((part) => part.trim()).every((part) => text.includes(part));
}

const rows = TABLES.flatMap(({ file }) => rowsOf(file));

test.each(TABLES)('$file has a row for each reported case', ({ file, rows: wanted }) => {
  expect(rowsOf(file).map(({ name }) => name).sort()).toEqual([...wanted].sort());
});

test.each(rows)('$name of $file names tests that exist, by titles that they have', ({ shownBy }) => {
  const missing = named(shownBy).flatMap(({ place, titles }) => {
    if (!existsSync(place)) return [place];
    const source = sourcesOf(place);
    return /\b(?:test|it)\b/.test(source) ? titles.filter((title) => !hasTitle(source, title)) : [place];
  });
  expect(missing).toEqual([]);
  // Whoever asks what shows a case finds a test, a command or another decision.
  expect(shownBy).toMatch(/`[^`]+`|decision/);
});

test('a test or a title that does not exist is found', () => {
  expect(named('`test/a/b.test.ts`: "one …", `c.test.ts`; `npx projen lint`')).toEqual([
    { place: 'test/a/b.test.ts', titles: ['one …'] }, { place: 'test/a/c.test.ts', titles: [] },
  ]);
  expect(hasTitle("test('one and two', () => 1)", 'one … two')).toBe(true);
  expect(hasTitle("test('one and two', () => 1)", 'three')).toBe(false);
});
