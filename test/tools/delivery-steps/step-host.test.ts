import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { hostFrom } from '../../../tools/delivery-steps/step-host';
import { temporaryFolder } from './temporary-folder';

function hostIn(folder: string, said: string[] = []) {
  return hostFrom(
    { GITHUB_OUTPUT: join(folder, 'output'), GITHUB_STEP_SUMMARY: join(folder, 'summary') },
    folder,
    (text) => said.push(text),
  );
}

test('outputs reach later steps and the log', async () => {
  const folder = temporaryFolder();
  const said: string[] = [];
  await hostIn(folder, said).putOut({ digest: 'abc', tree: 'def' });
  expect(readFileSync(join(folder, 'output'), 'utf8')).toBe('digest=abc\ntree=def\n');
  expect(said).toEqual(['digest=abc\n', 'tree=def\n']);
});

test('a value with a line break cannot declare an output of its own', async () => {
  await expect(hostIn(temporaryFolder()).putOut({ artifact: 'x\ndigest=forged' })).rejects.toThrow(
    'its value has a line break',
  );
});

test('summaries add up', async () => {
  const folder = temporaryFolder();
  await hostIn(folder).summarise('# One');
  await hostIn(folder).summarise('# Two');
  expect(readFileSync(join(folder, 'summary'), 'utf8')).toBe('# One\n# Two\n');
});

test('outside a workflow nothing is written', async () => {
  const said: string[] = [];
  const host = hostFrom({}, '/nowhere', (text) => said.push(text));
  await host.putOut({ digest: 'abc' });
  await host.summarise('# One');
  expect(said).toEqual(['digest=abc\n']);
});

test('asking GitHub without a token is one sentence', () => {
  expect(() => hostFrom({ GITHUB_REPOSITORY: 'example-org/engine' }, '/nowhere', () => undefined).github()).toThrow(
    'GITHUB_TOKEN or GITHUB_REPOSITORY is not set',
  );
  expect(
    hostFrom({ GITHUB_REPOSITORY: 'example-org/engine', GITHUB_TOKEN: 't' }, '/nowhere', () => undefined).github()
      .repository,
  ).toBe('example-org/engine');
});
