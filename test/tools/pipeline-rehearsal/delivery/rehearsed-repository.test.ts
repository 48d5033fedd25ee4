import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { InjectedChange } from '../../../../tools/pipeline-rehearsal/delivery/rehearsed-repository';
import { RehearsedRepository } from '../../../../tools/pipeline-rehearsal/delivery/rehearsed-repository';
import { git, temporaryFolder, temporaryRepository, writeFiles } from '../../delivery-steps/temporary-folder';

async function repositoryOf(projectFolder: string): Promise<RehearsedRepository> {
  return RehearsedRepository.of({
    projectFolder,
    folder: temporaryFolder(),
    branches: ['develop', 'main'],
    path: process.env.PATH ?? '',
  });
}

const line = (file: string, text: string): InjectedChange => ({ file, change: (before) => `${before}${text}` });

test('it holds the project as it lies there, and the project stays as it is', async () => {
  const project = temporaryRepository({
    '.gitignore': 'ignored\n',
    'kept.txt': 'one',
    'gone.txt': 'x',
    'ignored': 'secret',
  });
  writeFiles(project, { 'kept.txt': 'two', 'folder/new.txt': 'new' });
  git(project, 'rm', '--quiet', 'gone.txt');
  const status = git(project, 'status', '--porcelain');
  const repository = await repositoryOf(project);
  expect(git(repository.folder, 'ls-tree', '-r', '--name-only', 'main').split('\n')).toEqual([
    '.gitignore',
    'folder/new.txt',
    'kept.txt',
  ]);
  expect(git(repository.folder, 'show', 'develop:kept.txt')).toBe('two');
  await repository.inject('develop', [line('kept.txt', ' injected')]);
  expect([readFileSync(join(project, 'kept.txt'), 'utf8'), git(project, 'status', '--porcelain')]).toEqual([
    'two',
    status,
  ]);
});

test('what is injected is on its branch alone until it is merged, and can be taken back', async () => {
  const repository = await repositoryOf(temporaryRepository({ 'a.txt': 'a' }));
  const [develop, main] = [await repository.head('develop'), await repository.tree('main')];
  await repository.inject('develop', [line('a.txt', '+'), line('made/b.txt', 'b')]);
  expect(await repository.tree('main')).toBe(main);
  await repository.merge('develop', 'main');
  expect(await repository.tree('main')).toBe(await repository.tree('develop'));
  await repository.reset('develop', develop);
  expect(await repository.tree('develop')).toBe(main);
});

test('a change that changes nothing is refused', async () => {
  const repository = await repositoryOf(temporaryRepository({ 'a.txt': 'a' }));
  await expect(repository.inject('develop', [line('a.txt', '')])).rejects.toThrow(
    'Injecting a change into a.txt failed',
  );
});

test('a folder that is not a checkout is refused', async () => {
  await expect(repositoryOf(temporaryFolder({ 'a.txt': 'a' }))).rejects.toThrow(
    'is not a git checkout. Clone the repository',
  );
});
