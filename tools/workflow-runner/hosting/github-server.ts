import { z } from 'zod';
import { parseJson } from '../../vendor-simulators/json-record';
import type { LoopbackServer, VendorAnswer, VendorRequest } from '../../vendor-simulators/loopback-server';
import { jsonAnswer, startLoopbackServer } from '../../vendor-simulators/loopback-server';
import type { HostedComment, HostedEnvironment, HostedIssue, HostedRun, HostingState } from './hosting-state';

interface RouteCall {
  readonly state: HostingState;
  /** What the path's variable parts hold. */
  readonly parts: readonly string[];
  readonly query: URLSearchParams;
  readonly body: unknown;
}

interface Route {
  readonly method: 'GET' | 'POST' | 'PATCH';
  /** Behind /repos/<owner>/<name>. */
  readonly path: RegExp;
  /** Grants of which one is needed, as GitHub documents for the endpoint; none for what every token may read. */
  readonly grants: ReadonlyArray<readonly [scope: string, level: 'read' | 'write']>;
  answer(call: RouteCall): Promise<VendorAnswer> | VendorAnswer;
}

const NOT_FOUND = jsonAnswer(404, { message: 'Not Found' });
const ACTIONS = [['actions', 'read']] as const;
const ISSUES = [['issues', 'read'], ['pull-requests', 'read']] as const;
const WRITE_ISSUES = [['issues', 'write']] as const;
const WRITE_COMMENTS = [['issues', 'write'], ['pull-requests', 'write']] as const;

const text = z.object({ body: z.string() });
const newIssue = z.object({ title: z.string(), body: z.string() });
const changedIssue = z.object({
  title: z.string().optional(),
  body: z.string().optional(),
  state: z.enum(['open', 'closed']).optional(),
});

/** The endpoints that the pipeline calls, and no other. */
const ROUTES: readonly Route[] = [
  { method: 'GET', path: /^\/actions\/workflows\/([^/]+)\/runs$/, grants: ACTIONS, answer: listRuns },
  {
    method: 'GET',
    path: /^\/actions\/runs\/(\d+)$/,
    grants: ACTIONS,
    answer: ({ state, parts: [id] }) =>
      found(
        state.runs.find((run) => run.id === Number(id)),
        (run) => runAnswer(state, run),
      ),
  },
  { method: 'GET', path: /^\/actions\/runs\/(\d+)\/artifacts$/, grants: ACTIONS, answer: listArtifacts },
  {
    method: 'GET',
    path: /^\/environments\/([^/]+)$/,
    grants: ACTIONS,
    answer: ({ state, parts: [name = ''] }) =>
      found(state.environments.get(name), (environment) => environmentAnswer(name, environment)),
  },
  {
    method: 'GET',
    path: /^\/environments\/([^/]+)\/deployment-branch-policies$/,
    grants: ACTIONS,
    answer: listBranchPolicies,
  },
  {
    method: 'GET',
    path: /^\/branches\/([^/]+)$/,
    grants: [['contents', 'read']],
    answer: ({ state, parts: [name = ''] }) => jsonAnswer(200, branchAnswer(name, state.protectedBranches.has(name))),
  },
  { method: 'GET', path: /^\/rules\/branches\/([^/]+)$/, grants: [], answer: () => jsonAnswer(200, []) },
  {
    method: 'GET',
    path: /^\/issues$/,
    grants: ISSUES,
    answer: ({ state, query }) => page(query, state.issues.filter((issue) => issue.state === 'open').map(issueAnswer)),
  },
  { method: 'POST', path: /^\/issues$/, grants: WRITE_ISSUES, answer: openIssue },
  { method: 'PATCH', path: /^\/issues\/(\d+)$/, grants: WRITE_ISSUES, answer: changeIssue },
  {
    method: 'GET',
    path: /^\/issues\/(\d+)\/comments$/,
    grants: ISSUES,
    answer: ({ state, parts: [number], query }) =>
      page(query, state.comments.filter(({ issue }) => issue === Number(number)).map(commentAnswer)),
  },
  { method: 'POST', path: /^\/issues\/(\d+)\/comments$/, grants: WRITE_COMMENTS, answer: addComment },
  { method: 'PATCH', path: /^\/issues\/comments\/(\d+)$/, grants: WRITE_COMMENTS, answer: changeComment },
];

/**
 * GitHub's REST API for one repository, on loopback; a token may do what its job was granted, and what no route covers
 * is refused.
 */
export async function startGitHubServer(state: HostingState): Promise<LoopbackServer> {
  return startLoopbackServer(0, async (request) => respond(state, request));
}

async function respond(state: HostingState, request: VendorRequest): Promise<VendorAnswer> {
  const token = /^Bearer (.+)$/.exec(request.headers.authorization ?? '')?.[1] ?? '';
  const grants = state.grantsOf(token);
  if (!grants) return jsonAnswer(401, { message: 'Bad credentials' });
  const prefix = `/repos/${state.repository}`;
  const path = request.url.pathname.startsWith(prefix) ? request.url.pathname.slice(prefix.length) : undefined;
  for (const route of path === undefined ? [] : ROUTES) {
    const match = route.method === request.method ? route.path.exec(path ?? '') : null;
    if (!match) continue;
    if (!mayUse(route, grants)) return jsonAnswer(403, { message: 'Resource not accessible by integration' });
    return route.answer({
      state,
      parts: match.slice(1).map(decodeURIComponent),
      query: request.url.searchParams,
      body: parseJson(request.body),
    });
  }
  return jsonAnswer(501, {
    message: `The local GitHub has no ${request.method} ${request.url.pathname}. Teach it in `
      + 'tools/workflow-runner/hosting/routes.ts.',
  });
}

function mayUse({ grants: needed }: Route, grants: Readonly<Record<string, string>>): boolean {
  return needed.length === 0 || needed.some(([scope, level]) => grants[scope] === 'write' || grants[scope] === level);
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

function listBranchPolicies({ state, parts: [name = ''] }: RouteCall): VendorAnswer {
  return found(state.environments.get(name), ({ branches }) => ({
    branch_policies: branches === 'any' ? [] : branches.map((branch) => ({ name: branch, type: 'branch' })),
  }));
}

function openIssue({ state, body }: RouteCall): VendorAnswer {
  const issue = { ...newIssue.parse(body), number: state.issues.length + 1, state: 'open' as const };
  state.issues.push(issue);
  return jsonAnswer(201, issueAnswer(issue));
}

function changeIssue({ state, parts: [number], body }: RouteCall): VendorAnswer {
  const issue = state.issues.find((candidate) => candidate.number === Number(number));
  if (!issue) return NOT_FOUND;
  const change = changedIssue.parse(body);
  issue.title = change.title ?? issue.title;
  issue.body = change.body ?? issue.body;
  issue.state = change.state ?? issue.state;
  return jsonAnswer(200, issueAnswer(issue));
}

function addComment({ state, parts: [number], body }: RouteCall): VendorAnswer {
  const comment = { ...text.parse(body), id: state.comments.length + 1, issue: Number(number) };
  state.comments.push(comment);
  return jsonAnswer(201, commentAnswer(comment));
}

function changeComment({ state, parts: [id], body }: RouteCall): VendorAnswer {
  const comment = state.comments.find((candidate) => candidate.id === Number(id));
  if (!comment) return NOT_FOUND;
  comment.body = text.parse(body).body;
  return jsonAnswer(200, commentAnswer(comment));
}

function found<Thing>(thing: Thing | undefined, shape: (thing: Thing) => unknown): VendorAnswer {
  return thing === undefined ? NOT_FOUND : jsonAnswer(200, shape(thing));
}

function page(query: URLSearchParams, items: readonly unknown[]): VendorAnswer {
  return jsonAnswer(200, slice(query, items));
}

function slice<Item>(query: URLSearchParams, items: readonly Item[]): readonly Item[] {
  const size = Number(query.get('per_page') ?? 30);
  const start = (Number(query.get('page') ?? 1) - 1) * size;
  return items.slice(start, start + size);
}

/** Who a workflow's token writes as. */
const AUTHOR = { login: 'github-actions[bot]' };

// GitHub's answers, with the fields that the pipeline reads (docs.github.com/rest, version 2022-11-28).

function runAnswer({ repository }: HostingState, { id, path, event, branch, tree, conclusion }: HostedRun) {
  return {
    id,
    path,
    event,
    conclusion,
    status: conclusion === null ? 'in_progress' : 'completed',
    head_branch: branch,
    head_commit: { tree_id: tree },
    head_repository: { full_name: repository },
  };
}

function environmentAnswer(name: string, { reviewers, branches }: HostedEnvironment) {
  return {
    name,
    can_admins_bypass: true,
    protection_rules: [
      ...(reviewers.length > 0
        ? [
          {
            type: 'required_reviewers',
            prevent_self_review: true,
            reviewers: reviewers.map((login) => ({ type: 'User', reviewer: { login } })),
          },
        ]
        : []),
      ...(branches === 'any' ? [] : [{ type: 'branch_policy' }]),
    ],
    deployment_branch_policy: branches === 'any' ? null : { protected_branches: false, custom_branch_policies: true },
  };
}

function branchAnswer(name: string, isProtected: boolean) {
  return { name, protected: isProtected, protection: { enabled: isProtected } };
}

function issueAnswer(issue: HostedIssue) {
  return { ...issue, user: AUTHOR };
}

function commentAnswer({ id, body }: HostedComment) {
  return { id, body, user: AUTHOR };
}
