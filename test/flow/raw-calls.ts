import type { IncomingMessage } from 'node:http';
import { request } from 'node:http';
import type { Socket } from 'node:net';
import { connect } from 'node:net';
import { text } from 'node:stream/consumers';

export interface RawCall {
  readonly method?: string;
  /** As it stands in the request's first line; `fetch` would tidy it. */
  readonly path: string;
  /** Names and values in turn; a name may come more than once. */
  readonly headers?: readonly string[];
  readonly body?: string | Buffer;
}

export interface RawAnswer {
  readonly status: number;
  readonly body: string;
}

/** Sends a request as it is written, with nothing normalised and nothing added but what HTTP needs. */
export async function rawCall(
  url: string, { method = 'POST', path, headers = [], body = '' }: RawCall,
): Promise<RawAnswer> {
  const { hostname, port, host } = new URL(url);
  const sent = ['host', host, 'content-length', String(Buffer.byteLength(body)), ...headers];
  return new Promise((resolve, reject) => {
    const outgoing = request({ hostname, port, method, path, headers: sent }, (incoming: IncomingMessage) => {
      text(incoming).then((answer) => { resolve({ status: incoming.statusCode ?? 0, body: answer }); }, reject);
    });
    outgoing.on('error', reject);
    outgoing.end(body);
  });
}

/** Begins a request whose body never ends: its headers and the first bytes have left when this resolves. */
export async function slowCall(url: string, path: string, headers: readonly string[]): Promise<Socket> {
  const { hostname, port, host } = new URL(url);
  const socket = connect(Number(port), hostname);
  // Cut by the test, or by the server.
  socket.on('error', () => undefined);
  const lines = [`POST ${path} HTTP/1.1`, `host: ${host}`, 'content-length: 1000', ...headers, '', 'F'];
  await new Promise<void>((sent) => socket.write(lines.join('\r\n'), () => { sent(); }));
  return socket;
}

/** The work on each of `amount`, `width` at once. */
export async function inParallel<Result>(
  amount: number, width: number, work: (index: number) => Promise<Result>,
): Promise<readonly Result[]> {
  const results: Result[] = [];
  let next = 0;
  const lane = async () => {
    for (let index = next++; index < amount; index = next++) results[index] = await work(index);
  };
  await Promise.all(Array.from({ length: width }, lane));
  return results;
}
