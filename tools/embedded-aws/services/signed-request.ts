import type { IncomingHttpHeaders, IncomingMessage } from 'node:http';

/** What a request's signature says of itself. The signature is not checked: on one machine nobody else can have the key. */
export interface SignedRequest {
  readonly accessKeyId: string;
  readonly region: string;
  readonly service: string;
  readonly method: string;
  readonly path: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string;
}

/** As much as DynamoDB takes in one request; the other services take less. */
const LARGEST_BODY_BYTES = 16 * 1024 * 1024;

/** The request with its whole body; a sentence instead where it is not signed or too large. */
export async function readSignedRequest(message: IncomingMessage): Promise<SignedRequest | { readonly refusal: string; readonly status: number }> {
  const headers = singleHeaders(message.headers);
  const scope = /Credential=([^/,\s]+)\/\d{8}\/([^/]+)\/([^/]+)\/aws4_request/.exec(headers.authorization ?? '');
  const chunks: Buffer[] = [];
  let size = 0;
  for await (const chunk of message) {
    const bytes = Buffer.from(chunk);
    size += bytes.length;
    if (size <= LARGEST_BODY_BYTES) chunks.push(bytes);
  }
  if (size > LARGEST_BODY_BYTES) return { status: 413, refusal: `The request has ${size} bytes, more than any service takes (${LARGEST_BODY_BYTES}).` };
  const [, accessKeyId, region, service] = scope ?? [];
  if (accessKeyId === undefined || region === undefined || service === undefined) {
    return { status: 403, refusal: 'The request is not signed: call with an AWS SDK client that has the credentials of a function of the stack.' };
  }
  return { accessKeyId, region, service, method: message.method ?? 'GET', path: message.url ?? '/', headers, body: Buffer.concat(chunks).toString('utf8') };
}

function singleHeaders(headers: IncomingHttpHeaders): Record<string, string> {
  return Object.fromEntries(Object.entries(headers).map(([name, value]) => [name, Array.isArray(value) ? value.join(', ') : value ?? '']));
}
