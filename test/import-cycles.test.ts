import { readdirSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { preProcessFile } from 'typescript';

const ROOT = join(__dirname, '..');

type Graph = ReadonlyMap<string, readonly string[]>;

/** What each source file imports of the repository's own files, types included: lint sees imports of values alone. */
function importsOf(folders: readonly string[]): Graph {
  const files = folders.flatMap((folder) =>
    readdirSync(join(ROOT, folder), { recursive: true, encoding: 'utf8' }).map((name) => join(folder, name)));
  const sources = new Set(files.filter((name) => /\.tsx?$/.test(name)));
  return new Map([...sources].map((file) => {
    const { importedFiles } = preProcessFile(readFileSync(join(ROOT, file), 'utf8'), true, false);
    const own = importedFiles.map(({ fileName }) => fileName).filter((name) => name.startsWith('.'));
    const targets = own.map((name) => join(dirname(file), name)).flatMap((path) => [path, `${path}.ts`, `${path}.tsx`]);
    return [file, targets.filter((path) => sources.has(path))];
  }));
}

/** The first cycle found below each file, as the files on it. */
function cyclesOf(graph: Graph): readonly string[] {
  const cycles: string[] = [];
  const done = new Set<string>();
  const visit = (file: string, path: readonly string[]) => {
    const start = path.indexOf(file);
    if (start >= 0) cycles.push([...path.slice(start), file].join(' → '));
    if (start >= 0 || done.has(file)) return;
    for (const target of graph.get(file) ?? []) visit(target, [...path, file]);
    done.add(file);
  };
  for (const file of graph.keys()) visit(file, []);
  return cycles;
}

test('no file imports itself by way of others, not even for a type', () => {
  const graph = importsOf(['src', 'tools']);
  expect(graph.get(join('src', 'main.ts'))).not.toEqual([]);
  expect(cyclesOf(graph)).toEqual([]);
});

test('a cycle is named by the files on it', () => {
  const graph = new Map([['a.ts', ['b.ts', 'd.ts']], ['b.ts', ['c.ts']], ['c.ts', ['b.ts']], ['d.ts', ['c.ts']]]);
  expect(cyclesOf(graph)).toEqual(['b.ts → c.ts → b.ts']);
});
