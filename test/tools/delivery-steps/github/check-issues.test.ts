import { keepOneIssueEach } from '../../../../tools/delivery-steps/github/check-issues';
import { hasMark } from '../../../../tools/delivery-steps/github/marked-text';
import type { CheckReport } from '../../../../tools/delivery-steps/nightly/check-report';
import { localGitHub } from './local-github';

const GRANTS = { issues: 'write' };

function drift(state: CheckReport['state'], body = 'The queue differs.'): ReadonlyMap<string, CheckReport> {
  return new Map([['drift-dev', { title: 'Stage dev differs from its stack', state, body }]]);
}

test('a finding of several nights is one issue, brought up to date', async () => {
  const { state, github } = await localGitHub(GRANTS);
  await expect(keepOneIssueEach(github, drift('found'))).resolves.toEqual(['drift-dev: opened an issue']);
  await expect(keepOneIssueEach(github, drift('found', 'Two queues differ.'))).resolves.toEqual([
    'drift-dev: brought issue 1 up to date',
  ]);
  expect(state.issues).toHaveLength(1);
  expect(state.issues[0]).toMatchObject({
    title: 'Stage dev differs from its stack',
    state: 'open',
    body: expect.stringContaining('Two queues differ.'),
  });
});

test('each check has an issue of its own', async () => {
  const { state, github } = await localGitHub(GRANTS);
  await keepOneIssueEach(
    github,
    new Map([...drift('found'), ['drift-prod', { title: 'Stage prod differs', state: 'found', body: 'x' }]]),
  );
  expect(state.issues.map(({ title }) => title)).toEqual(['Stage dev differs from its stack', 'Stage prod differs']);
});

test('an issue closes itself when all is well, and a new finding opens a new one', async () => {
  const { state, github } = await localGitHub(GRANTS);
  await keepOneIssueEach(github, drift('found'));
  await expect(keepOneIssueEach(github, drift('clean', 'As it should be.'))).resolves.toEqual([
    'drift-dev: clean again, closed issue 1',
  ]);
  expect(state.issues[0]).toMatchObject({ state: 'closed', body: expect.stringContaining('All is well again') });
  await keepOneIssueEach(github, drift('found'));
  expect(state.issues.map((issue) => issue.state)).toEqual(['closed', 'open']);
});

test('a check that could not look changes nothing', async () => {
  const { state, github } = await localGitHub(GRANTS);
  await keepOneIssueEach(github, drift('found'));
  await expect(keepOneIssueEach(github, drift('unknown', 'AccessDenied'))).resolves.toEqual([
    'drift-dev: could not look (AccessDenied)',
  ]);
  expect(state.issues).toHaveLength(1);
  expect(state.issues[0]?.state).toBe('open');
});

test('a clean check without an issue says so and writes nothing', async () => {
  const { state, github } = await localGitHub(GRANTS);
  await expect(keepOneIssueEach(github, drift('clean'))).resolves.toEqual(['drift-dev: clean']);
  expect(state.issues).toEqual([]);
});

test('an issue that quotes the mark is not taken for the check\'s own', async () => {
  const { state, github } = await localGitHub(GRANTS);
  state.issues.push({
    number: 1,
    title: 'About',
    body: 'I saw <!-- delivery-pipeline: drift-dev --> there',
    state: 'open',
  });
  await keepOneIssueEach(github, drift('found'));
  expect(state.issues).toHaveLength(2);
  expect(hasMark('drift-dev', state.issues[0]?.body)).toBe(false);
});
