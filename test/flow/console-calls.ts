import type { LocalStage } from '../../tools/local-stage/local-stage';

export interface ConsoleAnswer {
  readonly status: number;
  readonly body: Readonly<Record<string, unknown>>;
}

/** One person at one browser, by HTTP alone. */
export interface ConsolePerson {
  get(path: string): Promise<ConsoleAnswer>;
  post(path: string, body?: object, headers?: Readonly<Record<string, string>>): Promise<ConsoleAnswer>;
}

/** Signs one of the local issuer's people in. */
export async function signIn({ consoleUrl = '', issuer }: LocalStage, personId: string): Promise<ConsolePerson> {
  const begun = await fetch(`${consoleUrl}/sign-in`, { redirect: 'manual' });
  const chosen = await fetch(`${begun.headers.get('location')}&person=${personId}`, { redirect: 'manual' });
  if (!chosen.headers.get('location')?.startsWith(consoleUrl)) {throw new Error(`${issuer.url} did not let ${personId} in`);}
  const back = await fetch(chosen.headers.get('location') ?? '', {
    redirect: 'manual',
    headers: { cookie: cookieOf(begun) },
  });
  const cookie = cookieOf(back);
  const call = async (path: string, init: RequestInit): Promise<ConsoleAnswer> => {
    const answer = await fetch(`${consoleUrl}/console/api${path}`, { ...init, headers: { cookie, ...init.headers } });
    const body: unknown = await answer.json();
    return { status: answer.status, body: typeof body === 'object' && body !== null ? { ...body } : {} };
  };
  return {
    get: async (path) => call(path, {}),
    post: async (path, body = {}, headers = {}) =>
      call(path, {
        method: 'POST',
        body: JSON.stringify(body),
        headers: { 'origin': consoleUrl, 'x-console': 'page', 'content-type': 'application/json', ...headers },
      }),
  };
}

function cookieOf(answer: Response): string {
  return answer.headers.getSetCookie()[0]?.split(';')[0] ?? '';
}
