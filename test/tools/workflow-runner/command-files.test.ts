import { appendFile } from 'node:fs/promises';
import { CommandFiles } from '../../../tools/workflow-runner/command-files';
import { temporaryFolder } from '../delivery-steps/temporary-folder';

async function files(text: string): Promise<CommandFiles> {
  const made = await CommandFiles.in(temporaryFolder());
  await appendFile(made.environment.GITHUB_OUTPUT ?? '', text);
  return made;
}

test('values of one line and of several are read, the last of a name counts', async () => {
  const { outputs } = await files('digest=abc\nurl=https://x?a=b\n\nnote<<END\none\ntwo=2\nEND\ndigest=def\n').then(
    async (made) => ({ outputs: await made.outputs() }),
  );
  expect(outputs).toEqual({ digest: 'def', url: 'https://x?a=b', note: 'one\ntwo=2' });
});

test('nothing written is nothing read', async () => {
  const made = await files('');
  expect([await made.outputs(), await made.exported(), await made.summary()]).toEqual([{}, {}, '']);
});

test('a line that is not an assignment, and a value without an end, are errors', async () => {
  await expect((await files('just words\n')).outputs()).rejects.toThrow('failed at "just words"');
  await expect((await files('note<<END\none\n')).outputs()).rejects.toThrow(
    'the line END that ends a value is missing',
  );
});
