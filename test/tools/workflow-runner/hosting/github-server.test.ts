import { ArtifactStore } from '../../../../tools/workflow-runner/artifact-store';
import { startGitHubServer } from '../../../../tools/workflow-runner/hosting/github-server';
import { HostingState } from '../../../../tools/workflow-runner/hosting/hosting-state';
import { ONE_COMMIT } from '../../delivery-steps/github/local-github';
import { temporaryFolder } from '../../delivery-steps/temporary-folder';

const state = new HostingState('example-org/engine', new ArtifactStore(temporaryFolder()), ONE_COMMIT);
let server: Awaited<ReturnType<typeof startGitHubServer>>;

beforeAll(async () => {
  server = await startGitHubServer(state);
});

afterAll(async () => server.stop());

async function status(
  path: string,
  grants: Readonly<Record<string, string>> | 'stranger',
  method = 'GET',
  body?: unknown,
): Promise<number> {
  const token = grants === 'stranger' ? 'guessed' : state.issueToken(grants);
  const response = await fetch(`${server.url}/repos/${path}`, {
    method,
    headers: { authorization: `Bearer ${token}` },
    ...(body === undefined ? {} : { body: JSON.stringify(body) }),
  });
  return response.status;
}

test.each([
  ['a token that was never issued', 'example-org/engine/issues', 'stranger', 401],
  ['another repository', 'example-org/other/issues', { issues: 'read' }, 501],
  ['an endpoint that the pipeline does not call', 'example-org/engine/secrets', { actions: 'write' }, 501],
  ['a grant that is missing', 'example-org/engine/actions/runs/1', { contents: 'read' }, 403],
  ['a grant that is there', 'example-org/engine/actions/runs/1', { actions: 'read' }, 404],
  ['a greater grant', 'example-org/engine/issues', { issues: 'write' }, 200],
  ['one of several grants', 'example-org/engine/issues/1/comments', { 'pull-requests': 'read' }, 200],
  ['what needs no grant', 'example-org/engine/rules/branches/main', {}, 200],
] as const)('%s is answered as GitHub would', async (_title, path, grants, expected) => {
  expect(await status(path, grants)).toBe(expected);
});

test('reading does not allow writing', async () => {
  expect(
    await status('example-org/engine/issues', { 'issues': 'read', 'pull-requests': 'write' }, 'POST', {
      title: 'a',
      body: 'b',
    }),
  ).toBe(403);
  expect(state.issues).toEqual([]);
});

test('what is not there cannot be changed', async () => {
  expect(await status('example-org/engine/issues/9', { issues: 'write' }, 'PATCH', { state: 'closed' })).toBe(404);
  expect(await status('example-org/engine/issues/comments/9', { issues: 'write' }, 'PATCH', { body: 'x' })).toBe(404);
});
