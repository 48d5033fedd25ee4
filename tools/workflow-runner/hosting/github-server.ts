import { parseJson } from '../../vendor-simulators/json-record';
import { jsonAnswer, startLoopbackServer } from '../../vendor-simulators/loopback-server';
import type { LoopbackServer, VendorAnswer, VendorRequest } from '../../vendor-simulators/loopback-server';
import type { HostingState } from './hosting-state';
import type { Route } from './routes';
import { ROUTES } from './routes';

/** GitHub's REST API for one repository, on loopback; a token may do what its job was granted, and what no route covers is refused. */
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
    return route.answer({ state, parts: match.slice(1).map(decodeURIComponent), query: request.url.searchParams, body: parseJson(request.body) });
  }
  return jsonAnswer(501, { message: `The local GitHub has no ${request.method} ${request.url.pathname}. Teach it in tools/workflow-runner/hosting/routes.ts.` });
}

function mayUse({ grants: needed }: Route, grants: Readonly<Record<string, string>>): boolean {
  return needed.length === 0 || needed.some(([scope, level]) => grants[scope] === 'write' || grants[scope] === level);
}
