import { createServer } from 'node:http';
import type { IncomingMessage, ServerResponse } from 'node:http';
import { z } from 'zod';
import type { CallAnswer } from './call';
import type { SignedRequest } from './signed-request';
import { readSignedRequest } from './signed-request';

/** Decides what becomes of a signed request; `undefined` cuts the connection without an answer. */
export type RequestHandler = (request: SignedRequest, signal: AbortSignal) => Promise<CallAnswer | undefined>;

/** The one HTTP server that `AWS_ENDPOINT_URL` points to. Open it before the stack is loaded: queue URLs carry its address. */
export interface AwsEndpoint {
  /** For example `http://127.0.0.1:4566`. */
  readonly url: string;
  /** From here on requests are answered by it; before, and after `close`, they are refused. */
  serve(handler: RequestHandler): void;
  /** Cuts every connection, long polls too. */
  close(): Promise<void>;
}

const CLOSED: CallAnswer = {
  status: 503,
  headers: { 'content-type': 'application/x-amz-json-1.0' },
  body: JSON.stringify({ __type: 'ServiceUnavailable', message: 'The embedded cloud is starting or has stopped: call again when it is ready.' }),
};

/** Listens on 127.0.0.1; port 0 (the default) takes a free one. */
export async function openAwsEndpoint({ port = 0 }: { readonly port?: number } = {}): Promise<AwsEndpoint> {
  let handler: RequestHandler = async () => CLOSED;
  const server = createServer((message, response) => {
    answer(message, response, (request, signal) => handler(request, signal)).catch((error: unknown) => {
      // The client has gone away while its request was read.
      response.destroy(error instanceof Error ? error : undefined);
    });
  });
  // Longer than any SDK keeps an idle connection, so that none is closed under a request.
  server.keepAliveTimeout = 120_000;
  await new Promise<void>((resolve, reject) => {
    server.once('error', (error) => reject(new Error(`The embedded cloud cannot listen on 127.0.0.1:${port}: ${error.message}. Free the port or choose another.`, { cause: error })));
    server.listen(port, '127.0.0.1', resolve);
  });
  const address = z.object({ port: z.number() }).parse(server.address());
  return {
    url: `http://127.0.0.1:${address.port}`,
    serve: (next) => {
      handler = next;
    },
    close: () => new Promise((resolve) => {
      handler = async () => CLOSED;
      server.close(() => resolve());
      server.closeAllConnections();
    }),
  };
}

async function answer(message: IncomingMessage, response: ServerResponse, handler: RequestHandler): Promise<void> {
  const gone = new AbortController();
  response.on('close', () => {
    if (!response.writableEnded) gone.abort();
  });
  const request = await readSignedRequest(message);
  if ('refusal' in request) {
    send(response, { ...CLOSED, status: request.status, body: JSON.stringify({ __type: 'MissingAuthenticationToken', message: request.refusal }) });
    return;
  }
  const answered = await handler(request, gone.signal);
  if (answered) send(response, answered);
  else response.destroy();
}

function send(response: ServerResponse, { status, headers, body }: CallAnswer): void {
  response.writeHead(status, { ...headers, 'content-length': Buffer.byteLength(body) });
  response.end(body);
}
