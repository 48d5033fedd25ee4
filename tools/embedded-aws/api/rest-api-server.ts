import type { ServerResponse } from 'node:http';
import { listenOnLoopback, readBody } from '../loopback-listener';
import { apiRequest } from './api-request';
import type { ApiResponse } from './api-response';
import type { RestApi } from './rest-api';

export interface RestApiServer {
  /** With the stage and without a slash at the end, for example `http://127.0.0.1:4510/dev`. */
  readonly url: string;
  /** From here on requests are answered; before, they are refused. */
  serve(restApi: RestApi): void;
  stop(): Promise<void>;
}

export interface RestApiServerOptions {
  readonly stageName: string;
  /** 0 or left out takes a free one. */
  readonly port?: number | undefined;
  readonly now?: (() => number) | undefined;
}

/**
 * https://docs.aws.amazon.com/apigateway/latest/developerguide/api-gateway-execution-service-limits-table.html,
 * "Payload size".
 */
const LARGEST_BODY_BYTES = 10 * 1024 * 1024;

/** Listens on 127.0.0.1 for the REST API, whose address functions may need to know before they start. */
export async function openRestApiServer({
  stageName,
  port = 0,
  now = Date.now,
}: RestApiServerOptions): Promise<RestApiServer> {
  let restApi: RestApi | undefined;
  const listener = await listenOnLoopback(port, async (incoming, outgoing) => {
    const receivedAt = now();
    const path = incoming.url?.split('?')[0] ?? '/';
    const isOfStage = path === `/${stageName}` || path.startsWith(`/${stageName}/`);
    if (!restApi || !isOfStage) return write(outgoing, NO_SUCH_STAGE);
    const body = await readBody(incoming, LARGEST_BODY_BYTES);
    return write(outgoing, await restApi.answer(apiRequest(incoming, body, stageName, receivedAt)));
  });
  return {
    url: `${listener.url}/${stageName}`,
    serve: (ready) => {
      restApi = ready;
    },
    stop: listener.stop,
  };
}

/** What API Gateway answers before any stage is found; no gateway response changes it. */
const NO_SUCH_STAGE: ApiResponse = {
  status: 403,
  headers: [['Content-Type', 'application/json'], ['x-amzn-ErrorType', 'ForbiddenException']],
  body: Buffer.from('{"message":"Forbidden"}'),
};

function write(outgoing: ServerResponse, { status, headers, body }: ApiResponse): void {
  for (const [name, value] of headers) outgoing.appendHeader(name, value);
  if (status !== 204) outgoing.setHeader('Content-Length', body.length);
  outgoing.writeHead(status);
  outgoing.end(body);
}
