import type { ClientRequest, IncomingMessage } from 'node:http';
import { Agent as PlainAgent, request as plainRequest } from 'node:http';
import { Agent, request } from 'node:https';
import { isIP } from 'node:net';
import type { Socket } from 'node:net';
import type { EventTransport, TransportAnswer, TransportFailure } from '../core/ports/event-transport';
import type { Resolve } from './guarded-lookup';
import { AddressNotPublic, guardedLookup } from './guarded-lookup';
import { isLoopback, isPublicAddress } from './public-address';

/** Milliseconds for a whole attempt: name, connection, request and the answer's status. */
export const ENDPOINT_TIMEOUT = 10_000;

/** Bytes of an answer's body that are read for the connection's sake; nobody looks at them. */
const BODY_LIMIT = 16 * 1024;

export interface TransportOptions {
  /** On a developer's machine alone: endpoints there may be on this machine, and without TLS. */
  readonly allowsLoopback: boolean;
  readonly timeoutMilliseconds?: number;
  readonly resolve?: Resolve;
  /** Further certificates to trust, for tests. */
  readonly ca?: string;
}

/** Posts to endpoints over HTTPS; follows no redirect, and connects to public addresses alone. */
export function httpsTransport(options: TransportOptions): EventTransport {
  const isAllowed = (address: string) => isPublicAddress(address) || (options.allowsLoopback && isLoopback(address));
  const lookup = guardedLookup(isAllowed, options.resolve);
  const kept = { keepAlive: true, maxSockets: 16, maxFreeSockets: 4, timeout: ENDPOINT_TIMEOUT };
  const agents = { https: new Agent({ ...kept, ca: options.ca }), http: new PlainAgent(kept) };
  return {
    post: async ({ url, headers, body }) => {
      const target = URL.canParse(url) ? new URL(url) : undefined;
      const host = target?.hostname.replace(/^\[|\]$/g, '') ?? '';
      if (!target || !mayBeCalled(target, options.allowsLoopback)) return failed('url_not_allowed');
      // No name is looked up for an address.
      if (isIP(host) !== 0 && !isAllowed(host)) return failed('address_not_public');
      const isPlain = target.protocol === 'http:';
      const settings = {
        method: 'POST',
        headers: { ...headers, 'content-length': Buffer.byteLength(body) },
        lookup: isPlain ? guardedLookup((address) => isLoopback(address), options.resolve) : lookup,
        agent: isPlain ? agents.http : agents.https,
      };
      const call = isPlain ? plainRequest(target, settings) : request(target, settings);
      return send(call, body, isAllowed, options.timeoutMilliseconds ?? ENDPOINT_TIMEOUT);
    },
  };
}

function mayBeCalled({ protocol, username, password }: URL, allowsLoopback: boolean): boolean {
  return (protocol === 'https:' || (protocol === 'http:' && allowsLoopback)) && username === '' && password === '';
}

async function send(
  call: ClientRequest,
  body: string,
  isAllowed: (address: string) => boolean,
  milliseconds: number,
): Promise<TransportAnswer> {
  return new Promise((resolve) => {
    const timer = setTimeout(() => {
      resolve(failed('timeout'));
      call.destroy();
    }, milliseconds);
    call.on('socket', (socket) => { checkPeer(socket, isAllowed, call); });
    call.on('response', (response) => {
      clearTimeout(timer);
      resolve({ outcome: 'answered', status: response.statusCode ?? 0 });
      drain(response, call, milliseconds);
    });
    call.on('error', (error) => {
      clearTimeout(timer);
      resolve(failed(failureOf(error)));
    });
    call.end(body);
  });
}

/** Once more, by the connection itself: whatever made it, it leads to an address that is allowed. */
function checkPeer(socket: Socket, isAllowed: (address: string) => boolean, call: ClientRequest): void {
  const check = () => {
    if (socket.remoteAddress !== undefined && !isAllowed(socket.remoteAddress)) call.destroy(new AddressNotPublic());
  };
  if (socket.connecting) socket.once('connect', check);
  else check();
}

/** The status was the answer. A body that is long or slow costs the connection and nothing else. */
function drain(response: IncomingMessage, call: ClientRequest, milliseconds: number): void {
  const timer = setTimeout(() => { call.destroy(); }, milliseconds);
  let read = 0;
  response.on('data', (chunk: Buffer) => {
    read += chunk.length;
    if (read > BODY_LIMIT) call.destroy();
  });
  response.on('error', () => undefined);
  response.on('close', () => { clearTimeout(timer); });
}

function failed(why: TransportFailure): TransportAnswer {
  return { outcome: 'failed', why };
}

function failureOf(error: Error): TransportFailure {
  if (error instanceof AddressNotPublic) return 'address_not_public';
  const code = 'code' in error ? String(error.code) : '';
  if (/^(?:ENOTFOUND|EAI_)/.test(code)) return 'no_address';
  if (/CERT|TLS|SSL|SIGNATURE|VERIFY/.test(code)) return 'tls';
  return 'connection';
}
