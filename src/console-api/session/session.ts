import { randomBytes } from 'node:crypto';
import type { Clock } from '../../core/ports/clock';
import { timestamp } from '../../core/ports/clock';
import type { Session, Sessions } from '../../core/ports/sessions';
import { sha256 } from '../../core/sha256';
import { SESSION_COOKIE, setCookie, SIGN_IN_COOKIE } from '../http/cookies';
import type { PageAnswer, PageCall } from '../http/page-call';
import { redirect } from '../http/page-call';
import type { Person } from '../people/may';
import { readGrants } from '../people/may';
import type { SignInProvider } from './oidc-provider';
import { seal, unseal } from './seal';
import { SESSION_LIMITS } from './session-limits';

export interface SessionPorts {
  readonly sessions: Sessions;
  readonly provider: SignInProvider;
  readonly clock: Pick<Clock, 'now'>;
}

/** A person who is signed in, and the session by which. */
export interface SignedIn {
  readonly person: Person;
  readonly session: Session;
}

const CALLBACK = '/sign-in/callback';

/** `GET /sign-in`: sends the browser to the provider. */
export async function beginSignIn(call: PageCall, { sessions, provider, clock }: SessionPorts): Promise<PageAnswer> {
  const secret = newSecret();
  const begun = {
    hash: sha256(secret),
    state: newSecret(),
    nonce: newSecret(),
    verifier: newSecret(),
    returnTo: ownPath(call.query.return_to),
    until: timestamp(clock.now() + SESSION_LIMITS.signIn),
  };
  const address = await provider.addressFor(begun, call.origin + CALLBACK);
  await sessions.begin(begun);
  return redirect(address, [setCookie(SIGN_IN_COOKIE, secret, SESSION_LIMITS.signIn / 1000)]);
}

export type FinishedSignIn =
  | { readonly outcome: 'signed_in'; readonly answer: PageAnswer; readonly session: Session }
  /** The browser came without what the sign-in began with, too late, or a second time. */
  | { readonly outcome: 'not_begun' }
  /** The provider refused, or its answer does not fit what was asked. */
  | { readonly outcome: 'refused'; readonly cause: unknown };

/** `GET /sign-in/callback`: the provider sends the browser back. */
export async function finishSignIn(
  call: PageCall,
  rawQuery: string,
  { sessions, provider, clock }: SessionPorts,
): Promise<FinishedSignIn> {
  const cookie = call.cookies[SIGN_IN_COOKIE];
  const begun = cookie === undefined ? undefined : await sessions.takeBegun(sha256(cookie));
  const now = clock.now();
  if (!begun || begun.until < timestamp(now)) return { outcome: 'not_begun' };
  const secret = newSecret();
  try {
    const callback = new URL(`${call.origin}${CALLBACK}?${rawQuery}`);
    const identity = await provider.finish(callback, begun, call.origin + CALLBACK);
    const session: Session = {
      hash: sha256(secret),
      personId: identity.personId,
      person: identity.person,
      roles: identity.groups,
      startedAt: timestamp(now),
      seenAt: timestamp(now),
      rolesAt: timestamp(now),
      endsAt: timestamp(now + SESSION_LIMITS.longest),
      sealedToken: identity.refreshToken === undefined ? undefined : seal(secret, identity.refreshToken),
    };
    await sessions.start(session);
    const cookies = [
      setCookie(SESSION_COOKIE, secret, SESSION_LIMITS.longest / 1000),
      setCookie(SIGN_IN_COOKIE, '', 0),
    ];
    return { outcome: 'signed_in', answer: redirect(begun.returnTo, cookies), session };
  } catch (cause) {
    return { outcome: 'refused', cause };
  }
}

/** The person behind a call; undefined where no session of it holds now. */
export async function signedIn(call: PageCall, ports: SessionPorts): Promise<SignedIn | undefined> {
  const secret = call.cookies[SESSION_COOKIE];
  const found = secret === undefined ? undefined : await ports.sessions.find(sha256(secret));
  if (secret === undefined || !found) return undefined;
  const now = ports.clock.now();
  const isOver = now >= Date.parse(found.endsAt) || now - Date.parse(found.seenAt) >= SESSION_LIMITS.idle;
  const session = isOver ? undefined : await withRoles(found, secret, now, ports);
  if (!session) {
    await ports.sessions.end(found);
    return undefined;
  }
  if (now - Date.parse(session.seenAt) >= SESSION_LIMITS.noted) await ports.sessions.seen(session, timestamp(now));
  return { session, person: { id: session.personId, name: session.person, grants: readGrants(session.roles) } };
}

/** The session with roles that the provider said not long ago; undefined if it says that the person is out. */
async function withRoles(
  session: Session,
  secret: string,
  now: number,
  { sessions, provider }: SessionPorts,
): Promise<Session | undefined> {
  const age = now - Date.parse(session.rolesAt);
  if (age < SESSION_LIMITS.roles) return session;
  const token = session.sealedToken === undefined ? undefined : unseal(secret, session.sealedToken);
  if (token === undefined) return undefined;
  // One call of several asks; a provider may take a refresh token once.
  const isMine = await sessions.renew(session, { rolesAt: timestamp(now) });
  if (!isMine) return age < SESSION_LIMITS.rolesAtMost ? session : sessions.find(session.hash);
  const renewed = await provider.renew(token, session.personId);
  const claimed = { ...session, rolesAt: timestamp(now) };
  switch (renewed.outcome) {
    case 'renewed': {
      const sealedToken =
        renewed.refreshToken === undefined ? session.sealedToken : seal(secret, renewed.refreshToken);
      await sessions.renew(claimed, { rolesAt: timestamp(now), roles: renewed.groups, sealedToken });
      return { ...claimed, roles: renewed.groups, sealedToken };
    }
    case 'ended':
      return undefined;
    case 'unavailable':
      // The next call asks again.
      await sessions.renew(claimed, { rolesAt: session.rolesAt });
      return age < SESSION_LIMITS.rolesAtMost ? session : undefined;
  }
}

/** Ends the session here and at the provider; where the browser goes next. */
export async function signOut(
  call: PageCall,
  session: Session,
  { sessions, provider }: SessionPorts,
): Promise<string> {
  await sessions.end(session);
  const secret = call.cookies[SESSION_COOKIE] ?? '';
  const token = session.sealedToken === undefined ? undefined : unseal(secret, session.sealedToken);
  const address = await provider.signOut(token, `${call.origin}/`).catch(() => undefined);
  return address ?? '/';
}

function newSecret(): string {
  return randomBytes(32).toString('base64url');
}

/** Only a path of the page itself: a link must not lead elsewhere by way of the sign-in. */
function ownPath(path: string | undefined): string {
  return path !== undefined && /^\/(?![/\\])[\w/?=&.%~-]*$/.test(path) && !path.startsWith('/sign-in') ? path : '/';
}
