import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { basename, join, resolve } from 'node:path';
import type { Linter } from 'eslint';
import { LegacyESLint } from 'eslint/use-at-your-own-risk';

const ROOT = resolve(__dirname, '../..');

interface LintConfiguration {
  readonly parser: string;
  readonly settings: Linter.BaseConfig['settings'];
  readonly rules: Readonly<Record<string, Linter.RuleEntry>>;
}

const committed: LintConfiguration = JSON.parse(
  readFileSync(join(ROOT, '.eslintrc.json'), 'utf8').replace(/^\/\/.*$/gm, ''),
);

/** One rule about imports as it is committed; the rules that need types stay away. */
function lintWith(rule: string): LegacyESLint {
  return new LegacyESLint({
    cwd: ROOT,
    useEslintrc: false,
    baseConfig: {
      root: true,
      parser: committed.parser,
      parserOptions: { sourceType: 'module' },
      plugins: ['import'],
      settings: committed.settings,
      rules: { [rule]: committed.rules[rule] },
    },
  });
}

const lint = lintWith('import/no-restricted-paths');

/** What lint says of a file with this text. */
async function findings(file: string, text: string): Promise<ReadonlyArray<readonly [string | null, string]>> {
  const [result] = await lint.lintText(text, { filePath: join(ROOT, file) });
  return (result?.messages ?? []).map(({ ruleId, message }) => [ruleId, message]);
}

const path = (words: string) => [['import/no-restricted-paths', expect.stringContaining(words)]];

test.each([
  ['src/core/planted.ts', '../router/accept', 'src/core may import nothing of ours'],
  ['src/core/planted.ts', '../../tools/local-stage/local-stage', 'src ships'],
  ['src/core/planted.ts', '../../test/support/turns', 'src ships'],
  ['src/main.ts', '../tools/local-stage/local-stage', 'src ships'],
  ['src/router/planted.ts', '../processor/process-message', 'src/router may import only core'],
  ['src/infra/planted.ts', '../handlers/channel-router.lambda', 'only the generated *-function.ts'],
  ['src/core/planted.ts', 'openai', 'the model SDK lives in src/ai'],
  ['src/core/planted.ts', 'zod', 'imports zod/mini'],
  ['src/router/planted.ts', '@aws-sdk/client-sqs', 'the AWS SDK lives in'],
  ['src/router/planted.ts', '@aws-lambda-powertools/parameters/secrets', 'the AWS SDK lives in'],
  ['src/records/planted.ts', '@aws-lambda-powertools/logger', 'Powertools is wired in'],
  ['src/handlers/planted.ts', 'aws-cdk-lib/aws-sqs', 'CDK lives in'],
  ['tools/embedded-aws/planted.ts', '../../src/core/names', 'tools/embedded-aws may import nothing of src'],
  ['tools/embedded-aws/planted.ts', '../local-stage/local-stage', 'tools/embedded-aws may import nothing of src'],
])('%s may not import %s', async (file, imported, words) => {
  expect(await findings(file, `import * as planted from '${imported}';\nexport const use = planted;\n`)).toEqual(
    path(words),
  );
});

test.each([
  ['src/router/planted.ts', '../core/names'],
  ['src/core/planted.ts', 'zod/mini'],
  ['src/ai/planted.ts', 'openai'],
  ['src/records/planted.ts', '@aws-sdk/client-dynamodb'],
  ['src/infra/planted.ts', '../handlers/channel-router-function'],
  ['tools/adoption/planted.ts', '../local-stage/local-stage'],
  ['tools/adoption/planted.ts', '../../src/core/names'],
])('%s may import %s', async (file, imported) => {
  expect(await findings(file, `import * as planted from '${imported}';\nexport const use = planted;\n`)).toEqual([]);
});

test('a cycle is found', async () => {
  const folder = mkdtempSync(join(tmpdir(), 'cycle-'));
  try {
    const files = { one: 'two', two: 'three', three: 'one', apart: 'one' };
    for (const [name, imported] of Object.entries(files)) {
      const text = `import { ${imported} } from './${imported}';\nexport const ${name} = () => ${imported};\n`;
      writeFileSync(join(folder, `${name}.ts`), text);
    }
    const results = await lintWith('import/no-cycle').lintFiles(
      Object.keys(files).map((name) => join(folder, `${name}.ts`)),
    );
    const found = results.map(({ filePath, messages }) => [
      basename(filePath, '.ts'),
      ...messages.map(({ ruleId }) => ruleId),
    ]);
    expect(found.sort()).toEqual([
      ['apart'], ['one', 'import/no-cycle'], ['three', 'import/no-cycle'], ['two', 'import/no-cycle'],
    ]);
  } finally {
    rmSync(folder, { recursive: true });
  }
});

test('every folder of src is in the table', () => {
  const folders = readdirSync(join(ROOT, 'src'), { withFileTypes: true }).filter((entry) => entry.isDirectory());
  const zones = JSON.stringify(committed.rules['import/no-restricted-paths']);
  expect(folders.map(({ name }) => name).filter((name) => !zones.includes(`"target":"./src/${name}"`))).toEqual([]);
});
