import { findLastReleased, findReleasedBy } from '../../../../tools/delivery-steps/github/released-assembly';
import { addRun, COMMIT, DIGEST, localGitHub, ONE_COMMIT, TREE } from './local-github';

const QUERY = { stage: 'prod', branch: 'main', environment: 'prod' };
const PROMOTE = { path: '.github/workflows/promote.yml', branch: 'main' };
const ROLLBACK = { path: '.github/workflows/rollback.yml', branch: 'main', event: 'workflow_dispatch' };
const RELEASE = `released-prod-${TREE}-${DIGEST}`;

/** Artifacts are ordered by when they were stored, in milliseconds. */
async function laterThanBefore(): Promise<void> {
  await new Promise((over) => { setTimeout(over, 20); });
}

describe('the last release of a stage', () => {
  test('is none before the first', async () => {
    const { state, github } = await localGitHub();
    await addRun(state, PROMOTE);
    await expect(findLastReleased(github, QUERY)).resolves.toBeUndefined();
  });

  test('is of the youngest run that released to this stage, even if the run failed at another', async () => {
    const { state, github } = await localGitHub();
    await addRun(state, PROMOTE, [RELEASE]);
    const last = await addRun(state, { ...PROMOTE, conclusion: 'failure' }, [
      `released-prod-${TREE}-${'e'.repeat(64)}`,
    ]);
    await addRun(state, PROMOTE, [`released-staging-${TREE}-${DIGEST}`]);
    await expect(findLastReleased(github, QUERY)).resolves.toMatchObject({
      run: String(last.id),
      digest: 'e'.repeat(64),
    });
  });

  test('is a rollback\'s, if that came later', async () => {
    const { state, github } = await localGitHub();
    const rollback = { ...ROLLBACK, id: 50 };
    await addRun(state, { ...PROMOTE, id: 60 }, [RELEASE]);
    await laterThanBefore();
    await addRun(state, rollback, [`released-prod-${TREE}-${'e'.repeat(64)}`]);
    await expect(findLastReleased(github, QUERY)).resolves.toMatchObject({ run: '50' });
  });
});

describe('what a run released', () => {
  test('is found by the run\'s number', async () => {
    const { state, github } = await localGitHub();
    const run = await addRun(state, PROMOTE, [RELEASE]);
    await addRun(state, PROMOTE, [RELEASE]);
    await expect(findReleasedBy(github, String(run.id), QUERY)).resolves.toMatchObject({
      run: String(run.id),
      artifact: RELEASE,
    });
  });

  test.each([
    ['no number', '12; rm -rf /', 'that is not the number of a run'],
    ['a number that no run has', '999999', 'no such run exists'],
  ])('is refused for %s', async (_title, run, reason) => {
    const { github } = await localGitHub();
    await expect(findReleasedBy(github, run, QUERY)).rejects.toThrow(reason);
  });

  test.each([
    ['a run of checks', { path: '.github/workflows/ci.yml', branch: 'main' }],
    ['a run on another branch', { ...PROMOTE, branch: 'feature' }],
    ['a run of a pull request', { ...PROMOTE, event: 'pull_request' }],
  ])('is refused for %s, whatever it keeps', async (_title, run) => {
    const { state, github } = await localGitHub();
    const { id } = await addRun(state, run, [RELEASE]);
    await expect(findReleasedBy(github, String(id), QUERY)).rejects.toThrow(
      'it is not a run of promote or rollback on main',
    );
    await expect(findLastReleased(github, QUERY)).resolves.toBeUndefined();
  });

  test('is refused for a run that released to another stage only', async () => {
    const { state, github } = await localGitHub();
    const { id } = await addRun(state, PROMOTE, [`released-staging-${TREE}-${DIGEST}`]);
    await expect(findReleasedBy(github, String(id), QUERY)).rejects.toThrow(
      'it released nothing to prod that GitHub still keeps',
    );
  });

  test('is refused for a stage that could not be one', async () => {
    const { state, github } = await localGitHub();
    const { id } = await addRun(state, PROMOTE, [RELEASE]);
    await expect(findReleasedBy(github, String(id), { ...QUERY, stage: '.*' })).rejects.toThrow(
      'is not the name of a stage',
    );
  });
});

describe('what only calls itself a release', () => {
  const FORGED = `released-prod-${TREE}-${'f'.repeat(64)}`;
  const failed = { jobs: [{ name: 'deploy-prod', status: 'completed' as const, conclusion: 'failure' as const }] };

  test.each([
    ['a run whose deployment failed', { conclusion: 'failure' as const, ...failed }, undefined, 'its job deploy-prod did not succeed'],
    ['a run that was cancelled', { conclusion: 'cancelled' as const, jobs: [] }, undefined, 'its job deploy-prod did not succeed'],
    ['a commit that is not part of the branch, as of a tag of its name', { sha: 'e'.repeat(40) }, undefined, 'is not part of main'],
    ['a run that deployed to no environment', {}, [], 'no successful deployment to the environment prod'],
    ['a run that deployed to another environment', {}, ['staging'], 'no successful deployment to the environment prod'],
  ])('%s is passed over, and refused by its number', async (_title, run, deployed, reason) => {
    const { state, github } = await localGitHub();
    const real = await addRun(state, PROMOTE, [RELEASE]);
    await laterThanBefore();
    const { id } = await addRun(state, { ...PROMOTE, ...run }, [FORGED], deployed);
    await expect(findLastReleased(github, QUERY)).resolves.toMatchObject({ run: String(real.id) });
    await expect(findReleasedBy(github, String(id), QUERY)).rejects.toThrow(reason);
  });

  test('a deployment of another run of the same commit does not count', async () => {
    const { state, github } = await localGitHub();
    const { id } = await addRun(state, PROMOTE, [RELEASE], []);
    state.deployments.push({ run: id * 10, environment: 'prod', sha: COMMIT, state: 'success' });
    await expect(findLastReleased(github, QUERY)).resolves.toBeUndefined();
  });

  test('an earlier commit of the branch counts', async () => {
    const { state, github } = await localGitHub(undefined, {
      ...ONE_COMMIT, isAncestor: async (commit, of) => Promise.resolve(commit.startsWith('1') && of === COMMIT),
    });
    const { id } = await addRun(state, { ...PROMOTE, sha: '1'.repeat(40) }, [RELEASE]);
    await expect(findLastReleased(github, QUERY)).resolves.toMatchObject({ run: String(id) });
  });
});
