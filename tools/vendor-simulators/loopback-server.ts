import type { IncomingHttpHeaders, IncomingMessage, ServerResponse } from 'node:http';
import type { LoopbackListener } from '../embedded-aws/loopback-listener';
import { listenOnLoopback, readBody } from '../embedded-aws/loopback-listener';

/** A request as a simulator judges it. */
export interface VendorRequest {
  readonly method: string;
  readonly url: URL;
  readonly headers: IncomingHttpHeaders;
  readonly body: string;
}

/** What a simulator does with a request, the ways in which a network loses an answer included. */
export type VendorAnswer =
  | {
    readonly kind: 'answer';
    readonly status: number;
    readonly headers?: Readonly<Record<string, string>>;
    readonly body: string;
    /** In its place, where it is no text. */
    readonly bytes?: Buffer;
  }
  /** Keeps the connection and never answers. */
  | { readonly kind: 'silence' }
  /** Resets the connection (TCP RST) in place of an answer. */
  | { readonly kind: 'reset' }
  /** Sends headers and half of the body, then closes. */
  | {
    readonly kind: 'cut';
    readonly status: number;
    readonly headers?: Readonly<Record<string, string>>;
    readonly body: string;
  };

/**
 * Stands before a simulator: `answer` carries the request out, so that a test may cut it before or after its effect.
 */
export type RequestGate = (request: VendorRequest, answer: () => Promise<VendorAnswer>) => Promise<VendorAnswer>;

const OPEN: RequestGate = async (_request, answer) => answer();

export type LoopbackServer = LoopbackListener;

/** Larger than SendGrid's 30 MB, the largest request that any simulated vendor reads. */
const LARGEST_BODY_BYTES = 32 * 1024 * 1024;

/**
 * Serves on 127.0.0.1 only; port 0 takes a free one. A fault of the simulator itself is answered as HTTP 500 with its
 * message.
 */
export async function startLoopbackServer(
  port: number, respond: (request: VendorRequest) => Promise<VendorAnswer>, gate: RequestGate = OPEN,
): Promise<LoopbackServer> {
  return listenOnLoopback(port, async (incoming, outgoing) => {
    const answer = await serve(incoming, async (request) => gate(request, async () => respond(request))).catch(
      (fault: unknown): VendorAnswer => ({
        kind: 'answer',
        status: 500,
        body: `Fault of the simulator: ${String(fault)}`,
      }),
    );
    write(outgoing, answer);
  });
}

/** A JSON answer with the vendor's content type. */
export function jsonAnswer(
  status: number,
  body: unknown,
  headers: Readonly<Record<string, string>> = {},
): VendorAnswer {
  return {
    kind: 'answer',
    status,
    headers: { 'content-type': 'application/json', ...headers },
    body: JSON.stringify(body),
  };
}

/** The page that a load balancer in front of a vendor answers, in place of the vendor's JSON. */
export function htmlAnswer(status: number, title: string): VendorAnswer {
  const body = `<html>\r\n<head><title>${status} ${title}</title></head>\r\n<body><center><h1>${status} `
    + `${title}</h1></center><hr><center>nginx</center></body>\r\n</html>\r\n`;
  return { kind: 'answer', status, headers: { 'content-type': 'text/html' }, body };
}

async function serve(
  incoming: IncomingMessage,
  respond: (request: VendorRequest) => Promise<VendorAnswer>,
): Promise<VendorAnswer> {
  const body = await readBody(incoming, LARGEST_BODY_BYTES);
  if (!body) return htmlAnswer(413, 'Request Entity Too Large');
  return respond({
    method: incoming.method ?? 'GET',
    url: new URL(incoming.url ?? '/', 'http://127.0.0.1'),
    headers: incoming.headers,
    body: body.toString('utf8'),
  });
}

function write(outgoing: ServerResponse, answer: VendorAnswer): void {
  switch (answer.kind) {
    case 'silence':
      return;
    case 'reset':
      outgoing.socket?.resetAndDestroy();
      return;
    case 'cut':
      outgoing.writeHead(answer.status, { ...answer.headers, 'content-length': Buffer.byteLength(answer.body) });
      outgoing.write(answer.body.slice(0, Math.floor(answer.body.length / 2)), () => { outgoing.socket?.end(); });
      return;
    case 'answer':
      outgoing.writeHead(answer.status, answer.headers);
      outgoing.end(answer.bytes ?? answer.body);
  }
}
