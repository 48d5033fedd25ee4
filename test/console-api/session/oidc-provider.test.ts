import { exportJWK, generateKeyPair, SignJWT } from 'jose';
import { OidcProvider } from '../../../src/console-api/session/oidc-provider';
import type { ProviderSettings } from '../../../src/console-api/session/oidc-provider';
import { listenOnLoopback, readBody } from '../../../tools/embedded-aws/loopback-listener';
import type { LoopbackListener } from '../../../tools/embedded-aws/loopback-listener';

const BACK = 'https://console.example.com/sign-in/callback';
const BEGUN = {
  hash: 'h',
  state: 'state',
  nonce: 'nonce',
  verifier: 'v'.repeat(43),
  returnTo: '/',
  until: '2100-01-01T00:00:00.000Z',
};

interface Answer {
  readonly status?: number;
  readonly json: object;
}

/** What the provider under each path says next, and what it was sent. */
const answers = new Map<string, Answer>();
const asked: { readonly path: string; readonly form: string; readonly authorization: string | undefined }[] = [];
let server: LoopbackListener;
let keys: Awaited<ReturnType<typeof generateKeyPair>>;

beforeAll(async () => {
  keys = await generateKeyPair('RS256');
  server = await listenOnLoopback(0, async (incoming, outgoing) => {
    const path = incoming.url ?? '';
    const form = (await readBody(incoming, 65_536))?.toString('utf8') ?? '';
    asked.push({ path, form, authorization: incoming.headers.authorization });
    const { status = 200, json } = answers.get(path) ?? { status: 404, json: { error: 'not_found' } };
    outgoing.writeHead(status, { 'content-type': 'application/json' });
    outgoing.end(JSON.stringify(json));
  });
});
afterAll(async () => server.stop());

beforeEach(async () => {
  asked.length = 0;
  answers.clear();
  publish();
  answers.set('/jwks', { json: { keys: [{ ...(await exportJWK(keys.publicKey)), kid: 'k', alg: 'RS256' }] } });
});

/** The provider's metadata; what is undefined is not published. */
function publish(change: Readonly<Record<string, string | undefined>> = {}): void {
  const { url } = server;
  answers.set('/.well-known/openid-configuration', {
    json: {
      issuer: url,
      authorization_endpoint: `${url}/authorize?tenant=one`,
      token_endpoint: `${url}/token`,
      jwks_uri: `${url}/jwks`,
      userinfo_endpoint: `${url}/userinfo`,
      revocation_endpoint: `${url}/revoke`,
      end_session_endpoint: `${url}/sign-out`,
      ...change,
    },
  });
}

function provider(change: Partial<ProviderSettings> = {}): OidcProvider {
  return new OidcProvider({
    issuer: server.url,
    clientId: 'console',
    clientSecret: async () => Promise.resolve('client-secret'),
    rolesClaim: 'roles',
    roleMap: { 'Comms Operators': 'operator:*', 'staff': 'auditor:acme' },
    allowHttp: true,
    ...change,
  });
}

async function idToken(claims: Readonly<Record<string, unknown>>, audience = 'console'): Promise<string> {
  return new SignJWT({ nonce: 'nonce', ...claims })
    .setProtectedHeader({ alg: 'RS256', kid: 'k' })
    .setIssuer(server.url)
    .setAudience(audience)
    .setSubject('robin')
    .setIssuedAt()
    .setExpirationTime('5m')
    .sign(keys.privateKey);
}

function answerTokens(more: object, status = 200): void {
  answers.set('/token', { status, json: { access_token: 'access', token_type: 'Bearer', ...more } });
}

const callback = (query = 'code=c1&state=state') => new URL(`${BACK}?${query}`);
const sentTo = (path: string) => asked.filter((call) => call.path === path);

describe('where the browser goes to sign in', () => {
  test('is the published endpoint, with state, nonce and the PKCE challenge of the verifier', async () => {
    const address = new URL(await provider().addressFor(BEGUN, BACK));
    expect(address.origin + address.pathname).toBe(`${server.url}/authorize`);
    expect(Object.fromEntries(address.searchParams)).toEqual({
      tenant: 'one',
      client_id: 'console',
      redirect_uri: BACK,
      response_type: 'code',
      scope: 'openid email',
      state: 'state',
      nonce: 'nonce',
      // SHA-256 of 43 times the letter v, Base64 for addresses.
      code_challenge: '7w_YNF9DSfIdPf_pRjSq646_kPr-2-o9NAl16JGghdM',
      code_challenge_method: 'S256',
    });
  });

  test('is not guessed where the provider publishes none', async () => {
    publish({ authorization_endpoint: undefined });
    await expect(provider().addressFor(BEGUN, BACK)).rejects.toThrow('publishes no authorization_endpoint');
  });

  test('is read once, and again only after a reading that failed', async () => {
    const one = provider();
    answers.set('/.well-known/openid-configuration', { status: 503, json: {} });
    await expect(one.addressFor(BEGUN, BACK)).rejects.toThrow();
    publish();
    await one.addressFor(BEGUN, BACK);
    await one.addressFor(BEGUN, BACK);
    expect(sentTo('/.well-known/openid-configuration')).toHaveLength(2);
  });

  test('is refused where the metadata is of another issuer, or would be read without TLS', async () => {
    await expect(provider({ allowHttp: false }).addressFor(BEGUN, BACK)).rejects.toThrow();
    expect(asked).toEqual([]);
    publish({ issuer: 'https://other.example.org' });
    await expect(provider().addressFor(BEGUN, BACK)).rejects.toThrow();
  });
});

describe('who came back', () => {
  test('is asked for with the code, the verifier and the secret of the client', async () => {
    answerTokens({ id_token: await idToken({ email: 'robin@example.com', roles: ['staff'] }), refresh_token: 'r1' });
    expect(await provider().finish(callback(), BEGUN, BACK)).toEqual({
      personId: 'robin',
      person: 'robin@example.com',
      groups: ['auditor:acme'],
      refreshToken: 'r1',
    });
    const [call] = sentTo('/token');
    expect(Object.fromEntries(new URLSearchParams(call?.form))).toMatchObject({
      grant_type: 'authorization_code',
      code: 'c1',
      redirect_uri: BACK,
      code_verifier: BEGUN.verifier,
    });
    const credentials = Buffer.from(call?.authorization?.replace('Basic ', '') ?? '', 'base64').toString();
    expect(decodeURIComponent(credentials)).toBe('console:client-secret');
  });

  test('is asked for without a secret where the client has none', async () => {
    answerTokens({ id_token: await idToken({}) });
    await provider({ clientSecret: async () => Promise.resolve(undefined) }).finish(callback(), BEGUN, BACK);
    const [call] = sentTo('/token');
    expect(call?.authorization).toBeUndefined();
    expect(new URLSearchParams(call?.form).get('client_id')).toBe('console');
  });

  test.each([
    ['no address', {}],
    ['an empty address', { email: '' }],
    ['an address that is no text', { email: 7 }],
  ])('is named by the identifier where there is %s', async (_what, claims) => {
    answerTokens({ id_token: await idToken(claims) });
    const identity = await provider().finish(callback(), BEGUN, BACK);
    expect(identity).toEqual({ personId: 'robin', person: 'robin', groups: [], refreshToken: undefined });
  });

  test.each([
    ['a list', ['staff', 'reviewer:acme'], ['auditor:acme', 'reviewer:acme']],
    ['a list with what is no text', ['staff', 7, null], ['auditor:acme']],
    ['a name with a space, in a list', ['Comms Operators'], ['operator:*']],
    ['one text with commas and spaces', 'staff, reviewer:acme', ['auditor:acme', 'reviewer:acme']],
    ['a name that every object has', ['constructor'], ['constructor']],
    ['neither list nor text', { staff: true }, []],
  ])('has the groups of %s', async (_what, roles, groups) => {
    answerTokens({ id_token: await idToken({ roles }) });
    expect((await provider().finish(callback(), BEGUN, BACK)).groups).toEqual(groups);
  });

  test.each([
    ['another state', 'code=c1&state=other'],
    ['no state', 'code=c1'],
    ["the provider's refusal", 'error=access_denied&state=state'],
  ])('is not asked for where the browser brings %s', async (_what, query) => {
    await expect(provider().finish(callback(query), BEGUN, BACK)).rejects.toThrow();
    expect(sentTo('/token')).toEqual([]);
  });

  test('stays unknown where the token is of another sign-in, for another client, or absent', async () => {
    answerTokens({ id_token: await idToken({ nonce: 'another' }) });
    await expect(provider().finish(callback(), BEGUN, BACK)).rejects.toThrow();
    answerTokens({ id_token: await idToken({}, 'another-client') });
    await expect(provider().finish(callback(), BEGUN, BACK)).rejects.toThrow();
    answerTokens({});
    await expect(provider().finish(callback(), BEGUN, BACK)).rejects.toThrow();
  });
});

describe('a renewal', () => {
  test('says the groups of now, by the ID token, and the refresh token that follows', async () => {
    answerTokens({ id_token: await idToken({ roles: ['staff'] }), refresh_token: 'r2' });
    expect(await provider().renew('r1', 'robin')).toEqual({
      outcome: 'renewed',
      groups: ['auditor:acme'],
      refreshToken: 'r2',
    });
    expect(new URLSearchParams(sentTo('/token')[0]?.form).get('refresh_token')).toBe('r1');
    expect(sentTo('/userinfo')).toEqual([]);
  });

  test('asks for the claims of the person where it brings no ID token', async () => {
    answerTokens({});
    answers.set('/userinfo', { json: { sub: 'robin', roles: 'reviewer:acme' } });
    expect(await provider().renew('r1', 'robin')).toEqual({ outcome: 'renewed', groups: ['reviewer:acme'] });
    expect(sentTo('/userinfo')[0]?.authorization).toBe('Bearer access');
  });

  test('takes nothing from the claims of another person', async () => {
    answerTokens({});
    answers.set('/userinfo', { json: { sub: 'somebody-else', roles: ['operator:*'] } });
    expect(await provider().renew('r1', 'robin')).toEqual({ outcome: 'unavailable' });
  });

  test.each([
    ['the refresh token is refused', 400, { error: 'invalid_grant' }, 'ended'],
    ['the client is refused', 401, { error: 'invalid_client' }, 'unavailable'],
    ['the provider has a fault', 503, { message: 'busy' }, 'unavailable'],
  ])('where %s', async (_what, status, json, outcome) => {
    answers.set('/token', { status, json });
    expect(await provider().renew('r1', 'robin')).toEqual({ outcome });
  });

  test('is put off where the secret of the client cannot be read', async () => {
    const one = provider({ clientSecret: async () => Promise.reject(new Error('throttled')) });
    expect(await one.renew('r1', 'robin')).toEqual({ outcome: 'unavailable' });
    expect(sentTo('/token')).toEqual([]);
  });
});

describe('signing out', () => {
  const HOME = 'https://console.example.com/';

  test('revokes the refresh token, and leads to where the provider ends its own session', async () => {
    answers.set('/revoke', { json: {} });
    const address = new URL((await provider().signOut('r1', HOME)) ?? '');
    expect(address.origin + address.pathname).toBe(`${server.url}/sign-out`);
    expect(Object.fromEntries(address.searchParams)).toEqual({
      client_id: 'console',
      post_logout_redirect_uri: HOME,
    });
    expect(new URLSearchParams(sentTo('/revoke')[0]?.form).get('token')).toBe('r1');
  });

  test('revokes nothing where there is no refresh token, or the provider offers none of it', async () => {
    await provider().signOut(undefined, HOME);
    publish({ revocation_endpoint: undefined, end_session_endpoint: undefined });
    expect(await provider().signOut('r1', HOME)).toBeUndefined();
    expect(sentTo('/revoke')).toEqual([]);
  });

  test('tells of a revocation that was refused', async () => {
    answers.set('/revoke', { status: 503, json: { error: 'server_error' } });
    await expect(provider().signOut('r1', HOME)).rejects.toThrow();
  });
});
