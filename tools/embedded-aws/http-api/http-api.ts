import { randomUUID } from 'node:crypto';
import type { IncomingMessage } from 'node:http';
import { TokenBucket } from '../api/token-bucket';
import type { InvocationResult } from '../functions/invocation-result';
import type { InvokePermissions } from '../functions/invoke-permission';
import type { HttpApiDefinition } from './http-api-definition';
import type { HttpResponse } from './http-response';
import { httpResponse, INTERNAL_ERROR, TOO_MANY_REQUESTS } from './http-response';

export interface HttpApiOptions {
  readonly api: HttpApiDefinition;
  readonly invoke: (functionArn: string, event: string, traceId: string) => Promise<InvocationResult>;
  readonly mayInvoke: InvokePermissions;
  readonly now: () => number;
}

/** Answers as an HTTP API of API Gateway does, payload format 2.0. */
export class HttpApi {
  private readonly bucket: TokenBucket | undefined;

  constructor(private readonly options: HttpApiOptions) {
    const { api: { throttle }, now } = options;
    this.bucket = throttle && new TokenBucket(throttle, now);
  }

  async answer(incoming: IncomingMessage, body: Buffer): Promise<HttpResponse> {
    const { api, invoke, mayInvoke, now } = this.options;
    if (this.bucket && !this.bucket.take()) return TOO_MANY_REQUESTS;
    const source = `arn:aws:execute-api:${api.region}:${api.account}:${api.id}/$default/$default`;
    if (!mayInvoke('apigateway.amazonaws.com', api.functionArn, source)) return INTERNAL_ERROR;
    const event = JSON.stringify(httpEvent(api, incoming, body, now()));
    const result = await invoke(api.functionArn, event, `Root=1-${randomUUID()}`);
    return result.kind === 'answered' ? httpResponse(result.payload) : INTERNAL_ERROR;
  }
}

/** https://docs.aws.amazon.com/apigateway/latest/developerguide/http-api-develop-integrations-lambda.html */
export function httpEvent(
  { id, account }: Pick<HttpApiDefinition, 'id' | 'account'>,
  incoming: Pick<IncomingMessage, 'method' | 'url' | 'rawHeaders' | 'socket'>,
  body: Buffer,
  now: number,
): object {
  const [path = '/', ...query] = (incoming.url ?? '/').split('?');
  const rawQueryString = query.join('?');
  const headers = combinedHeaders(incoming.rawHeaders);
  const { cookie, ...rest } = headers;
  const isText = /^text\/|json|xml|javascript|x-www-form-urlencoded/.test(headers['content-type'] ?? '');
  const parameters = combinedQuery(rawQueryString);
  const domainName = `127.0.0.1:${incoming.socket.localPort ?? 0}`;
  return {
    version: '2.0',
    routeKey: '$default',
    rawPath: decodedPath(path),
    rawQueryString,
    ...(cookie !== undefined && { cookies: cookie.split(/; */) }),
    headers: rest,
    ...(Object.keys(parameters).length > 0 && { queryStringParameters: parameters }),
    requestContext: {
      accountId: account,
      apiId: id,
      domainName,
      domainPrefix: '127',
      http: {
        method: incoming.method ?? 'GET',
        path: decodedPath(path),
        protocol: 'HTTP/1.1',
        sourceIp: incoming.socket.remoteAddress?.replace('::ffff:', '') ?? '127.0.0.1',
        userAgent: headers['user-agent'] ?? '',
      },
      requestId: randomUUID(),
      routeKey: '$default',
      stage: '$default',
      time: new Date(now).toISOString(),
      timeEpoch: now,
    },
    ...(body.length > 0 && { body: body.toString(isText ? 'utf8' : 'base64') }),
    isBase64Encoded: body.length > 0 && !isText,
  };
}

/** API Gateway hands an HTTP API's path over decoded. */
function decodedPath(path: string): string {
  try {
    return decodeURIComponent(path);
  } catch {
    return path;
  }
}

/** Names in lower case; several of one name are joined by a comma. */
function combinedHeaders(raw: readonly string[]): Readonly<Record<string, string | undefined>> {
  const found: Record<string, string> = {};
  for (let index = 0; index + 1 < raw.length; index += 2) {
    const name = (raw[index] ?? '').toLowerCase();
    const before = found[name];
    const value = raw[index + 1] ?? '';
    found[name] = before === undefined ? value : `${before}${name === 'cookie' ? '; ' : ','}${value}`;
  }
  return found;
}

function combinedQuery(text: string): Readonly<Record<string, string>> {
  const found: Record<string, string> = {};
  for (const [name, value] of new URLSearchParams(text)) {
    found[name] = found[name] === undefined ? value : `${found[name]},${value}`;
  }
  return found;
}
