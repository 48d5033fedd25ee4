import { refuseChangedFiles, treeHash } from '../../../tools/delivery-steps/working-tree';
import { commit, git, temporaryRepository, writeFiles } from './temporary-folder';

test('a build that changed nothing passes', async () => {
  await expect(refuseChangedFiles(temporaryRepository({ 'package.json': '{}' }))).resolves.toBeUndefined();
});

test('a build that changed a file, or left a new one, is refused with their names and the way out', async () => {
  const folder = temporaryRepository({ '.github/workflows/promote.yml': 'jobs: {}' });
  writeFiles(folder, { '.github/workflows/promote.yml': 'jobs: { deploy: {} }', 'left.txt': 'x' });
  await expect(refuseChangedFiles(folder)).rejects.toThrow(
    'the build changed .github/workflows/promote.yml, left.txt. Run npx projen build, commit',
  );
});

test('of many changed files ten are named', async () => {
  const folder = temporaryRepository({ kept: '' });
  writeFiles(folder, Object.fromEntries(Array.from({ length: 12 }, (_nothing, index) => [`file-${index}`, ''])));
  await expect(refuseChangedFiles(folder)).rejects.toThrow('and 2 more files');
});

test('the same content has the same tree, whatever the history', async () => {
  const one = temporaryRepository({ 'code.ts': 'same' });
  const other = temporaryRepository({ 'code.ts': 'first' });
  writeFiles(other, { 'code.ts': 'same' });
  commit(other);
  expect(await treeHash(one)).toBe(await treeHash(other));
  expect(git(one, 'rev-parse', 'HEAD')).not.toBe(git(other, 'rev-parse', 'HEAD'));
});
