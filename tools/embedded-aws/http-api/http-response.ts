import { z } from 'zod';

export interface HttpResponse {
  readonly status: number;
  /** One entry a header line. */
  readonly headers: ReadonlyArray<readonly [name: string, value: string]>;
  readonly body: Buffer;
}

const shape = z.object({
  statusCode: z.number().int().min(200).max(599),
  headers: z.record(z.string(), z.union([z.string(), z.number(), z.boolean()]).transform(String)).optional(),
  cookies: z.array(z.string()).optional(),
  body: z.string().optional(),
  isBase64Encoded: z.boolean().optional(),
});

const message = (status: number, words: string): HttpResponse => ({
  status, headers: [['content-type', 'application/json']], body: Buffer.from(JSON.stringify({ message: words })),
});

export const TOO_MANY_REQUESTS = message(429, 'Too Many Requests');
export const INTERNAL_ERROR = message(500, 'Internal Server Error');

/** Reads a function's answer: one with a status code, or any JSON, which is answered as it is. */
export function httpResponse(payload: string): HttpResponse {
  const answer: unknown = JSON.parse(payload);
  const hasStatus = typeof answer === 'object' && answer !== null && 'statusCode' in answer;
  if (!hasStatus) return { status: 200, headers: [['content-type', 'application/json']], body: Buffer.from(payload) };
  const read = shape.safeParse(answer);
  if (!read.success) return INTERNAL_ERROR;
  const { statusCode: status, headers = {}, cookies = [], body = '', isBase64Encoded = false } = read.data;
  const lines = Object.entries(headers).filter(([name]) => !/^(?:connection|content-length|transfer-encoding)$/i.test(name));
  return {
    status,
    headers: [...lines, ...cookies.map((cookie) => ['set-cookie', cookie] as const)],
    body: Buffer.from(body, isBase64Encoded ? 'base64' : 'utf8'),
  };
}
