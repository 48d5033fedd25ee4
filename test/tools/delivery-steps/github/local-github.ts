import { GitHubApi } from '../../../../tools/delivery-steps/github/api';
import { ArtifactStore } from '../../../../tools/workflow-runner/artifact-store';
import { startGitHubServer } from '../../../../tools/workflow-runner/hosting/github-server';
import type { HostedRun } from '../../../../tools/workflow-runner/hosting/hosting-state';
import { HostingState } from '../../../../tools/workflow-runner/hosting/hosting-state';
import { temporaryFolder } from '../temporary-folder';

export const REPOSITORY = 'example-org/engine';
export const TREE = 'a'.repeat(40);
export const DIGEST = 'd'.repeat(64);

const stops: Array<() => Promise<void>> = [];

afterEach(async () => {
  await Promise.all(stops.splice(0).map(async (stop) => stop()));
});

/** GitHub on loopback with nothing in it, and the API as a job with these grants sees it. */
export async function localGitHub(
  grants: Readonly<Record<string, string>> = { actions: 'read', contents: 'read' },
): Promise<{ readonly state: HostingState; readonly github: GitHubApi }> {
  const state = new HostingState(REPOSITORY, new ArtifactStore(temporaryFolder()));
  const server = await startGitHubServer(state);
  stops.push(async () => server.stop());
  return {
    state,
    github: new GitHubApi({ url: server.url, repository: REPOSITORY, token: state.issueToken(grants), fetch }),
  };
}

/** Adds a run that keeps these artifacts. */
export async function addRun(
  state: HostingState,
  run: Partial<HostedRun>,
  artifacts: readonly string[] = [],
): Promise<HostedRun> {
  const added: HostedRun = {
    id: state.runs.length + 100,
    path: '.github/workflows/deliver.yml',
    event: 'push',
    branch: 'develop',
    tree: TREE,
    conclusion: 'success',
    ...run,
  };
  state.runs.push(added);
  for (const name of artifacts) {
    await state.artifacts.put(String(added.id), name, temporaryFolder({ 'assembly.tar.gz': name }), false);
  }
  return added;
}
