import { createServer } from 'node:http';
import type { IncomingMessage, ServerResponse } from 'node:http';
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

/** https://docs.aws.amazon.com/apigateway/latest/developerguide/api-gateway-execution-service-limits-table.html, "Payload size". */
const LARGEST_BODY_BYTES = 10 * 1024 * 1024;

/** Listens on 127.0.0.1 for the REST API, whose address functions may need to know before they start. */
export async function openRestApiServer({ stageName, port = 0, now = Date.now }: RestApiServerOptions): Promise<RestApiServer> {
  let restApi: RestApi | undefined;
  const server = createServer((incoming, outgoing) => {
    const receivedAt = now();
    const path = incoming.url?.split('?')[0] ?? '/';
    const isOfStage = path === `/${stageName}` || path.startsWith(`/${stageName}/`);
    const answer = restApi && isOfStage ? answerStage(restApi, incoming, stageName, receivedAt) : Promise.resolve(NO_SUCH_STAGE);
    answer.then((response) => { write(outgoing, response); }).catch(() => outgoing.destroy());
  });
  // Longer than clients keep an idle connection, so that none is closed under a request.
  server.keepAliveTimeout = 120_000;
  await new Promise<void>((listening, failed) => {
    server.once('error', (fault) => { failed(new Error(`Serving the REST API on port ${port} failed: ${fault.message}. Free the port or choose another.`)); });
    server.listen(port, '127.0.0.1', listening);
  });
  const address = server.address();
  const boundPort = typeof address === 'object' && address !== null ? address.port : port;
  return {
    url: `http://127.0.0.1:${boundPort}/${stageName}`,
    serve: (ready) => { restApi = ready; },
    stop: async () => new Promise((stopped) => {
      server.close(() => { stopped(); });
      server.closeAllConnections();
    }),
  };
}

/** What API Gateway answers before any stage is found; no gateway response changes it. */
const NO_SUCH_STAGE: ApiResponse = {
  status: 403,
  headers: [['Content-Type', 'application/json'], ['x-amzn-ErrorType', 'ForbiddenException']],
  body: Buffer.from('{"message":"Forbidden"}'),
};

async function answerStage(restApi: RestApi, incoming: IncomingMessage, stageName: string, receivedAt: number): Promise<ApiResponse> {
  return restApi.answer(apiRequest(incoming, await readBody(incoming), stageName, receivedAt));
}

/** Undefined for a body that is too large, which is read on but not kept, so that the client hears the answer. */
async function readBody(incoming: IncomingMessage): Promise<Buffer | undefined> {
  const chunks: Buffer[] = [];
  let size = 0;
  for await (const chunk of incoming) {
    const bytes = Buffer.from(chunk);
    size += bytes.length;
    if (size <= LARGEST_BODY_BYTES) chunks.push(bytes);
    else chunks.length = 0;
  }
  return size <= LARGEST_BODY_BYTES ? Buffer.concat(chunks) : undefined;
}

function write(outgoing: ServerResponse, { status, headers, body }: ApiResponse): void {
  for (const [name, value] of headers) outgoing.appendHeader(name, value);
  if (status !== 204) outgoing.setHeader('Content-Length', body.length);
  outgoing.writeHead(status);
  outgoing.end(body);
}
