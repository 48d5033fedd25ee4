import { OidcProvider } from '../../../src/console-api/session/oidc-provider';
import type { LocalIssuer } from '../../../tools/local-issuer/local-issuer';
import { startLocalIssuer } from '../../../tools/local-issuer/local-issuer';

const PEOPLE = [{ id: 'robin', name: 'Robin', email: 'robin@example.com', groups: ['reviewer:acme'] }];
const BACK = 'http://127.0.0.1:1/sign-in/callback';

describe('the local issuer, judged by the library that the console uses', () => {
  let issuer: LocalIssuer;
  let provider: OidcProvider;
  beforeEach(async () => {
    issuer = await startLocalIssuer(PEOPLE);
    provider = new OidcProvider({
      issuer: issuer.url,
      clientId: issuer.clientId,
      clientSecret: async () => Promise.resolve(undefined),
      rolesClaim: 'groups',
      roleMap: { mapped: 'operator:*' },
      allowHttp: true,
    });
  });
  afterEach(async () => issuer.stop());

  const begun = () => ({
    hash: 'h',
    state: 'state',
    nonce: 'nonce',
    verifier: 'v'.repeat(43),
    returnTo: '/',
    until: '2100-01-01T00:00:00.000Z',
  });
  const choose = async () => {
    const chosen = await fetch(`${await provider.addressFor(begun(), BACK)}&person=robin`, { redirect: 'manual' });
    return new URL(chosen.headers.get('location') ?? '');
  };

  test('lets a person in, and says who it is', async () => {
    const identity = await provider.finish(await choose(), begun(), BACK);
    expect(identity).toMatchObject({ personId: 'robin', person: 'robin@example.com', groups: ['reviewer:acme'] });
  });

  test.each([
    ['state', { state: 'another' }],
    ['nonce', { nonce: 'another' }],
    ['verifier', { verifier: 'w'.repeat(43) }],
  ])('refuses another %s', async (_what, change) => {
    await expect(provider.finish(await choose(), { ...begun(), ...change }, BACK)).rejects.toThrow();
  });

  test('a code counts once', async () => {
    const callback = await choose();
    await provider.finish(callback, begun(), BACK);
    await expect(provider.finish(callback, begun(), BACK)).rejects.toThrow();
  });

  test('says the roles of now at each renewal, and takes a session back', async () => {
    const { refreshToken = '' } = await provider.finish(await choose(), begun(), BACK);
    issuer.setGroups('robin', ['mapped', 'auditor:acme']);
    const renewed = await provider.renew(refreshToken, 'robin');
    expect(renewed).toMatchObject({ outcome: 'renewed', groups: ['operator:*', 'auditor:acme'] });
    expect(await provider.renew(refreshToken, 'robin')).toEqual({ outcome: 'ended' });
    issuer.takeBack('robin');
    const next = renewed.outcome === 'renewed' ? (renewed.refreshToken ?? '') : '';
    expect(await provider.renew(next, 'robin')).toEqual({ outcome: 'ended' });
  });

  test('a refresh token opens nothing once the person has signed out', async () => {
    const { refreshToken = '' } = await provider.finish(await choose(), begun(), BACK);
    expect(await provider.signOut(refreshToken, 'http://127.0.0.1:1/')).toContain(`${issuer.url}/sign-out`);
    expect(await provider.renew(refreshToken, 'robin')).toEqual({ outcome: 'ended' });
  });

  test('sends nobody to an address that is not on this machine', async () => {
    const address = await provider.addressFor(begun(), 'https://evil.example.org/');
    expect((await fetch(`${address}&person=robin`, { redirect: 'manual' })).status).toBe(400);
    expect(
      (
        await fetch(`${issuer.url}/sign-out?post_logout_redirect_uri=https://evil.example.org`, {
          redirect: 'manual',
        })
      ).status,
    ).toBe(400);
  });

  test('a provider that is away keeps a session and lets nobody in', async () => {
    const away = new OidcProvider({
      issuer: 'http://127.0.0.1:9',
      clientId: 'c',
      clientSecret: async () => Promise.resolve(undefined),
      rolesClaim: 'groups',
      roleMap: {},
      allowHttp: true,
    });
    expect(await away.renew('r', 'robin')).toEqual({ outcome: 'unavailable' });
    await expect(away.addressFor(begun(), BACK)).rejects.toThrow();
  });

  test('is never called without TLS where that is not allowed', async () => {
    const strict = new OidcProvider({
      issuer: issuer.url,
      clientId: 'c',
      clientSecret: async () => Promise.resolve(undefined),
      rolesClaim: 'groups',
      roleMap: {},
      allowHttp: false,
    });
    await expect(strict.addressFor(begun(), BACK)).rejects.toThrow();
  });
});
