import { execFileSync } from 'node:child_process';
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { joinHistories, squashedCommits } from '../../../../tools/delivery-steps/github/squashed-release';
import { temporaryFolder } from '../temporary-folder';
import { COMMIT, localGitHub, ONE_COMMIT } from './local-github';

const IDENTITY = {
  ...process.env, GIT_CONFIG_GLOBAL: '/dev/null', GIT_CONFIG_NOSYSTEM: '1',
  GIT_AUTHOR_NAME: 'A', GIT_AUTHOR_EMAIL: 'a@example.com', GIT_COMMITTER_NAME: 'A', GIT_COMMITTER_EMAIL: 'a@example.com',
};

/** A clone whose branches develop and main begin with one commit. */
function clone() {
  const [origin, folder] = [temporaryFolder(), temporaryFolder()];
  const run = (line: string, cwd = folder) =>
    execFileSync('bash', ['-e', '-c', line], { cwd, env: IDENTITY, stdio: ['ignore', 'pipe', 'pipe'] }).toString().trim();
  const commit = (text: string, file = 'stages.txt') => {
    writeFileSync(join(folder, file), text);
    run(`git add --all && git commit --quiet --message '${file}' && git push --quiet origin HEAD`);
  };
  run('git init --quiet --bare --initial-branch main', origin);
  run(`git clone --quiet '${origin}' . && git switch --quiet --create main`);
  commit('rate: 10\n');
  run('git switch --quiet --create develop && git push --quiet origin develop');
  return { run, commit, text: () => readFileSync(join(folder, 'stages.txt'), 'utf8') };
}

/** Main as after a pull request from develop that was merged by a squash, and develop with its next change. */
function afterSquash(repository: ReturnType<typeof clone>) {
  const { run, commit } = repository;
  commit('rate: 20\n');
  run("git switch --quiet main && git merge --quiet --squash develop && git commit --quiet --message 'Release 1' && git push --quiet origin main");
  run('git switch --quiet develop');
  commit('rate: 30\n');
}

test('the release after a squash conflicts, and the commands that are printed bring the branches together for good', () => {
  const repository = clone();
  const { run, commit, text } = repository;
  afterSquash(repository);
  expect(() => run('git switch --quiet main && git merge --quiet develop')).toThrow();
  run('git merge --abort');
  for (const line of joinHistories({ release: 'main', delivery: 'develop' })) run(line);
  run('git switch --quiet develop && git merge --quiet --no-ff join-main');
  expect(text()).toBe('rate: 30\n');
  run('git switch --quiet main && git merge --quiet --no-ff develop');
  expect(run('git rev-parse main^{tree}')).toBe(run('git rev-parse develop^{tree}'));
  // And the next release of the same line goes as it should.
  run('git switch --quiet develop');
  commit('rate: 40\n');
  run('git switch --quiet main && git merge --quiet --no-ff develop');
  expect(run('git rev-parse main^{tree}')).toBe(run('git rev-parse develop^{tree}'));
});

test('a change that was made on main alone is not lost on the way', () => {
  const repository = clone();
  const { run, commit } = repository;
  afterSquash(repository);
  run('git switch --quiet main');
  commit('mended\n', 'hotfix.txt');
  for (const line of joinHistories({ release: 'main', delivery: 'develop' })) run(line);
  expect(run('git show join-main:hotfix.txt')).toBe('mended');
});

test('merges are no squashes', async () => {
  const { github } = await localGitHub(undefined, {
    ...ONE_COMMIT, beyond: async () => Promise.resolve([{ sha: 'a'.repeat(40), parents: 2 }]),
  });
  await expect(squashedCommits(github, { release: 'main', delivery: 'develop', commit: COMMIT })).resolves.toEqual([]);
});
