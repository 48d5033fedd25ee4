import { API_BASE } from '../../../src/console-api/routes/table';
import { seal, unseal } from '../../../src/console-api/session/seal';
import { SESSION_LIMITS } from '../../../src/console-api/session/session-limits';
import { consoleWorld } from '../console-world';

const MINUTE = 60_000;
const sessions = `${API_BASE}/sessions`;

async function begin(world: ReturnType<typeof consoleWorld>, returnTo?: string) {
  const begun = await world.call('GET', '/sign-in', { query: returnTo === undefined ? {} : { return_to: returnTo } });
  const cookie = /__Host-sign-in=([^;]+)/.exec(begun.cookies?.[0] ?? '')?.[1] ?? '';
  const state = new URL(begun.headers.location ?? '').searchParams.get('state') ?? '';
  return { begun, cookie, state };
}

describe('signing in', () => {
  test('leads to the provider and back to the screen that was asked for, with a session that scripts cannot read', async () => {
    const world = consoleWorld();
    const { cookie, state } = await begin(world, '/review/abc');
    const back = await world.call(
      'GET',
      '/sign-in/callback',
      { cookies: { '__Host-sign-in': cookie } },
      `code=1&state=${state}`,
    );
    expect([back.status, back.headers.location]).toEqual([303, '/review/abc']);
    expect(back.cookies?.[0]).toMatch(
      /^__Host-session=[\w-]{43}; Path=\/; Max-Age=43200; HttpOnly; Secure; SameSite=Lax$/,
    );
    const [session] = world.sessions.all.values();
    expect(session).toMatchObject({ personId: 'p1', roles: ['reviewer:acme'] });
    // Neither what the browser holds nor the provider's token stands in the table.
    expect(JSON.stringify(session)).not.toContain('r1"');
    expect(JSON.stringify(session)).not.toContain(
      /__Host-session=([^;]+)/.exec(back.cookies?.[0] ?? '')?.[1] ?? 'none',
    );
    expect(world.audited).toMatchObject([{ action: 'sign_in', person: 'robin@example.com' }]);
  });

  test.each([
    '//evil.example.org',
    'https://evil.example.org',
    '/\\evil.example.org',
    '/sign-in',
    'javascript:alert(1)',
  ])('never leads on to %s', async (target) => {
    const world = consoleWorld();
    const { cookie, state } = await begin(world, target);
    const back = await world.call(
      'GET',
      '/sign-in/callback',
      { cookies: { '__Host-sign-in': cookie } },
      `code=1&state=${state}`,
    );
    expect(back.headers.location).toBe('/');
  });

  test('counts once, in the browser that began it, and only with the state that it began with', async () => {
    const world = consoleWorld();
    const { cookie, state } = await begin(world);
    const other = await world.call('GET', '/sign-in/callback', { cookies: {} }, `code=1&state=${state}`);
    expect(other.headers.location).toBe('/?sign_in=not_begun');
    const forged = await world.call(
      'GET',
      '/sign-in/callback',
      { cookies: { '__Host-sign-in': cookie } },
      'code=1&state=forged',
    );
    expect(forged.headers.location).toBe('/?sign_in=refused');
    const again = await world.call(
      'GET',
      '/sign-in/callback',
      { cookies: { '__Host-sign-in': cookie } },
      `code=1&state=${state}`,
    );
    expect(again.headers.location).toBe('/?sign_in=not_begun');
    expect(world.sessions.all.size).toBe(0);
  });

  test('that takes longer than its time is begun again', async () => {
    const world = consoleWorld();
    const { cookie, state } = await begin(world);
    world.clock.advance(SESSION_LIMITS.signIn + 1);
    const late = await world.call(
      'GET',
      '/sign-in/callback',
      { cookies: { '__Host-sign-in': cookie } },
      `code=1&state=${state}`,
    );
    expect(late.headers.location).toBe('/?sign_in=not_begun');
  });
});

describe('a session', () => {
  test('ends after 30 minutes without a call, and is gone', async () => {
    const world = consoleWorld();
    world.provider.renewed = { outcome: 'renewed', groups: ['reviewer:acme'] };
    world.signIn('reviewer:acme');
    world.clock.advance(29 * MINUTE);
    expect((await world.call('GET', sessions)).status).toBe(200);
    world.clock.advance(30 * MINUTE);
    expect((await world.call('GET', sessions)).status).toBe(401);
    expect(world.sessions.all.size).toBe(0);
  });

  test('ends after 12 hours, however busy its person is', async () => {
    const world = consoleWorld();
    world.provider.renewed = { outcome: 'renewed', groups: ['reviewer:acme'] };
    world.signIn('reviewer:acme');
    for (let minute = 0; minute < 12 * 60 - 10; minute += 10) {
      world.clock.advance(10 * MINUTE);
      expect((await world.call('GET', sessions)).status).toBe(200);
    }
    world.clock.advance(10 * MINUTE);
    expect((await world.call('GET', sessions)).status).toBe(401);
  });

  test('has the roles that the provider says after five minutes, and no others', async () => {
    const world = consoleWorld();
    world.signIn('company_admin:acme');
    world.provider.renewed = { outcome: 'renewed', groups: ['auditor:acme'], refreshToken: 'r2' };
    const reviews = `${API_BASE}/audit`;
    world.clock.advance(SESSION_LIMITS.roles - 1);
    const query = { company: 'acme', day: '2026-11-30' };
    expect((await world.call('GET', `${API_BASE}/replies`, { query })).json.code).not.toBe('FORBIDDEN');
    world.clock.advance(1);
    expect((await world.call('GET', `${API_BASE}/replies`, { query })).json.code).toBe('FORBIDDEN');
    expect((await world.call('GET', reviews, { query })).status).toBe(200);
    expect(world.provider.asked).toBe(1);
  });

  test('ends at once where the provider takes it back', async () => {
    const world = consoleWorld();
    world.signIn('reviewer:acme');
    world.provider.renewed = { outcome: 'ended' };
    world.clock.advance(SESSION_LIMITS.roles);
    expect((await world.call('GET', sessions)).status).toBe(401);
    expect(world.sessions.all.size).toBe(0);
  });

  test('outlasts a provider that is away for a quarter of an hour, and no longer', async () => {
    const world = consoleWorld();
    world.signIn('reviewer:acme');
    world.clock.advance(SESSION_LIMITS.rolesAtMost - 1);
    expect((await world.call('GET', sessions)).status).toBe(200);
    world.clock.advance(1);
    expect((await world.call('GET', sessions)).status).toBe(401);
  });

  test('asks the provider once, however many calls come at once', async () => {
    const world = consoleWorld();
    world.signIn('reviewer:acme');
    world.provider.renewed = { outcome: 'renewed', groups: ['reviewer:acme'] };
    world.clock.advance(SESSION_LIMITS.roles);
    const answers = await Promise.all(Array.from({ length: 5 }, async () => world.call('GET', sessions)));
    expect(answers.map(({ status }) => status)).toEqual([200, 200, 200, 200, 200]);
    expect(world.provider.asked).toBe(1);
  });

  test('that is ended elsewhere opens nothing from then on; another person cannot end it', async () => {
    const world = consoleWorld();
    const session = world.signIn('reviewer:acme');
    world.sessions.all.set('foreign', { ...session, hash: 'foreign', personId: 'p2' });
    expect((await world.call('DELETE', `${sessions}/foreign`)).status).toBe(404);
    expect((await world.call('DELETE', `${sessions}/${session.hash}`)).status).toBe(200);
    expect((await world.call('GET', sessions)).status).toBe(401);
    expect([...world.sessions.all.keys()]).toEqual(['foreign']);
  });

  test('is over here once its person signs out, whatever the provider does', async () => {
    const world = consoleWorld();
    world.signIn('reviewer:acme');
    expect((await world.call('POST', `${API_BASE}/sign-out`)).json).toEqual({
      location: 'https://login.example.com/sign-out',
    });
    expect((await world.call('GET', sessions)).status).toBe(401);
    expect(world.audited.map(({ action }) => action)).toEqual(['sign_out']);
  });
});

test('a sealed text is opened by its own secret alone', () => {
  const sealed = seal('secret', 'refresh token');
  expect(unseal('secret', sealed)).toBe('refresh token');
  expect(unseal('another', sealed)).toBeUndefined();
  expect(unseal('secret', `${sealed.slice(0, -2)}AA`)).toBeUndefined();
  expect(unseal('secret', 'short')).toBeUndefined();
});
