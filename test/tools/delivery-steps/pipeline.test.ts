import { spawnSync } from 'node:child_process';
import { resolve } from 'node:path';

/** The entry as its Projen task starts it. */
function pipeline(words: readonly string[], variables: Readonly<Record<string, string>> = {}) {
  const { PATH = '', HOME = '' } = process.env;
  return spawnSync('node_modules/.bin/tsx', [resolve('tools/delivery-steps/pipeline.ts'), ...words], {
    encoding: 'utf8',
    env: { PATH, HOME, ...variables },
  });
}

test('a fault is one sentence on standard error and exit code 1', () => {
  const { status, stdout, stderr } = pipeline([
    'settings',
    '--stage',
    'dev',
    '--account-variable',
    'AWS_ACCOUNT_DEV',
    '--repository',
    'a/b',
    '--account',
    '12%\n34',
  ]);
  expect([status, stdout]).toEqual([1, '']);
  expect(stderr).toBe(
    'Reaching the stage dev failed: the repository variable AWS_ACCOUNT_DEV is not an AWS account number, which has '
      + 'twelve digits. Correct it under Settings, Secrets and variables, Actions, Variables.\n',
  );
});

test('on GitHub the sentence is also shown on the run\'s page, in one line', () => {
  const { status, stdout } = pipeline(['no\nsuch%step'], { GITHUB_ACTIONS: 'true' });
  expect(status).toBe(1);
  expect(stdout).toMatch(/^::error::Running the pipeline step "no%0Asuch%25step" failed: .*\n$/);
});
