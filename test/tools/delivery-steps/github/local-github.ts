import { GitHubApi } from '../../../../tools/delivery-steps/github/api';
import { ArtifactStore } from '../../../../tools/workflow-runner/artifact-store';
import { startGitHubServer } from '../../../../tools/workflow-runner/hosting/github-server';
import type { HostedCommits, HostedRun } from '../../../../tools/workflow-runner/hosting/hosting-state';
import { HostingState } from '../../../../tools/workflow-runner/hosting/hosting-state';
import { temporaryFolder } from '../temporary-folder';

export const REPOSITORY = 'example-org/engine';
/** The commit of a run unless it says another one; it is the last of each branch. */
export const COMMIT = 'c'.repeat(40);
export const TREE = 'a'.repeat(40);
export const DIGEST = 'd'.repeat(64);

const stops: Array<() => Promise<void>> = [];

afterEach(async () => {
  await Promise.all(stops.splice(0).map(async (stop) => stop()));
});

/** Every branch ends with the one commit, whose only ancestor is it itself. */
export const ONE_COMMIT: HostedCommits = {
  head: async (branch) => Promise.resolve(/^[0-9a-f]{40}$/.test(branch) ? undefined : COMMIT),
  isAncestor: async (commit, of) => Promise.resolve(commit === of),
  beyond: async () => Promise.resolve([]),
};

/** GitHub on loopback with nothing in it, and the API as a job with these grants sees it. */
export async function localGitHub(
  grants: Readonly<Record<string, string>> = { actions: 'read', contents: 'read', deployments: 'read' },
  commits: HostedCommits = ONE_COMMIT,
): Promise<{ readonly state: HostingState; readonly github: GitHubApi }> {
  const state = new HostingState(REPOSITORY, new ArtifactStore(temporaryFolder()), commits);
  const server = await startGitHubServer(state);
  stops.push(async () => server.stop());
  return {
    state,
    github: new GitHubApi({ url: server.url, repository: REPOSITORY, token: state.issueToken(grants), fetch }),
  };
}

const ENVIRONMENTS = ['dev', 'staging', 'prod'];

/** Adds a run that keeps these artifacts and, unless it is said, has deployed to every environment. */
export async function addRun(
  state: HostingState,
  run: Partial<HostedRun>,
  artifacts: readonly string[] = [],
  deployed: readonly string[] = ENVIRONMENTS,
): Promise<HostedRun> {
  const added: HostedRun = {
    id: state.runs.length + 100,
    path: '.github/workflows/deliver.yml',
    event: 'push',
    branch: 'develop',
    tree: TREE,
    sha: COMMIT,
    conclusion: 'success',
    jobs: ENVIRONMENTS.flatMap((stage) => [`deploy-${stage}`, `rollback-${stage}`]).map((name) =>
      ({ name, status: 'completed', conclusion: 'success' })),
    ...run,
  };
  state.runs.push(added);
  for (const environment of deployed) {
    state.deployments.push({ run: added.id, environment, sha: added.sha, state: 'success' });
  }
  for (const name of artifacts) {
    await state.artifacts.put(String(added.id), name, temporaryFolder({ 'assembly.tar.gz': name }), false);
  }
  return added;
}
