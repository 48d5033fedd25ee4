import { spawnSync } from 'node:child_process';
import {
  chmodSync,
  cpSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

const ROOT = join(__dirname, '../..');

/** What people type and a second shell would read again. */
const HOSTILE = [
  '--reason',
  'the position is filled',
  'filled;touch executed',
  'costs$SECRET_TOKEN',
  '$(touch executed)',
  '`touch executed`',
  "don't",
  '"quoted"',
  'a|b',
  '#be39',
  '*',
  '~',
  '\\',
  'a\nb',
  '',
  '<in',
  '>executed',
  '&& touch executed',
  '{a,b}',
  'ä€😀',
];

interface Step {
  readonly exec?: string;
  readonly execArgs?: readonly string[];
  readonly receiveArgs?: boolean;
}

const TASKS = Object.entries<{ readonly steps?: readonly Step[] }>(
  JSON.parse(readFileSync(join(ROOT, '.projen/tasks.json'), 'utf8')).tasks,
);
const receiving = TASKS.flatMap(([name, { steps = [] }]) =>
  steps.filter(({ receiveArgs }) => receiveArgs).map((step) => ({ name, step })),
);

test('no task has a second shell read the arguments that it is given', () => {
  expect(receiving.map(({ name }) => name)).toEqual(
    expect.arrayContaining(['engine', 'demo', 'local', 'e2e', 'smoke', 'adopt', 'deploy', 'test']),
  );
  expect(receiving.filter(({ step }) => step.execArgs === undefined)).toEqual([]);
});

describe('the real `npx projen`', () => {
  const folder = mkdtempSync(join(tmpdir(), 'typed-arguments-'));
  const recorder =
    '#!/usr/bin/env node\nrequire("node:fs").writeFileSync("received.json", JSON.stringify(process.argv.slice(2)));\n';

  beforeAll(() => {
    cpSync(join(ROOT, '.projen/tasks.json'), join(folder, '.projen/tasks.json'));
    writeFileSync(join(folder, 'package.json'), '{}');
    mkdirSync(join(folder, 'bin'));
    writeFileSync(join(folder, 'bin/engine.mjs'), recorder.replace('require("node:fs")', '(await import("node:fs"))'));
    mkdirSync(join(folder, 'node_modules/.bin'), { recursive: true });
    symlinkSync(join(ROOT, 'node_modules/projen'), join(folder, 'node_modules/projen'));
    symlinkSync('../projen/bin/projen', join(folder, 'node_modules/.bin/projen'));
    writeFileSync(join(folder, 'node_modules/.bin/tsx'), recorder);
    chmodSync(join(folder, 'node_modules/.bin/tsx'), 0o755);
  });
  afterAll(() => rmSync(folder, { recursive: true }));

  test.each(['engine', 'smoke', 'rehearse'])('%s hands arguments on exactly as they were typed', (task) => {
    const { status, stderr } = spawnSync('npx', ['projen', task, '--', ...HOSTILE], {
      cwd: folder, encoding: 'utf8', env: { ...process.env, SECRET_TOKEN: 'secret' },
    });
    expect({ status, stderr }).toMatchObject({ status: 0 });
    const received = JSON.parse(readFileSync(join(folder, 'received.json'), 'utf8'));
    expect(received.slice(-HOSTILE.length)).toEqual(HOSTILE);
    expect(existsSync(join(folder, 'executed'))).toBe(false);
    expect(readdirSync(folder).sort()).toEqual(['.projen', 'bin', 'node_modules', 'package.json', 'received.json']);
  });
});
