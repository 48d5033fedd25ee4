import { z } from 'zod';
import { parseJson } from '../../vendor-simulators/json-record';
import type { LoopbackServer, VendorAnswer, VendorRequest } from '../../vendor-simulators/loopback-server';
import { jsonAnswer, startLoopbackServer } from '../../vendor-simulators/loopback-server';
import type { HostedComment, HostedEnvironment, HostedIssue, HostingState } from './hosting-state';
import type { Route, RouteCall } from './route';
import { ACTIONS, found, NOT_FOUND, page } from './route';
import { RUN_ROUTES } from './run-routes';

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
  ...RUN_ROUTES,
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
  {
    method: 'GET',
    path: /^\/rules\/branches\/([^/]+)$/,
    grants: [],
    answer: ({ state, parts: [name = ''] }) => jsonAnswer(200, branchRules(state.mergeMethods.get(name))),
  },
  { method: 'GET', path: /^$/, grants: [], answer: ({ state }) => jsonAnswer(200, { full_name: state.repository }) },
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

/** Who a workflow's token writes as. */
const AUTHOR = { login: 'github-actions[bot]' };

// GitHub's answers, with the fields that the pipeline reads (docs.github.com/rest, version 2022-11-28).

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

function branchRules(methods: readonly string[] | undefined) {
  return methods === undefined ? [] : [{ type: 'pull_request', parameters: { allowed_merge_methods: methods } }];
}

function issueAnswer(issue: HostedIssue) {
  return { ...issue, user: AUTHOR };
}

function commentAnswer({ id, body }: HostedComment) {
  return { id, body, user: AUTHOR };
}
