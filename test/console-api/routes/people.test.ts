import type { CompanySummary } from '../../../src/core/ports/company-records';
import { API_BASE } from '../../../src/console-api/routes/table';
import { MemoryDirectory } from '../../support/memory-directory';
import { consoleWorld, SECRET } from '../console-world';

const SALES: CompanySummary = {
  company_id: 'acme',
  project_id: 'sales',
  company_name: 'Acme Ltd',
  project_name: 'Sales',
  project_status: 'active',
  allowed_channels: ['whatsapp', 'email'],
};
const CARE: CompanySummary = { ...SALES, project_id: 'care', project_name: 'Care', project_status: 'suspended' };
const OTHER: CompanySummary = { ...SALES, company_id: 'other', company_name: 'Other plc', allowed_channels: [] };

/** The console with company records: by query of one company, and by a list of all that counts its readings. */
function peopleWorld(list: readonly CompanySummary[] = [SALES, CARE, OTHER]) {
  const read = { all: 0, named: [] as string[] };
  const rows = [...list];
  const records: Readonly<Record<string, ReadonlyArray<Readonly<Record<string, unknown>>>>> = {
    acme: [
      { ...SALES, allowed_channels: new Set(SALES.allowed_channels), daily_limit: 5 },
      { ...CARE, allowed_channels: ['sms'] },
    ],
    odd: [{ company_id: 'odd', project_id: 'p', company_name: 7, allowed_channels: 'sms' }],
  };
  const refused = async (): Promise<never> => Promise.reject(new Error('out of reach'));
  const world = consoleWorld({
    companies: {
      find: refused,
      create: refused,
      change: refused,
      list: async () => {
        read.all += 1;
        return Promise.resolve([...rows]);
      },
    },
    directory: Object.assign(new MemoryDirectory(), {
      projectsOf: async (company: string) => {
        read.named.push(company);
        return Promise.resolve(records[company] ?? []);
      },
    }),
  });
  return { ...world, read, rows, me: async () => (await world.call('GET', `${API_BASE}/me`)).json };
}

describe('who is signed in', () => {
  test('is told name, end of the session, stage and version of the page', async () => {
    const world = peopleWorld();
    const { endsAt } = world.signIn('reviewer:acme');
    expect(await world.me()).toMatchObject({
      id: 'p1',
      name: 'robin@example.com',
      stage: 'dev',
      version: 'v1',
      endsAt,
      everywhere: [],
    });
  });

  test('sees the projects of the own companies alone, and what may be done in each', async () => {
    const world = peopleWorld();
    world.signIn('reviewer:acme', 'auditor:empty');
    expect((await world.me()).companies).toEqual([
      {
        id: 'acme',
        name: 'Acme Ltd',
        projects: [
          { id: 'sales', name: 'Sales', status: 'active', channels: ['whatsapp', 'email'] },
          { id: 'care', name: 'Care', status: 'suspended', channels: ['sms'] },
        ],
        may: ['see_states', 'review'],
      },
      // A company without a record is named by its identifier, so that the role does not vanish unseen.
      { id: 'empty', name: 'empty', projects: [], may: ['see_states', 'see_audit'] },
    ]);
    expect(world.read).toEqual({ all: 0, named: ['acme', 'empty'] });
  });

  test('is shown a record that another tool wrote oddly, without what is no text', async () => {
    const world = peopleWorld();
    world.signIn('reviewer:odd');
    expect((await world.me()).companies).toMatchObject([
      { id: 'odd', name: '', projects: [{ id: 'p', name: '', status: '', channels: [] }] },
    ]);
  });

  test('with a role everywhere sees every company, and what may be done in all of them', async () => {
    const world = peopleWorld();
    world.signIn('auditor:*', 'reviewer:acme');
    const { companies, everywhere } = await world.me();
    expect(companies).toMatchObject([
      { id: 'acme', may: ['see_states', 'review', 'see_audit'], projects: [{ id: 'sales' }, { id: 'care' }] },
      { id: 'other', name: 'Other plc', may: ['see_states', 'see_audit'], projects: [{ channels: [] }] },
    ]);
    expect(everywhere).toEqual(['see_states', 'see_audit']);
    expect(world.read.named).toEqual([]);
  });

  test('without any role is told so: no company, nothing that may be done, and no record is read', async () => {
    const world = peopleWorld();
    world.signIn('staff');
    expect(await world.me()).toMatchObject({ id: 'p1', companies: [], everywhere: [] });
    expect(world.read).toEqual({ all: 0, named: [] });
  });
});

describe("a person's own sessions", () => {
  test('are listed, this one told apart, those of others left out', async () => {
    const world = peopleWorld();
    const session = world.signIn('reviewer:acme');
    world.sessions.all.set('laptop', { ...session, hash: 'laptop', startedAt: '2026-11-30T08:00:00.000Z' });
    world.sessions.all.set('foreign', { ...session, hash: 'foreign', personId: 'p2' });
    const { json } = await world.call('GET', `${API_BASE}/sessions`);
    expect(json.sessions).toEqual([
      { key: session.hash, startedAt: session.startedAt, current: true },
      { key: 'laptop', startedAt: '2026-11-30T08:00:00.000Z', current: false },
    ]);
    expect(JSON.stringify(json)).not.toContain(SECRET);
  });

  test('end one by one, which is recorded; this one goes on', async () => {
    const world = peopleWorld();
    const session = world.signIn('reviewer:acme');
    world.sessions.all.set('laptop', { ...session, hash: 'laptop' });
    expect((await world.call('DELETE', `${API_BASE}/sessions/laptop`)).json).toEqual({ ended: true });
    expect([...world.sessions.all.keys()]).toEqual([session.hash]);
    expect(world.audited).toMatchObject([
      { action: 'end_session', person: 'robin@example.com', fields: ['session'] },
    ]);
  });

  test("are not ended by others, who are told the same of a foreign one as of one that isn't there", async () => {
    const world = peopleWorld();
    const session = world.signIn('company_admin:*');
    world.sessions.all.set('foreign', { ...session, hash: 'foreign', personId: 'p2' });
    const [foreign, absent] = [
      await world.call('DELETE', `${API_BASE}/sessions/foreign`),
      await world.call('DELETE', `${API_BASE}/sessions/absent`),
    ];
    expect([foreign.status, foreign.json.code]).toEqual([404, 'NOT_FOUND']);
    expect(foreign.json.message).toContain('it is not yours, or it has ended already');
    expect(absent.json).toEqual(foreign.json);
    expect(world.sessions.all.has('foreign')).toBe(true);
    expect(world.audited).toEqual([]);
  });
});

describe('signing out', () => {
  test.each([
    ['the provider is away', async () => Promise.reject(new Error('away'))],
    ['the provider offers no page for it', async () => Promise.resolve(undefined)],
  ])('ends the session here and leads to the start where %s', async (_what, answer) => {
    const world = peopleWorld();
    world.signIn('reviewer:acme');
    jest.spyOn(world.provider, 'signOut').mockImplementation(answer);
    expect((await world.call('POST', `${API_BASE}/sign-out`)).json).toEqual({ location: '/' });
    expect(world.sessions.all.size).toBe(0);
    expect(world.audited).toMatchObject([{ action: 'sign_out', fields: ['session'] }]);
  });

  test('hands the provider the refresh token that the session sealed, and the address to come back to', async () => {
    const world = peopleWorld();
    world.signIn('reviewer:acme');
    const signOut = jest.spyOn(world.provider, 'signOut');
    await world.call('POST', `${API_BASE}/sign-out`);
    expect(signOut).toHaveBeenCalledWith('r1', 'https://console.example.com/');
  });
});
