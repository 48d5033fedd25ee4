import { spawnSync } from 'node:child_process';
import { cpSync, existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';

/** Long, since the whole tree is copied, generated and type-checked; it depends on nothing else of the machine. */
const LONGEST_MILLISECONDS = 15 * 60_000;

const PAGE = 'docs/adding-a-channel.md';
/** What `npx projen` and `npx projen openapi` write. */
const GENERATED = [
  '.eslintrc.json',
  '.gitattributes',
  '.gitignore',
  '.npmignore',
  '.projen/files.json',
  '.projen/tasks.json',
  'docs/openapi.json',
  'package.json',
  'src/client/api-types.ts',
  'src/handlers/telegram-channel-processor-function.ts',
  'src/reader/api-document.ts',
];

interface Block {
  readonly file: string;
  readonly kind: 'ts' | 'diff';
  readonly text: string;
}

/** Each block of code belongs to the last file that the page names before it. */
function blocksOf(page: string): readonly Block[] {
  return [...page.matchAll(/```(ts|diff)\n([\s\S]*?)```/g)].map(({ index, 1: kind, 2: text = '' }) => {
    const file = [...page.slice(0, index).matchAll(/`((?:src|tools|test)\/[\w./-]+\.ts)`/g)].at(-1)?.[1] ?? '';
    return { file, kind: kind === 'ts' ? 'ts' : 'diff', text };
  });
}

/** Each line that goes stands in the file once; the lines after it come in its place. */
function applied(before: string, diff: string): string {
  return diff.split(/^(?=-)/m).reduce((text, change) => {
    const [old = '', ...rest] = change.trimEnd().split('\n');
    const line = `${old.slice(1)}\n`;
    expect({ line, times: text.split(line).length - 1 }).toEqual({ line, times: 1 });
    return text.replace(line, () => rest.map((added) => `${added.slice(1)}\n`).join(''));
  }, before);
}

describe('the page on adding a channel', () => {
  const copy = mkdtempSync(join(tmpdir(), 'added-channel-'));
  const run = (command: string, ...args: readonly string[]) => {
    const { status, stdout, stderr } = spawnSync(command, args, {
      cwd: copy,
      encoding: 'utf8',
      env: { ...process.env, CI: '', NODE_OPTIONS: '' },
    });
    return { status, said: status === 0 ? '' : `${stdout}${stderr}`.slice(-4000) };
  };
  const done = { status: 0, said: '' };

  beforeAll(() => {
    const listed = spawnSync('git', ['ls-files', '--cached', '--others', '--exclude-standard'], { encoding: 'utf8' });
    for (const file of listed.stdout.split('\n').filter((name) => name !== '' && existsSync(name))) {
      mkdirSync(dirname(join(copy, file)), { recursive: true });
      cpSync(file, join(copy, file));
    }
    symlinkSync(join(process.cwd(), 'node_modules'), join(copy, 'node_modules'));
    for (const args of [
      ['init', '--quiet'],
      ['add', '--all'],
      ['-c', 'user.name=test', '-c', 'user.email=test@example.com', 'commit', '--quiet', '-m', 'before'],
    ]) {
      expect(run('git', ...args)).toEqual(done);
    }
  }, LONGEST_MILLISECONDS);

  afterAll(() => { rmSync(copy, { recursive: true }); });

  test('adds one, and names every file that has to be touched', () => {
    const blocks = blocksOf(readFileSync(PAGE, 'utf8'));
    for (const { file, kind, text } of blocks) {
      const path = join(copy, file);
      mkdirSync(dirname(path), { recursive: true });
      expect([file, existsSync(path)]).toEqual([file, kind === 'diff']);
      writeFileSync(path, kind === 'ts' ? text : applied(readFileSync(path, 'utf8'), text));
    }
    // Projen itself, without its installation of packages.
    expect(run('npx', 'tsx', '.projenrc.ts')).toEqual(done);
    expect(run('npx', 'projen', 'openapi')).toEqual(done);

    const ours = {
      extends: './tsconfig.dev.json',
      include: ['src/**/*.ts', 'tools/**/*.ts', 'test/core/channels/telegram.test.ts'],
    };
    writeFileSync(join(copy, 'tsconfig.added.json'), JSON.stringify(ours));
    expect(run('npx', 'tsc', '--project', 'tsconfig.added.json', '--noEmit', '--incremental', 'false')).toEqual(done);
    rmSync(join(copy, 'tsconfig.added.json'));
    expect(
      run(
        'npx',
        'jest',
        '--coverage=false',
        '--selectProjects',
        'unit',
        '--testPathPatterns',
        'telegram|core/company/company|core/names|openapi',
      ),
    ).toEqual(done);

    const { stdout } = spawnSync('git', ['status', '--porcelain', '--untracked-files=all'], {
      cwd: copy,
      encoding: 'utf8',
    });
    const touched = stdout
      .split('\n')
      .map((line) => line.slice(3))
      .filter((name) => !['', 'node_modules', ...GENERATED].includes(name));
    expect(touched.sort()).toEqual([...new Set(blocks.map(({ file }) => file))].sort());
  }, LONGEST_MILLISECONDS);
});
