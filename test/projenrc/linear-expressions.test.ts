import { execFile } from 'node:child_process';
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join, resolve } from 'node:path';
import type { ESLint, Linter } from 'eslint';

const ROOT = resolve(__dirname, '../..');

interface LintConfiguration {
  readonly parser: string;
  readonly overrides: ReadonlyArray<Linter.ConfigOverride>;
}

const committed: LintConfiguration = JSON.parse(
  readFileSync(join(ROOT, '.eslintrc.json'), 'utf8').replace(/^\/\/.*$/gm, ''),
);

/** The committed rules on regular expressions, and no others. */
const CONFIGURATION = {
  root: true,
  parser: require.resolve(committed.parser),
  parserOptions: { sourceType: 'module', ecmaVersion: 2022 },
  plugins: ['regexp'],
  overrides: committed.overrides.filter(({ rules = {} }) =>
    Object.keys(rules).some((rule) => rule.startsWith('regexp/'))),
};

/** The rules that each planted expression breaks, by file. Its own process, since the plugin is an ES module. */
async function lint(planted: Readonly<Record<string, string>>): Promise<ReadonlyMap<string, readonly unknown[]>> {
  const folder = mkdtempSync(join(tmpdir(), 'expressions-'));
  try {
    for (const [file, expression] of Object.entries(planted)) {
      mkdirSync(dirname(join(folder, file)), { recursive: true });
      writeFileSync(join(folder, file), `export const planted = ${expression};\n`);
    }
    writeFileSync(join(folder, 'rules.json'), JSON.stringify(CONFIGURATION));
    const words = ['--no-eslintrc', '-c', 'rules.json', '--ext', '.ts', '--format', 'json',
      '--resolve-plugins-relative-to', ROOT, '.'];
    const output = await new Promise<string>((ended) => {
      execFile(process.execPath, [join(ROOT, 'node_modules/eslint/bin/eslint.js'), ...words], {
        cwd: folder, env: { ...process.env, ESLINT_USE_FLAT_CONFIG: 'false', NODE_NO_WARNINGS: '1' },
      }, (_error, stdout, stderr) => { ended(stdout || stderr); });
    });
    const results: readonly ESLint.LintResult[] = JSON.parse(output);
    return new Map(results.map(({ filePath, messages }) =>
      [filePath.slice(filePath.indexOf(folder) + folder.length + 1), messages.map(({ ruleId }) => ruleId)]));
  } finally {
    rmSync(folder, { recursive: true });
  }
}

const BACKTRACKING = 'regexp/no-super-linear-backtracking';
const MOVE = 'regexp/no-super-linear-move';

test('lint refuses expressions that try again, wherever foreign texts are read, and no others', async () => {
  const found = await lint({
    // Each split of one text between two parts.
    'src/proof/address.ts': '/^[^\\s@]+@[^\\s@]+\\.[^\\s@]+$/',
    'src/router/repeated.ts': '/^(?:a+)+$/',
    // Each start of a run.
    'src/receipts/run.ts': '/!+$/',
    'src/core/marks.ts': '/[.,;]+$/u',
    'tools/delivery-steps/github/answer.ts': '/\\s+$/',
    'src/proof/linear.ts': '/^[^\\s@]+@[^\\s@][^\\s@.]*\\.[^\\s@]+$/',
    'test/own-texts.ts': '/\\s+$/',
  });
  expect(Object.fromEntries(found)).toEqual({
    'src/proof/address.ts': [BACKTRACKING],
    'src/router/repeated.ts': [BACKTRACKING],
    'src/receipts/run.ts': [MOVE],
    'src/core/marks.ts': [MOVE],
    'tools/delivery-steps/github/answer.ts': [MOVE],
    'src/proof/linear.ts': [],
    'test/own-texts.ts': [],
  });
});
