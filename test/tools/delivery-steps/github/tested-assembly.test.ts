import { findTested } from '../../../../tools/delivery-steps/github/tested-assembly';
import { addRun, COMMIT, DIGEST, localGitHub, ONE_COMMIT, TREE } from './local-github';

const QUERY = {
  tree: TREE, workflow: 'deliver.yml', branch: 'develop', environments: ['dev'], commit: COMMIT, release: 'main',
};
const OTHER_TREE = 'b'.repeat(40);

describe('the assembly that was tested for a tree', () => {
  test('is found by the tree, whatever ran before and after', async () => {
    const { state, github } = await localGitHub();
    await addRun(state, { tree: OTHER_TREE }, [`tested-${OTHER_TREE}-${DIGEST}`]);
    const run = await addRun(state, {}, ['assembly', `tested-${TREE}-${DIGEST}`]);
    await addRun(state, { tree: OTHER_TREE }, [`tested-${OTHER_TREE}-${DIGEST}`]);
    await expect(findTested(github, QUERY)).resolves.toMatchObject({
      run: String(run.id),
      artifact: `tested-${TREE}-${DIGEST}`,
      tree: TREE,
      digest: DIGEST,
    });
  });

  test('is found beyond a hundred younger runs', async () => {
    const { state, github } = await localGitHub();
    const run = await addRun(state, {}, [`tested-${TREE}-${DIGEST}`]);
    for (let younger = 0; younger < 130; younger += 1) await addRun(state, { tree: OTHER_TREE });
    await expect(findTested(github, QUERY)).resolves.toMatchObject({ run: String(run.id) });
  });

  test.each([
    ['a workflow that only has the same artifact', { path: '.github/workflows/ci.yml' }],
    ['a branch that is not tested', { branch: 'feature' }],
    ['another event than a push', { event: 'workflow_dispatch' }],
  ])('is not taken from %s', async (_title, run) => {
    const { state, github } = await localGitHub();
    await addRun(state, run, [`tested-${TREE}-${DIGEST}`]);
    await expect(findTested(github, QUERY)).rejects.toThrow('deliver.yml never ran for it on develop');
  });

  test('is not taken from a run that failed, even if it kept one', async () => {
    const { state, github } = await localGitHub();
    await addRun(state, { conclusion: 'failure' }, [`tested-${TREE}-${DIGEST}`]);
    await expect(findTested(github, QUERY)).rejects.toThrow('ended as failure');
  });

  test('is not one whose name says another tree than its run', async () => {
    const { state, github } = await localGitHub();
    await addRun(state, {}, [`tested-${OTHER_TREE}-${DIGEST}`]);
    await expect(findTested(github, QUERY)).rejects.toThrow('GitHub keeps its artifact no longer');
  });

  test.each([
    ['the run is not done', { conclusion: null }, 'still tests it. Run this job again'],
    ['the run failed', { conclusion: 'failure' as const }, 'ended as failure. Correct it on develop first'],
    ['the artifact is gone', {}, 'GitHub keeps its artifact no longer. Run that run again'],
  ])('is missing with the reason if %s', async (_title, run, reason) => {
    const { state, github } = await localGitHub();
    await addRun(state, run);
    await expect(findTested(github, QUERY)).rejects.toThrow(reason);
  });

  test('cannot be looked for by a job without the grant', async () => {
    const { github } = await localGitHub({ contents: 'read' });
    await expect(findTested(github, QUERY)).rejects.toThrow(/failed with HTTP 403: .*Check the job's permissions/);
  });

  test.each([
    ['of a commit that is not part of the branch', { sha: 'e'.repeat(40) }, undefined, 'is not part of develop'],
    ['that was never deployed to dev', {}, ['prod'], 'no successful deployment to the environment dev'],
  ])('is not taken from a run %s', async (_title, run, deployed, reason) => {
    const { state, github } = await localGitHub();
    await addRun(state, run, [`tested-${TREE}-${DIGEST}`], deployed);
    await expect(findTested(github, QUERY)).rejects.toThrow(reason);
  });

  test('is missing after a squash, with the commands that join the branches', async () => {
    const { github } = await localGitHub(undefined, {
      ...ONE_COMMIT, beyond: async () => Promise.resolve([{ sha: '1234567890', parents: 1 }, { sha: 'f'.repeat(40), parents: 2 }]),
    });
    await expect(findTested(github, QUERY)).rejects.toThrow(
      /main has commits that develop has not \(1234567\), as a squash.*`git switch --create join-main origin\/develop`/);
  });
});
