import { brotliCompressSync, constants, gzipSync } from 'node:zlib';
import type { APIGatewayProxyEventV2, APIGatewayProxyStructuredResultV2 } from 'aws-lambda';
import { readCookies } from '../console-api/http/cookies';
import type { PageAnswer, PageCall } from '../console-api/http/page-call';

/** Smaller answers gain nothing by being compressed. */
const COMPRESSED_FROM = 1_024;

/** This machine's own addresses, which alone may be called without TLS. */
const LOOPBACK = /^(?:127\.0\.0\.1|localhost|\[::1\])(?::\d+)?$/;

/** The call of an HTTP API. Where it came in is the request context's word and never the header Host. */
export function pageCall(event: APIGatewayProxyEventV2, allowsHttp: boolean): PageCall {
  const { http, domainName } = event.requestContext;
  const scheme = allowsHttp && LOOPBACK.test(domainName) ? 'http' : 'https';
  return {
    method: http.method,
    path: event.rawPath,
    query: Object.fromEntries(
      Object.entries(event.queryStringParameters ?? {}).map(([name, value]) => [name, value ?? '']),
    ),
    headers: event.headers,
    cookies: readCookies(event.cookies ?? []),
    body:
      event.body === undefined || !event.isBase64Encoded
        ? event.body
        : Buffer.from(event.body, 'base64').toString('utf8'),
    origin: `${scheme}://${domainName}`,
  };
}

/** Compressed here: API Gateway's own setting would let clients send compressed requests. */
export function pageResult(
  { headers: asked }: PageCall,
  { status, headers, body, cookies = [] }: PageAnswer,
): APIGatewayProxyStructuredResultV2 {
  const answer = { statusCode: status, cookies: [...cookies] };
  if (typeof body !== 'string') {
    return { ...answer, headers: { ...headers }, body: body.toString('base64'), isBase64Encoded: true };
  }
  const packed = body.length < COMPRESSED_FROM ? undefined : compressed(body, asked['accept-encoding'] ?? '');
  if (!packed) return { ...answer, headers: { ...headers }, body };
  return {
    ...answer,
    headers: { ...headers, 'content-encoding': packed.encoding, 'vary': 'accept-encoding' },
    body: packed.bytes.toString('base64'),
    isBase64Encoded: true,
  };
}

function compressed(text: string, accepted: string) {
  // A low quality: the answer is made while a person waits.
  if (/\bbr\b/.test(accepted)) {
    return { encoding: 'br', bytes: brotliCompressSync(text, { params: { [constants.BROTLI_PARAM_QUALITY]: 4 } }) };
  }
  return /\bgzip\b/.test(accepted) ? { encoding: 'gzip', bytes: gzipSync(text) } : undefined;
}
