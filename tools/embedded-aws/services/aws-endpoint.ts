import type { IncomingHttpHeaders, IncomingMessage, ServerResponse } from 'node:http';
import { listenOnLoopback, readBody } from '../loopback-listener';
import type { CallAnswer } from './call';

/**
 * What a request's signature says of itself. The signature is not checked: on one machine no other caller can have the
 * key.
 */
export interface SignedRequest {
  readonly accessKeyId: string;
  readonly region: string;
  readonly service: string;
  readonly method: string;
  readonly path: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string;
}

/** Decides what becomes of a signed request; `undefined` cuts the connection without an answer. */
export type RequestHandler = (request: SignedRequest, signal: AbortSignal) => Promise<CallAnswer | undefined>;

/**
 * The one HTTP server that `AWS_ENDPOINT_URL` points to. Open it before the stack is loaded: queue URLs carry its
 * address.
 */
export interface AwsEndpoint {
  /** For example `http://127.0.0.1:4566`. */
  readonly url: string;
  /** From here on requests are answered by it; before, and after `close`, they are refused. */
  serve(handler: RequestHandler): void;
  /** Cuts every connection, long polls too. */
  close(): Promise<void>;
}

/** As much as DynamoDB takes in one request; the other services take less. */
const LARGEST_BODY_BYTES = 16 * 1024 * 1024;

const CLOSED: CallAnswer = {
  status: 503,
  headers: { 'content-type': 'application/x-amz-json-1.0' },
  body: JSON.stringify({
    __type: 'ServiceUnavailable',
    message: 'The embedded cloud is starting or has stopped: call again when it is ready.',
  }),
};

/** Listens on 127.0.0.1; port 0 (the default) takes a free one. */
export async function openAwsEndpoint({ port = 0 }: { readonly port?: number } = {}): Promise<AwsEndpoint> {
  let handler: RequestHandler = async () => CLOSED;
  const listener = await listenOnLoopback(port, async (message, response) => {
    const gone = new AbortController();
    response.on('close', () => {
      if (!response.writableEnded) gone.abort();
    });
    const request = await readSignedRequest(message);
    if ('refusal' in request) {
      const body = JSON.stringify({ __type: 'MissingAuthenticationToken', message: request.refusal });
      return send(response, { ...CLOSED, status: request.status, body });
    }
    const answered = await handler(request, gone.signal);
    return answered ? send(response, answered) : void response.destroy();
  });
  return {
    url: listener.url,
    serve: (next) => {
      handler = next;
    },
    close: async () => {
      handler = async () => CLOSED;
      await listener.stop();
    },
  };
}

function send(response: ServerResponse, { status, headers, body }: CallAnswer): void {
  response.writeHead(status, { ...headers, 'content-length': Buffer.byteLength(body) });
  response.end(body);
}

/** The request with its whole body; a sentence instead where it is not signed or too large. */
async function readSignedRequest(
  message: IncomingMessage,
): Promise<SignedRequest | { readonly refusal: string; readonly status: number }> {
  const headers = singleHeaders(message.headers);
  const scope = /Credential=([^/,\s]+)\/\d{8}\/([^/]+)\/([^/]+)\/aws4_request/.exec(headers.authorization ?? '');
  const body = await readBody(message, LARGEST_BODY_BYTES);
  if (!body) {
    return { status: 413, refusal: `The request is larger than any service takes (${LARGEST_BODY_BYTES} bytes).` };
  }
  const [, accessKeyId, region, service] = scope ?? [];
  if (accessKeyId === undefined || region === undefined || service === undefined) {
    return {
      status: 403,
      refusal:
        'The request is not signed: call with an AWS SDK client that has the credentials of a function of the stack.',
    };
  }
  return {
    accessKeyId,
    region,
    service,
    method: message.method ?? 'GET',
    path: message.url ?? '/',
    headers,
    body: body.toString('utf8'),
  };
}

function singleHeaders(headers: IncomingHttpHeaders): Record<string, string> {
  return Object.fromEntries(
    Object.entries(headers).map(([name, value]) => [name, Array.isArray(value) ? value.join(', ') : (value ?? '')]),
  );
}
