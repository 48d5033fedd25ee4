import type { Timestamp } from './clock';

/** A person who is signed in at one browser. */
export interface Session {
  /** SHA-256 of what the browser's cookie holds; the value itself is stored nowhere. */
  readonly hash: string;
  readonly personId: string;
  /** As records name the person. */
  readonly person: string;
  /** As `role:company`. */
  readonly roles: readonly string[];
  readonly startedAt: Timestamp;
  readonly seenAt: Timestamp;
  /** When the provider last said the roles. */
  readonly rolesAt: Timestamp;
  /** No session outlasts this moment. */
  readonly endsAt: Timestamp;
  /** The provider's refresh token, which only the cookie's value opens; absent where the provider gave none. */
  readonly sealedToken?: string;
}

/** A sign-in that was begun and waits for the provider. */
export interface BegunSignIn {
  readonly hash: string;
  readonly state: string;
  readonly nonce: string;
  readonly verifier: string;
  /** A path of the page. */
  readonly returnTo: string;
  readonly until: Timestamp;
}

/** The port to the sessions; each read is strongly consistent, so that an ended session is ended at once. */
export interface Sessions {
  begin(signIn: BegunSignIn): Promise<void>;
  /** At most once for each that was begun. */
  takeBegun(hash: string): Promise<BegunSignIn | undefined>;
  start(session: Session): Promise<void>;
  find(hash: string): Promise<Session | undefined>;
  /** False if the session has ended, or another call was first: `rolesAt` is no longer what it was read as. */
  renew(session: Session, change: Pick<Session, 'rolesAt'> & Partial<Pick<Session, 'roles' | 'sealedToken'>>):
  Promise<boolean>;
  seen(session: Session, at: Timestamp): Promise<void>;
  end(session: Pick<Session, 'hash' | 'personId'>): Promise<void>;
  ofPerson(personId: string): Promise<ReadonlyArray<Pick<Session, 'hash' | 'startedAt'>>>;
}
