import { createHash, randomBytes, timingSafeEqual } from 'node:crypto';
import type { IncomingMessage, ServerResponse } from 'node:http';
import { exportJWK, generateKeyPair, SignJWT } from 'jose';
import { listenOnLoopback, readBody } from '../embedded-aws/loopback-listener';
import { choicePage, refusalPage } from './pages';
import type { SamplePerson } from './sample-person';

export interface LocalIssuer {
  /** The issuer's identifier, without a slash at the end. */
  readonly url: string;
  readonly clientId: string;
  readonly people: readonly SamplePerson[];
  /** What tokens say from the next one on. */
  setGroups(personId: string, groups: readonly string[]): void;
  /** Every refresh token of the person is refused from now on. */
  takeBack(personId: string): void;
  stop(): Promise<void>;
}

const CLIENT_ID = 'console';
const CODE_SECONDS = 60;
const TOKEN_SECONDS = 300;
const LARGEST_BODY_BYTES = 64 * 1024;

/** A code that was given out and not yet used. */
interface Grant {
  readonly person: string;
  readonly redirectUri: string;
  readonly challenge: string;
  readonly nonce: string;
  readonly until: number;
}

/** A small OpenID provider on 127.0.0.1: code flow with PKCE, refresh tokens, revocation. Nothing outlives it. */
export async function startLocalIssuer(people: readonly SamplePerson[], port = 0): Promise<LocalIssuer> {
  const { privateKey, publicKey } = await generateKeyPair('RS256');
  const key = { ...(await exportJWK(publicKey)), kid: 'local', alg: 'RS256', use: 'sig' };
  const issuer = new Issuer(people, privateKey, key);
  const listener = await listenOnLoopback(port, async (incoming, outgoing) =>
    write(outgoing, await issuer.answer(incoming)),
  );
  issuer.url = listener.url;
  return {
    url: listener.url,
    people,
    clientId: CLIENT_ID,
    setGroups: (personId, now) => {
      issuer.groups.set(personId, now);
    },
    takeBack: (personId) => {
      issuer.takeBack(personId);
    },
    stop: listener.stop,
  };
}

class Issuer {
  url = '';
  readonly groups: Map<string, readonly string[]>;
  private readonly codes = new Map<string, Grant>();
  private readonly refreshTokens = new Map<string, string>();

  constructor(
    private readonly people: readonly SamplePerson[],
    private readonly privateKey: Parameters<SignJWT['sign']>[0],
    private readonly publicKey: object,
  ) {
    this.groups = new Map(people.map((person) => [person.id, person.groups]));
  }

  async answer(incoming: IncomingMessage): Promise<Answer> {
    const asked = new URL(incoming.url ?? '/', this.url);
    const body = (await readBody(incoming, LARGEST_BODY_BYTES))?.toString('utf8') ?? '';
    switch (`${incoming.method} ${asked.pathname}`) {
      case 'GET /.well-known/openid-configuration':
        return json(metadata(this.url));
      case 'GET /jwks':
        return json({ keys: [this.publicKey] });
      case 'GET /authorize':
        return this.authorize(asked.searchParams);
      case 'POST /token':
        return this.token(new URLSearchParams(body));
      case 'POST /revoke':
        this.refreshTokens.delete(new URLSearchParams(body).get('token') ?? '');
        return { status: 200, headers: {}, body: '' };
      case 'GET /sign-out':
        return signedOut(asked.searchParams.get('post_logout_redirect_uri') ?? '');
      default:
        return json({ error: 'not_found' }, 404);
    }
  }

  takeBack(personId: string): void {
    for (const [refresh, owner] of this.refreshTokens) if (owner === personId) this.refreshTokens.delete(refresh);
  }

  private authorize(query: URLSearchParams): Answer {
    const fault = faultOf(query);
    if (fault !== undefined) return html(refusalPage(fault), 400);
    const person = this.people.find(({ id }) => id === query.get('person'));
    if (!person) return html(choicePage(this.people, query));
    const code = secret();
    const redirectUri = query.get('redirect_uri') ?? '';
    this.codes.set(code, {
      person: person.id,
      redirectUri,
      challenge: query.get('code_challenge') ?? '',
      nonce: query.get('nonce') ?? '',
      until: Date.now() + CODE_SECONDS * 1000,
    });
    const back = new URL(redirectUri);
    back.searchParams.set('code', code);
    back.searchParams.set('state', query.get('state') ?? '');
    back.searchParams.set('iss', this.url);
    return { status: 302, headers: { location: back.href }, body: '' };
  }

  private async token(form: URLSearchParams): Promise<Answer> {
    if (form.get('client_id') !== CLIENT_ID) return json({ error: 'invalid_client' }, 401);
    if (form.get('grant_type') === 'refresh_token') {
      const used = form.get('refresh_token') ?? '';
      const person = this.refreshTokens.get(used);
      if (person === undefined) return json({ error: 'invalid_grant' }, 400);
      // Each is used once, as stricter providers have it.
      this.refreshTokens.delete(used);
      return json(await this.tokens(person));
    }
    const code = form.get('code') ?? '';
    const grant = this.codes.get(code);
    this.codes.delete(code);
    const isMeant =
      grant !== undefined &&
      grant.until > Date.now() &&
      grant.redirectUri === form.get('redirect_uri') &&
      isChallenge(grant.challenge, form.get('code_verifier') ?? '');
    return isMeant ? json(await this.tokens(grant.person, grant.nonce)) : json({ error: 'invalid_grant' }, 400);
  }

  private async tokens(personId: string, nonce?: string): Promise<object> {
    const refresh = secret();
    this.refreshTokens.set(refresh, personId);
    return {
      access_token: secret(),
      token_type: 'Bearer',
      expires_in: TOKEN_SECONDS,
      refresh_token: refresh,
      id_token: await this.idToken(personId, nonce),
    };
  }

  private async idToken(personId: string, nonce?: string): Promise<string> {
    const email = this.people.find(({ id }) => id === personId)?.email;
    const groups = this.groups.get(personId) ?? [];
    return new SignJWT({ email, groups, ...(nonce !== undefined && { nonce }) })
      .setProtectedHeader({ alg: 'RS256', kid: 'local' })
      .setIssuer(this.url)
      .setAudience(CLIENT_ID)
      .setSubject(personId)
      .setIssuedAt()
      .setExpirationTime(`${TOKEN_SECONDS}s`)
      .sign(this.privateKey);
  }
}

function signedOut(target: string): Answer {
  return isLoopback(target)
    ? { status: 302, headers: { location: target }, body: '' }
    : html(refusalPage('the address leads elsewhere'), 400);
}

function secret(): string {
  return randomBytes(24).toString('base64url');
}

interface Answer {
  readonly status: number;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string;
}

function json(body: object, status = 200): Answer {
  return {
    status,
    headers: { 'content-type': 'application/json', 'cache-control': 'no-store' },
    body: JSON.stringify(body),
  };
}

function html(body: string, status = 200): Answer {
  const policy = "default-src 'none'; style-src 'unsafe-inline'; frame-ancestors 'none'; base-uri 'none'";
  return { status, headers: { 'content-type': 'text/html; charset=utf-8', 'content-security-policy': policy }, body };
}

function write(outgoing: ServerResponse, { status, headers, body }: Answer): void {
  outgoing.writeHead(status, { ...headers });
  outgoing.end(body);
}

function metadata(issuer: string): object {
  return {
    issuer,
    authorization_endpoint: `${issuer}/authorize`,
    token_endpoint: `${issuer}/token`,
    jwks_uri: `${issuer}/jwks`,
    revocation_endpoint: `${issuer}/revoke`,
    end_session_endpoint: `${issuer}/sign-out`,
    response_types_supported: ['code'],
    subject_types_supported: ['public'],
    id_token_signing_alg_values_supported: ['RS256'],
    code_challenge_methods_supported: ['S256'],
    token_endpoint_auth_methods_supported: ['none'],
    revocation_endpoint_auth_methods_supported: ['none'],
    authorization_response_iss_parameter_supported: true,
    scopes_supported: ['openid', 'email'],
  };
}

function faultOf(query: URLSearchParams): string | undefined {
  if (query.get('client_id') !== CLIENT_ID) return 'the client is unknown';
  if (!isLoopback(query.get('redirect_uri') ?? '')) return 'the address to go back to is not on this machine';
  if (query.get('response_type') !== 'code') return 'only the code flow is offered';
  if (query.get('code_challenge_method') !== 'S256' || !query.get('code_challenge')) return 'PKCE (S256) is missing';
  return undefined;
}

function isLoopback(address: string): boolean {
  return URL.canParse(address) && /^(?:127\.0\.0\.1|localhost)$/.test(new URL(address).hostname);
}

function isChallenge(challenge: string, verifier: string): boolean {
  const [one, other] = [
    Buffer.from(challenge),
    Buffer.from(createHash('sha256').update(verifier).digest('base64url')),
  ];
  return one.length === other.length && timingSafeEqual(one, other);
}
