import { jsonAnswer } from '../../vendor-simulators/loopback-server';
import type { VendorAnswer } from '../../vendor-simulators/loopback-server';
import type { HostedRun, HostingState } from './hosting-state';
import type { Route, RouteCall } from './route';
import { ACTIONS, found, NOT_FOUND, slice } from './route';

const CONTENTS = [['contents', 'read']] as const;
const DEPLOYMENTS = [['deployments', 'read']] as const;

/** Runs, what they keep, what they deployed, and the commits that they are of. */
export const RUN_ROUTES: readonly Route[] = [
  { method: 'GET', path: /^\/actions\/workflows\/([^/]+)\/runs$/, grants: ACTIONS, answer: listRuns },
  {
    method: 'GET',
    path: /^\/actions\/runs\/(\d+)$/,
    grants: ACTIONS,
    answer: ({ state, parts: [id] }) => found(runOf(state, id), (run) => runAnswer(state, run)),
  },
  { method: 'GET', path: /^\/actions\/runs\/(\d+)\/artifacts$/, grants: ACTIONS, answer: listArtifacts },
  {
    method: 'GET',
    path: /^\/actions\/runs\/(\d+)\/jobs$/,
    grants: ACTIONS,
    answer: ({ state, parts: [id] }) =>
      found(runOf(state, id), ({ jobs = [] }) => ({ total_count: jobs.length, jobs })),
  },
  { method: 'POST', path: /^\/actions\/runs\/(\d+)\/cancel$/, grants: [['actions', 'write']], answer: cancelRun },
  { method: 'GET', path: /^\/deployments$/, grants: DEPLOYMENTS, answer: listDeployments },
  { method: 'GET', path: /^\/deployments\/(\d+)\/statuses$/, grants: DEPLOYMENTS, answer: listStatuses },
  { method: 'GET', path: /^\/git\/ref\/heads\/(.+)$/, grants: CONTENTS, answer: readHead },
  { method: 'GET', path: /^\/compare\/([^/]+?)\.\.\.(.+)$/, grants: CONTENTS, answer: compare },
];

function runOf(state: HostingState, id: string | undefined): HostedRun | undefined {
  return state.runs.find((run) => run.id === Number(id));
}

function listRuns({ state, parts: [file], query }: RouteCall): VendorAnswer {
  const runs = state.runs.filter(
    (run) => run.path === `.github/workflows/${file}` && run.branch === (query.get('branch') ?? run.branch),
  );
  const youngestFirst = [...runs].sort((one, other) => other.id - one.id);
  return jsonAnswer(200, {
    total_count: runs.length,
    workflow_runs: slice(query, youngestFirst).map((run) => runAnswer(state, run)),
  });
}

async function listArtifacts({ state, parts: [run = ''] }: RouteCall): Promise<VendorAnswer> {
  const kept = await state.artifacts.list(run);
  return jsonAnswer(200, {
    total_count: kept.length,
    artifacts: kept.map(({ name, storedAt }, index) => ({
      id: index + 1,
      name,
      expired: false,
      created_at: new Date(storedAt).toISOString(),
    })),
  });
}

function cancelRun({ state, parts: [id] }: RouteCall): VendorAnswer {
  const run = runOf(state, id);
  if (!run) return NOT_FOUND;
  if (run.conclusion !== null) return jsonAnswer(409, { message: 'Cannot cancel a workflow run that is completed.' });
  run.conclusion = 'cancelled';
  return jsonAnswer(202, {});
}

function listDeployments({ state, query }: RouteCall): VendorAnswer {
  const [environment, sha] = [query.get('environment'), query.get('sha')];
  const meant = state.deployments.flatMap((deployment, index) =>
    deployment.environment === environment && deployment.sha === sha ? [{ id: index + 1, environment, sha }] : []);
  return jsonAnswer(200, slice(query, meant));
}

function listStatuses({ state, parts: [id] }: RouteCall): VendorAnswer {
  return found(state.deployments[Number(id) - 1], ({ state: word, run }) => {
    const url = `https://github.com/${state.repository}/actions/runs/${run}/job/1`;
    return [{ state: word, log_url: url, target_url: url }, { state: 'in_progress', log_url: url, target_url: url }];
  });
}

async function readHead({ state, parts: [branch = ''] }: RouteCall): Promise<VendorAnswer> {
  return found(await state.commits.head(branch), (sha) => ({ ref: `refs/heads/${branch}`, object: { type: 'commit', sha } }));
}

async function compare({ state: { commits }, parts: [base = '', head = ''] }: RouteCall): Promise<VendorAnswer> {
  const [from, to] = [await commits.head(base) ?? base, await commits.head(head) ?? head];
  const [isAhead, isBehind] = [await commits.isAncestor(from, to), await commits.isAncestor(to, from)];
  const status = isAhead ? (isBehind ? 'identical' : 'ahead') : isBehind ? 'behind' : 'diverged';
  const beyond = await commits.beyond(from, to);
  return jsonAnswer(200, {
    status,
    commits: beyond.map(({ sha, parents }) => ({ sha, parents: Array.from({ length: parents }, () => ({ sha: '' })) })),
  });
}

// GitHub's answers, with the fields that the pipeline reads (docs.github.com/rest, version 2022-11-28).

function runAnswer({ repository }: HostingState, run: HostedRun) {
  const { id, path, event, branch, tree, sha, conclusion, status = 'in_progress' } = run;
  return {
    id,
    path,
    event,
    conclusion,
    status: conclusion === null ? status : 'completed',
    head_branch: branch,
    head_sha: sha,
    head_commit: { tree_id: tree },
    head_repository: { full_name: repository },
  };
}
