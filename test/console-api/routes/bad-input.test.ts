import { API_BASE, ROUTES } from '../../../src/console-api/routes/table';
import { recordKey } from '../../../src/console-api/routes/record-key';
import { consoleWorld } from '../console-world';

const DEEP = '{"a":'.repeat(2_000) + '1' + '}'.repeat(2_000);

/** What no page sends: nothing, no JSON, another kind, too deep, too long, hostile names and characters. */
const BODIES: ReadonlyArray<readonly [what: string, body: string | undefined]> = [
  ['nothing', undefined],
  ['no JSON', '{"text":'],
  ['a list', '[]'],
  ['a number', '1'],
  ['null', 'null'],
  ['depths', DEEP],
  ['the name of a prototype', '{"__proto__":{"text":"x"},"constructor":1}'],
  ['other kinds', '{"text":1,"seen":"x","heldSince":{},"shown":[],"values":"x","note":[],"from":1,"id":{},"request":[]}'],
  [
    'endless words',
    JSON.stringify({ text: 'w'.repeat(200_000), note: 'w'.repeat(501), from: 'w'.repeat(400), id: 'w'.repeat(101) }),
  ],
  ['a negative count', '{"seen":-1,"shown":"z","heldSince":"","values":1}'],
];

const KEY = recordKey('acme#sales#5b0e8d5c-0000-4000-8000-000000000000#447700900100');
const withBody = ROUTES.filter(({ body }) => body !== undefined);

/** Bodies whose fields may be left out are right even where they are empty: these go on to what they are about. */
const OPTIONAL = ['takeOver', 'readText'];

describe.each(withBody.map((row) => [row.name, row] as const))('%s', (name, row) => {
  test.each(BODIES)('given %s is refused in words, and touches nothing', async (what, body) => {
    const world = consoleWorld();
    world.signIn('company_admin:*', 'operator:*');
    const path = API_BASE + row.path.replace('{id}', KEY).replace('{key}', 'x');
    const { status, json } = await world.call(row.method, path, { query: { company: 'acme', project: 'sales' }, body });
    const goesOn = OPTIONAL.includes(name) && !['nothing', 'no JSON', 'a list', 'a number', 'null'].includes(what);
    if (goesOn && status === 500) return;
    expect([status, json.code]).toEqual([400, 'INVALID_REQUEST']);
    expect(json.message).toMatch(/^Reading the call failed: .+\. Load the page again\.$/);
    expect(String(json.message).length).toBeLessThan(300);
    expect(world.touched).toEqual([]);
    expect(world.audited).toEqual([]);
  });
});

test.each([
  ['company', ''], ['company', 'w'.repeat(101)], ['state', 'w'.repeat(41)], ['after', 'w'.repeat(2_001)],
])('a query whose %s is %.5s… is refused in words', async (name, value) => {
  const world = consoleWorld();
  world.signIn('company_admin:*');
  const { status, json } = await world.call('GET', `${API_BASE}/conversations`, {
    query: { company: 'acme', [name]: value },
  });
  expect(status).toBeGreaterThanOrEqual(400);
  expect(status).toBeLessThan(500);
  expect(json.message).toMatch(/\.$/);
  expect(world.touched).toEqual([]);
});

test.each([
  '/reviews/%00', '/reviews/..%2f..%2fetc', `/reviews/${'w'.repeat(2_000)}`, '/replies/<script>', '/conversations/\u202E',
])('an address like %.30s leads nowhere', async (path) => {
  const world = consoleWorld();
  world.signIn('company_admin:*');
  const { status, json } = await world.call('GET', API_BASE + path);
  expect([status, json.code]).toEqual([404, 'NOT_FOUND']);
  expect(world.touched).toEqual([]);
});
