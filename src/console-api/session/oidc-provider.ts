import * as oauth from 'oauth4webapi';
import type { BegunSignIn } from '../../core/ports/sessions';

/** Who the provider says a person is. */
export interface Identity {
  readonly personId: string;
  readonly person: string;
  readonly groups: readonly string[];
  readonly refreshToken?: string;
}

export type Renewed =
  | { readonly outcome: 'renewed'; readonly groups: readonly string[]; readonly refreshToken?: string }
  /** The provider takes the session back. */
  | { readonly outcome: 'ended' }
  | { readonly outcome: 'unavailable' };

/** The OpenID provider, as the sign-in uses it. */
export interface SignInProvider {
  /** Where the browser goes to sign in. */
  addressFor(begun: BegunSignIn, redirectUri: string): Promise<string>;
  /** Throws if the provider's answer is not what was asked for. */
  finish(callback: URL, begun: BegunSignIn, redirectUri: string): Promise<Identity>;
  renew(refreshToken: string, personId: string): Promise<Renewed>;
  /** Ends what the refresh token stands for; where the browser may sign out of the provider, if it offers that. */
  signOut(refreshToken: string | undefined, returnTo: string): Promise<string | undefined>;
}

export interface ProviderSettings {
  readonly issuer: string;
  readonly clientId: string;
  readonly clientSecret: () => Promise<string | undefined>;
  readonly rolesClaim: string;
  readonly roleMap: Readonly<Record<string, string>>;
  /** Only for a provider on this machine. */
  readonly allowHttp: boolean;
}

const ATTEMPT_MILLISECONDS = 5_000;

/** The provider by its published metadata, which is read once a process. */
export class OidcProvider implements SignInProvider {
  private readonly client: oauth.Client;
  private metadata: Promise<oauth.AuthorizationServer> | undefined;

  constructor(private readonly settings: ProviderSettings) {
    this.client = { client_id: settings.clientId };
  }

  async addressFor({ state, nonce, verifier }: BegunSignIn, redirectUri: string): Promise<string> {
    const { authorization_endpoint: endpoint } = await this.server();
    if (endpoint === undefined) throw new Error('the provider publishes no authorization_endpoint');
    const address = new URL(endpoint);
    const parameters = {
      client_id: this.settings.clientId,
      redirect_uri: redirectUri,
      response_type: 'code',
      scope: 'openid email',
      state,
      nonce,
      code_challenge: await oauth.calculatePKCECodeChallenge(verifier),
      code_challenge_method: 'S256',
    };
    for (const [name, value] of Object.entries(parameters)) address.searchParams.set(name, value);
    return address.href;
  }

  async finish(callback: URL, { state, nonce, verifier }: BegunSignIn, redirectUri: string): Promise<Identity> {
    const { client } = this;
    const as = await this.server();
    const parameters = oauth.validateAuthResponse(as, client, callback, state);
    const secret = await this.authentication();
    const response = await oauth.authorizationCodeGrantRequest(
      as, client, secret, parameters, redirectUri, verifier, this.options(),
    );
    const expected = { expectedNonce: nonce, requireIdToken: true };
    const tokens = await oauth.processAuthorizationCodeResponse(as, client, response, expected);
    const claims = oauth.getValidatedIdTokenClaims(tokens);
    if (!claims) throw new Error('the provider answered without an ID token');
    const { email, sub } = claims;
    return {
      personId: sub,
      person: typeof email === 'string' && email !== '' ? email : sub,
      groups: this.groupsIn(claims),
      refreshToken: tokens.refresh_token,
    };
  }

  async renew(refreshToken: string, personId: string): Promise<Renewed> {
    try {
      const { client } = this;
      const as = await this.server();
      const secret = await this.authentication();
      const response = await oauth.refreshTokenGrantRequest(as, client, secret, refreshToken, this.options());
      const tokens = await oauth.processRefreshTokenResponse(as, client, response);
      const claims =
        oauth.getValidatedIdTokenClaims(tokens) ??
        (await userClaims(as, client, tokens.access_token, personId, this.options()));
      return { outcome: 'renewed', groups: this.groupsIn(claims), refreshToken: tokens.refresh_token };
    } catch (error) {
      const isRefused = error instanceof oauth.ResponseBodyError && error.error === 'invalid_grant';
      return { outcome: isRefused ? 'ended' : 'unavailable' };
    }
  }

  async signOut(refreshToken: string | undefined, returnTo: string): Promise<string | undefined> {
    const as = await this.server();
    if (refreshToken !== undefined && as.revocation_endpoint !== undefined) {
      const secret = await this.authentication();
      const response = await oauth.revocationRequest(as, this.client, secret, refreshToken, this.options());
      await oauth.processRevocationResponse(response);
    }
    if (as.end_session_endpoint === undefined) return undefined;
    const address = new URL(as.end_session_endpoint);
    address.searchParams.set('client_id', this.settings.clientId);
    address.searchParams.set('post_logout_redirect_uri', returnTo);
    return address.href;
  }

  private async server(): Promise<oauth.AuthorizationServer> {
    this.metadata ??= this.discover();
    // What failed once is asked for again.
    return this.metadata.catch((fault: unknown) => {
      this.metadata = undefined;
      throw fault;
    });
  }

  private async discover(): Promise<oauth.AuthorizationServer> {
    const issuer = new URL(this.settings.issuer);
    const response = await oauth.discoveryRequest(issuer, this.options());
    return oauth.processDiscoveryResponse(issuer, response);
  }

  private async authentication(): Promise<oauth.ClientAuth> {
    const secret = await this.settings.clientSecret();
    return secret === undefined ? oauth.None() : oauth.ClientSecretBasic(secret);
  }

  private options() {
    return {
      [oauth.allowInsecureRequests]: this.settings.allowHttp,
      signal: AbortSignal.timeout(ATTEMPT_MILLISECONDS),
    };
  }

  private groupsIn(claims: oauth.JsonObject | oauth.IDToken): readonly string[] {
    return mapped(claims[this.settings.rolesClaim], this.settings.roleMap);
  }
}

async function userClaims(
  as: oauth.AuthorizationServer,
  client: oauth.Client,
  accessToken: string,
  personId: string,
  options: oauth.UserInfoRequestOptions,
): Promise<oauth.JsonObject> {
  const response = await oauth.userInfoRequest(as, client, accessToken, options);
  const claims = await oauth.processUserInfoResponse(as, client, personId, response);
  return { ...claims };
}

/** The groups of a claim, which some providers write as one text; each by the settings' own name for it. */
function mapped(claim: unknown, map: Readonly<Record<string, string>>): readonly string[] {
  const groups: readonly unknown[] = Array.isArray(claim)
    ? claim
    : typeof claim === 'string'
      ? claim.split(/[ ,]+/)
      : [];
  return groups
    .filter((group) => typeof group === 'string')
    .map((group) => (Object.hasOwn(map, group) ? (map[group] ?? '') : group));
}
