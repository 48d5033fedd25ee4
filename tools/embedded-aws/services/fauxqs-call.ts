import type { CallAnswer } from './call';
import type { FauxqsRouter } from './fauxqs';

/** Hands a request to one of fauxqs's routers, as its HTTP server would. */
export async function callFauxqs(router: FauxqsRouter, headers: Readonly<Record<string, string>>, body: unknown): Promise<CallAnswer> {
  let status = 200;
  const answered: Record<string, string> = {};
  const result = await router.handle({ headers, body }, {
    status: (code) => {
      status = code;
    },
    header: (name, value) => {
      answered[name] = value;
    },
  });
  return { status, headers: answered, body: typeof result === 'string' ? result : JSON.stringify(result) };
}
