import { commentOnPullRequest } from '../../../../tools/delivery-steps/github/pull-request-comment';
import { localGitHub } from './local-github';

const GRANTS = { 'contents': 'read', 'pull-requests': 'write' };

test('a second comment replaces the first, and leaves those of others', async () => {
  const { state, github } = await localGitHub(GRANTS);
  state.comments.push({ id: 1, issue: 7, body: 'Looks good' });
  await commentOnPullRequest(github, '7', 'one table is replaced');
  await commentOnPullRequest(github, '7', 'no difference');
  await commentOnPullRequest(github, '8', 'another pull request');
  expect(state.comments.map(({ issue, body }) => [issue, body.split('\n').at(-1)])).toEqual([
    [7, 'Looks good'],
    [7, 'no difference'],
    [8, 'another pull request'],
  ]);
});

test('its own comment is found behind a hundred others', async () => {
  const { state, github } = await localGitHub(GRANTS);
  for (let id = 1; id <= 120; id += 1) state.comments.push({ id, issue: 7, body: 'chat' });
  await commentOnPullRequest(github, '7', 'first');
  await commentOnPullRequest(github, '7', 'second');
  expect(state.comments).toHaveLength(121);
});

test('a text that GitHub would refuse for its length is cut with a word of where the rest is', async () => {
  const { state, github } = await localGitHub(GRANTS);
  await commentOnPullRequest(github, '7', 'x'.repeat(70_000));
  expect(state.comments[0]?.body).toHaveLength(65_536);
  expect(state.comments[0]?.body).toMatch(/The rest is too long for GitHub: see the summary of the job\.$/);
});

test('a number that is none goes nowhere', async () => {
  const { state, github } = await localGitHub(GRANTS);
  await expect(commentOnPullRequest(github, '7/../../8', 'text')).rejects.toThrow('is not a number');
  expect(state.comments).toEqual([]);
});

test('a token that may only read, as a fork has it, is one sentence', async () => {
  const { github } = await localGitHub({ 'contents': 'read', 'pull-requests': 'read' });
  await expect(commentOnPullRequest(github, '7', 'text')).rejects.toThrow(
    'Asking GitHub for POST /issues/7/comments failed with HTTP 403',
  );
});
