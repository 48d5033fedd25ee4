import { execFileSync } from 'node:child_process';
import { cpSync, mkdtempSync, readFileSync, rmSync, symlinkSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { parse } from 'yaml';
import { z } from 'zod';

const ROOT = resolve(__dirname, '../..');

const filesShape = z.object({ files: z.array(z.string()) });
const tasksShape = z.object({ tasks: z.record(z.string(), z.unknown()) });
const menuShape = z.object({
  tasks: z.record(
    z.string(),
    z.object({
      description: z.union([z.string(), z.literal(false)]).optional(),
      steps: z.array(z.unknown()).optional(),
    }),
  ),
});
const workflowShape = z.object({
  jobs: z.record(z.string(), z.object({ steps: z.array(z.object({ run: z.string().optional() })) })),
});
const lockShape = z.object({
  packages: z.record(
    z.string(),
    z.object({ hasInstallScript: z.boolean().optional(), os: z.array(z.string()).optional() }),
  ),
});
const scriptsShape = z.object({ allowScripts: z.record(z.string(), z.boolean()) });

function read(folder: string, file: string): string {
  return readFileSync(join(folder, file), 'utf8');
}

const generated = filesShape.parse(JSON.parse(read(ROOT, '.projen/files.json'))).files;
const workflows = generated.filter((file) => file.startsWith('.github/workflows/'));

test('the committed files are what npx projen writes', () => {
  const folder = mkdtempSync(join(tmpdir(), 'generated-'));
  try {
    for (const given of ['.projenrc.ts', 'projenrc', 'src', 'package.json', 'tsconfig.json', 'tsconfig.dev.json']) {
      cpSync(join(ROOT, given), join(folder, given), { recursive: true });
    }
    symlinkSync(join(ROOT, 'node_modules'), join(folder, 'node_modules'));
    execFileSync(process.execPath, [join(ROOT, 'node_modules/tsx/dist/cli.mjs'), '.projenrc.ts'], {
      cwd: folder,
      env: { ...process.env, PROJEN_DISABLE_POST: 'true' },
      stdio: 'pipe',
    });
    expect(workflows).toHaveLength(6);
    expect(filesShape.parse(JSON.parse(read(folder, '.projen/files.json'))).files).toEqual(generated);
    expect(generated.filter((file) => read(folder, file) !== read(ROOT, file))).toEqual([]);
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
});

test('the menu of npx projen --help describes every task in it, and no task passes the guards of deploy', () => {
  const { tasks } = menuShape.parse(JSON.parse(read(ROOT, '.projen/tasks.json')));
  const listed = Object.entries(tasks).filter(([, { description }]) => description !== false);
  expect(listed.filter(([, { description = '' }]) => String(description).length < 10)).toEqual([]);
  const names = listed.map(([name]) => name);
  expect(names).toEqual(
    expect.arrayContaining(['build', 'demo', 'deploy', 'diff', 'local', 'test', 'test:stage', 'test:tools']),
  );
  expect(names.filter((name) => /^(bundle|deploy:|watch)/.test(name))).toEqual([]);
  const commands = Object.values(tasks).map((task) => JSON.stringify(task.steps ?? []));
  expect(commands.filter((steps) => /"cdk","(deploy|watch|destroy)"|hotswap/.test(steps))).toEqual([]);
});

test('every task that a workflow calls is there', () => {
  const { tasks } = tasksShape.parse(JSON.parse(read(ROOT, '.projen/tasks.json')));
  const steps = workflows
    .flatMap((file) => Object.values(workflowShape.parse(parse(read(ROOT, file))).jobs))
    .flatMap((job) => job.steps);
  const called = new Set(steps.flatMap(({ run = '' }) => /^npx projen ([\w:-]+)/.exec(run)?.[1] ?? []));
  expect([...called]).toEqual(expect.arrayContaining(['build', 'e2e', 'pipeline', 'smoke', 'synth:silent']));
  for (const task of called) expect(Object.keys(tasks)).toContain(task);
});

test('each package with a script of installation is known, and none of them runs', () => {
  const locked = lockShape.parse(JSON.parse(read(ROOT, 'package-lock.json'))).packages;
  const withScripts = Object.entries(locked)
    .filter(([path, { hasInstallScript, os }]) => path !== '' && hasInstallScript === true && os === undefined)
    .map(([path]) => path.replace(/^.*node_modules\//, ''));
  const { allowScripts } = scriptsShape.parse(JSON.parse(read(ROOT, 'package.json')));
  expect(Object.keys(allowScripts).sort()).toEqual([...new Set(withScripts)].sort());
  expect(new Set(Object.values(allowScripts))).toEqual(new Set([false]));
});
