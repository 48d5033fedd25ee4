import type { AuditItem } from '../../src/core/ports/audit';
import type { BegunSignIn, Session, Sessions } from '../../src/core/ports/sessions';
import { timestamp } from '../../src/core/ports/clock';
import { sha256 } from '../../src/core/sha256';
import { answerCall } from '../../src/console-api/answer-call';
import type { PageCall } from '../../src/console-api/http/page-call';
import { PageFiles } from '../../src/console-api/page/page-files';
import type { ConsolePorts } from '../../src/console-api/routes/route';
import type { Renewed, SignInProvider } from '../../src/console-api/session/oidc-provider';
import { seal } from '../../src/console-api/session/seal';
import { FakeClock } from '../support/fake-clock';
import { FakeObserver } from '../support/fake-observer';

export const ORIGIN = 'https://console.example.com';
export const SECRET = 'what-the-browser-holds';
export const NOW = Date.parse('2026-11-30T09:00:00.000Z');

/** Sessions in memory. */
export class MemorySessions implements Sessions {
  readonly all = new Map<string, Session>();
  readonly begun = new Map<string, BegunSignIn>();

  async begin(signIn: BegunSignIn) {
    this.begun.set(signIn.hash, signIn);
    return Promise.resolve();
  }

  async takeBegun(hash: string) {
    const found = this.begun.get(hash);
    this.begun.delete(hash);
    return Promise.resolve(found);
  }

  async start(session: Session) {
    this.all.set(session.hash, session);
    return Promise.resolve();
  }

  async find(hash: string) {
    return Promise.resolve(this.all.get(hash));
  }

  async renew(session: Session, change: Parameters<Sessions['renew']>[1]) {
    const found = this.all.get(session.hash);
    if (found?.rolesAt !== session.rolesAt) return Promise.resolve(false);
    this.all.set(session.hash, { ...found, ...change });
    return Promise.resolve(true);
  }

  async seen({ hash }: Session, seenAt: string) {
    const found = this.all.get(hash);
    if (found) this.all.set(hash, { ...found, seenAt });
    return Promise.resolve();
  }

  async end({ hash }: Pick<Session, 'hash'>) {
    this.all.delete(hash);
    return Promise.resolve();
  }

  async ofPerson(personId: string) {
    return Promise.resolve([...this.all.values()].filter((session) => session.personId === personId));
  }
}

/** A provider that says what a test arranges. */
export class FakeProvider implements SignInProvider {
  renewed: Renewed = { outcome: 'unavailable' };
  asked = 0;

  async addressFor({ state }: BegunSignIn) {
    return Promise.resolve(`https://login.example.com/authorize?state=${state}`);
  }

  async finish(callback: URL, begun: BegunSignIn) {
    if (callback.searchParams.get('state') !== begun.state) throw new Error('another state');
    return Promise.resolve({
      personId: 'p1',
      person: 'robin@example.com',
      groups: ['reviewer:acme'],
      refreshToken: 'r1',
    });
  }

  async renew() {
    this.asked += 1;
    return Promise.resolve(this.renewed);
  }

  async signOut(): Promise<string | undefined> {
    return Promise.resolve('https://login.example.com/sign-out');
  }
}

/** The console with everything but sessions, audit and time out of reach: whatever else it touches is counted. */
export function consoleWorld(more: Partial<ConsolePorts> = {}) {
  const sessions = new MemorySessions();
  const provider = new FakeProvider();
  const clock = new FakeClock(NOW);
  const observer = new FakeObserver();
  const audited: AuditItem[] = [];
  const touched: string[] = [];
  const known = {
    sessions,
    provider,
    clock,
    stage: 'dev',
    version: 'v1',
    newIdentifier: () => 'id',
    audit: {
      add: async (item: AuditItem) => {
        audited.push(item);
        return Promise.resolve();
      },
      list: async () => Promise.resolve({ items: [] }),
    },
    ...more,
  };
  const ports = new Proxy(known, {
    get: (target, name) => {
      if (name in target) return Reflect.get(target, name) as unknown;
      touched.push(String(name));
      throw new Error(`${String(name)} is out of reach`);
    },
  }) as unknown as ConsolePorts;
  const files = new PageFiles((name) =>
    name === 'index.html' || name === 'page-1.js'
      ? { type: 'text/html', gzip: Buffer.from('gzip'), brotli: Buffer.from('brotli') }
      : undefined,
  );
  return {
    sessions,
    provider,
    clock,
    observer,
    audited,
    touched,
    signIn: (...roles: readonly string[]): Session => {
      const at = timestamp(clock.now());
      const session: Session = {
        hash: sha256(SECRET),
        personId: 'p1',
        person: 'robin@example.com',
        roles,
        startedAt: at,
        seenAt: at,
        rolesAt: at,
        endsAt: timestamp(clock.now() + 12 * 3_600_000),
        sealedToken: seal(SECRET, 'r1'),
      };
      sessions.all.set(session.hash, session);
      return session;
    },
    call: async (method: string, path: string, change: Partial<PageCall> = {}, rawQuery = '') => {
      const isWrite = method !== 'GET';
      const answer = await answerCall(
        {
          method,
          path,
          query: {},
          cookies: { '__Host-session': SECRET },
          body: undefined,
          origin: ORIGIN,
          headers: isWrite ? { 'origin': ORIGIN, 'x-console': 'page' } : {},
          ...change,
        },
        rawQuery,
        ports,
        files,
        observer,
      );
      const text = typeof answer.body === 'string' ? answer.body : '';
      const isJson = answer.headers['content-type'] === 'application/json';
      return { ...answer, json: (isJson ? JSON.parse(text) : {}) as Readonly<Record<string, unknown>> };
    },
  };
}
