import { ROLES } from '../../src/console-api/people/may';
import type { Role } from '../../src/console-api/people/may';
import { recordKey } from '../../src/console-api/routes/record-key';
import type { Route } from '../../src/console-api/routes/route';
import { API_BASE, ROUTES } from '../../src/console-api/routes/table';
import { consoleWorld, ORIGIN } from './console-world';

const everyone: readonly Role[] = ROLES;

/** Who may call what, written out: a route that is not here fails. */
const MAY: Readonly<Record<string, readonly Role[]>> = {
  showMe: everyone,
  listSessions: everyone,
  endSession: everyone,
  signOut: everyone,
  listReviews: ['reviewer', 'company_admin'],
  showReview: ['reviewer', 'company_admin'],
  proveReview: ['reviewer', 'company_admin'],
  approveReview: ['reviewer', 'company_admin'],
  rejectReview: ['reviewer', 'company_admin'],
  listConversations: everyone,
  showConversation: everyone,
  // What of it a reviewer or an agent may read depends on the conversation.
  readText: ['reviewer', 'agent', 'company_admin', 'operator'],
  listReplies: ['agent', 'company_admin'],
  listChats: ['agent', 'company_admin'],
  showReplies: ['agent', 'company_admin'],
  explainAnswer: ['agent', 'company_admin'],
  offeredCards: ['agent', 'company_admin'],
  acknowledgeReplies: ['agent', 'company_admin'],
  takeOver: ['agent', 'company_admin'],
  returnToEngine: ['agent', 'company_admin'],
  sendReply: ['agent', 'company_admin'],
  showCompany: ['company_admin', 'operator'],
  showVerification: ['company_admin', 'operator'],
  listTemplates: ['company_admin', 'operator'],
  listKeys: ['company_admin', 'operator'],
  listEndpoints: ['company_admin', 'operator'],
  testEndpoint: ['company_admin', 'operator'],
  rotateSecret: ['company_admin', 'operator'],
  dryRun: ['company_admin', 'operator'],
  showHealth: ['operator'],
  listAlarms: ['operator'],
  listCosts: ['operator'],
  listAudit: ['auditor', 'company_admin', 'operator'],
};

const CONVERSATION = recordKey('acme#sales#5b0e8d5c-0000-4000-8000-000000000000#447700900100');

function callOf({ path, method }: Route) {
  return {
    method,
    path: API_BASE + path.replace('{id}', CONVERSATION).replace('{key}', 'unknown'),
    change: { query: { company: 'acme', project: 'sales', day: '2026-11-30', line: '1', list: 'taken' }, body: '{"request":{}}' },
  };
}

type Case = readonly [route: string, role: Role, where: 'own' | 'foreign' | 'every', isAllowed: boolean, row: Route];

const CASES: readonly Case[] = ROUTES.flatMap((row) =>
  ROLES.flatMap((role): Case[] => {
    const allowed = MAY[row.name]?.includes(role) ?? false;
    return [
      // What concerns the whole stage asks for every company.
      [row.name, role, 'own', allowed && row.scope !== 'stage', row],
      [row.name, role, 'foreign', allowed && row.scope === 'person', row],
      [row.name, role, 'every', allowed, row],
    ];
  }),
);

const COMPANIES = { own: 'acme', foreign: 'other', every: '*' };

test('each route is in the table of who may', () => {
  expect(ROUTES.map(({ name }) => name).sort()).toEqual(Object.keys(MAY).sort());
});

describe('a route, a role, and whose record it is about', () => {
  test.each(CASES)('%s by %s of %s company: %s', async (_name, role, where, isAllowed, row) => {
    const world = consoleWorld();
    world.signIn(`${role}:${COMPANIES[where]}`);
    const { method, path, change } = callOf(row);
    const { status, json } = await world.call(method, path, { ...change });
    if (isAllowed) {
      expect(json.code).not.toBe('FORBIDDEN');
      return;
    }
    expect([status, json.code]).toEqual([403, 'FORBIDDEN']);
    // Nothing is read of what may not be seen, not even whether it is there.
    expect(world.touched).toEqual([]);
    expect(world.audited).toEqual([]);
  });
});

describe('whoever is not signed in', () => {
  test.each(ROUTES.map((row) => [row.name, row] as const))(
    'is told so by %s, and nothing is read',
    async (_name, row) => {
      const world = consoleWorld();
      const { method, path, change } = callOf(row);
      const { status, json } = await world.call(method, path, change);
      expect([status, json.code]).toEqual([401, 'SIGNED_OUT']);
      expect(world.touched).toEqual([]);
    },
  );
});

describe('a call that changes something', () => {
  const writes = ROUTES.filter(({ method }) => method !== 'GET').map((row) => [row.name, row] as const);
  const foreign = [
    ['from another page', { 'origin': 'https://evil.example.org', 'x-console': 'page' }],
    ['from no page', { 'x-console': 'page' }],
    ['by a form, without the header of our own', { origin: ORIGIN }],
  ] as const;
  test.each(writes.flatMap(([name, row]) => foreign.map(([from, headers]) => [name, from, headers, row] as const)))(
    '%s is refused %s',
    async (_name, _from, headers, row) => {
      const world = consoleWorld();
      world.signIn('company_admin:*', 'operator:*');
      const { method, path, change } = callOf(row);
      const { status, json } = await world.call(method, path, { ...change, headers });
      expect([status, json.code]).toEqual([403, 'FOREIGN_PAGE']);
      expect(world.touched).toEqual([]);
    },
  );
});

test.each([
  ['GET', '/console/api/nothing', 404],
  ['GET', '/console/api/reviews/not-a-key', 404],
  ['GET', `/console/api/reviews/${recordKey('one-part')}`, 404],
  ['POST', '/console/api/me', 405],
  ['POST', '/', 405],
  ['GET', '/assets/none.js', 404],
  ['GET', '/assets/..%2fsecret', 404],
  ['GET', '/assets/page-1.js', 200],
  ['GET', '/review/anything', 200],
])('%s %s is answered %i', async (method, path, status) => {
  const world = consoleWorld();
  world.signIn('reviewer:acme');
  expect((await world.call(method, path)).status).toBe(status);
});

test('every answer forbids scripts, styles and calls of any other address', async () => {
  const world = consoleWorld();
  for (const path of ['/', '/assets/page-1.js', '/console/api/me', '/sign-in', '/console/api/nothing']) {
    const { headers } = await world.call('GET', path);
    expect(headers['content-security-policy']).toContain("default-src 'none'; script-src 'self'");
    expect(headers['content-security-policy']).toContain("require-trusted-types-for 'script'");
    expect(headers['x-content-type-options']).toBe('nosniff');
  }
});

test('files are kept for ever by their hash, the page itself never unasked', async () => {
  const world = consoleWorld();
  expect((await world.call('GET', '/assets/page-1.js')).headers['cache-control']).toBe(
    'public, max-age=31536000, immutable',
  );
  expect((await world.call('GET', '/')).headers['cache-control']).toBe('no-cache');
  const brotli = await world.call('GET', '/', { headers: { 'accept-encoding': 'gzip, br' } });
  expect([brotli.headers['content-encoding'], String(brotli.body)]).toEqual(['br', 'brotli']);
  expect((await world.call('GET', '/')).headers['content-encoding']).toBe('gzip');
});

test('a fault of the engine is answered in words, and logged without what it was about', async () => {
  const world = consoleWorld();
  world.signIn('company_admin:acme');
  const { status, json } = await world.call('GET', `${API_BASE}/reviews/${CONVERSATION}`);
  expect([status, json.code]).toEqual([500, 'INTERNAL_ERROR']);
  expect(json.message).toContain('nothing was decided');
});
