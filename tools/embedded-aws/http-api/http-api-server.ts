import type { LoopbackListener } from '../loopback-listener';
import { listenOnLoopback, readBody } from '../loopback-listener';
import type { HttpApi } from './http-api';
import { INTERNAL_ERROR } from './http-response';

export interface HttpApiServer extends LoopbackListener {
  /** From here on requests are answered; before, they are refused. */
  serve(api: HttpApi): void;
}

/** https://docs.aws.amazon.com/apigateway/latest/developerguide/http-api-quotas.html */
const LARGEST_BODY_BYTES = 10 * 1024 * 1024;

/** Listens on 127.0.0.1 for an HTTP API, at its own root as `$default` has it. */
export async function openHttpApiServer(port = 0): Promise<HttpApiServer> {
  let api: HttpApi | undefined;
  const listener = await listenOnLoopback(port, async (incoming, outgoing) => {
    const body = await readBody(incoming, LARGEST_BODY_BYTES);
    const answer = !api ? INTERNAL_ERROR
      : body ? await api.answer(incoming, body) : { ...INTERNAL_ERROR, status: 413 };
    for (const [name, value] of answer.headers) outgoing.appendHeader(name, value);
    outgoing.setHeader('content-length', answer.body.length);
    outgoing.writeHead(answer.status);
    outgoing.end(incoming.method === 'HEAD' ? undefined : answer.body);
  });
  return { ...listener, serve: (ready) => { api = ready; } };
}
