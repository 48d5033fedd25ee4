import type { IncomingMessage } from 'node:http';

/** A request as API Gateway receives it, split at the stage. */
export interface ApiRequest {
  readonly method: string;
  /** With the stage, as the client wrote it. */
  readonly fullPath: string;
  /** Behind the stage, as the client wrote it. */
  readonly path: string;
  readonly query: URLSearchParams;
  /** Names in the client's letters; one entry a line. */
  readonly headers: ReadonlyArray<readonly [name: string, value: string]>;
  readonly body: Buffer;
  /** The body is larger than API Gateway takes and was not kept. */
  readonly isTooLarge: boolean;
  readonly sourceIp: string;
  /** The port that the API listens on. */
  readonly port: number;
  /** Milliseconds since 1970. */
  readonly receivedAt: number;
  /** The last value of a header, whatever its letter case. */
  header(name: string): string | undefined;
}

/** What is read of Node.js's message. */
export interface ReceivedMessage extends Pick<IncomingMessage, 'method' | 'url' | 'rawHeaders'> {
  readonly socket: Pick<IncomingMessage['socket'], 'remoteAddress' | 'localPort'>;
}

/** `body` is undefined where it was too large. */
export function apiRequest(
  incoming: ReceivedMessage,
  body: Buffer | undefined,
  stageName: string,
  receivedAt: number,
): ApiRequest {
  const target = incoming.url ?? '/';
  const queryStart = target.indexOf('?');
  const fullPath = queryStart < 0 ? target : target.slice(0, queryStart);
  const headers: Array<readonly [string, string]> = [];
  for (let index = 0; index + 1 < incoming.rawHeaders.length; index += 2) {
    headers.push([incoming.rawHeaders[index] ?? '', incoming.rawHeaders[index + 1] ?? '']);
  }
  return {
    method: incoming.method ?? 'GET',
    fullPath,
    path: fullPath.slice(stageName.length + 1) || '/',
    query: new URLSearchParams(queryStart < 0 ? '' : target.slice(queryStart + 1)),
    headers,
    body: body ?? Buffer.alloc(0),
    isTooLarge: body === undefined,
    sourceIp: incoming.socket.remoteAddress?.replace('::ffff:', '') ?? '127.0.0.1',
    port: incoming.socket.localPort ?? 0,
    receivedAt,
    header: (name) => headers.filter(([written]) => written.toLowerCase() === name.toLowerCase()).at(-1)?.[1],
  };
}

/** Whether a media type is one of those that an API treats as binary; `*` stands for any part. */
export function isBinary(mediaType: string | undefined, binaryMediaTypes: readonly string[]): boolean {
  const [type = '', subtype = ''] = mediaType?.split(';')[0]?.trim().toLowerCase().split('/') ?? [];
  if (type === '') return false;
  return binaryMediaTypes.some((written) => {
    const [wantedType, wantedSubtype] = written.toLowerCase().split('/');
    return (wantedType === '*' || wantedType === type) && (wantedSubtype === '*' || wantedSubtype === subtype);
  });
}
