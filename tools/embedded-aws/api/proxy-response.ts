import { validateHeaderName, validateHeaderValue } from 'node:http';
import { z } from 'zod';
import type { ApiRequest } from './api-request';
import type { ApiResponse } from './api-response';
import { GatewayFault } from './gateway-fault';
import { isBinary } from './api-request';

/** API Gateway sets these itself. */
const OWN_HEADERS = ['connection', 'content-length', 'transfer-encoding'];

const headerValue = z.union([z.string(), z.boolean()]).transform(String);

/** Exactly the fields that API Gateway takes: any other makes the answer malformed. */
const shape = z.strictObject({
  statusCode: z.coerce.number().int().min(200).max(599).default(200),
  headers: z.record(z.string(), headerValue).nullish(),
  multiValueHeaders: z.record(z.string(), z.array(headerValue)).nullish(),
  body: z.string().nullish(),
  isBase64Encoded: z.boolean().nullish(),
});

/**
 * Reads a function's answer as API Gateway does: what it cannot read is answered 502, with the cause in the access log
 * alone.
 */
export function proxyResponse(payload: string, request: ApiRequest, binaryMediaTypes: readonly string[]): ApiResponse {
  const read = shape.safeParse(JSON.parse(payload));
  if (!read.success) throw malformedResponse();
  const { statusCode: status, headers, multiValueHeaders, body, isBase64Encoded } = read.data;
  const several = Object.entries(multiValueHeaders ?? {}).flatMap(([name, values]) =>
    values.map((value) => [name, value] as const),
  );
  const single = Object.entries(headers ?? {}).filter(
    ([name]) => !several.some(([other]) => other.toLowerCase() === name.toLowerCase()),
  );
  const sent = [...single, ...several].filter(([name]) => !OWN_HEADERS.includes(name.toLowerCase()));
  if (!sent.every(isWritable)) throw malformedResponse();
  // The first media type that the client accepts decides whether it gets bytes.
  const isDecoded = isBase64Encoded === true && isBinary(request.header('accept')?.split(',')[0], binaryMediaTypes);
  return { status, headers: sent, body: Buffer.from(body ?? '', isDecoded ? 'base64' : 'utf8') };
}

function isWritable([name, value]: readonly [string, string]): boolean {
  try {
    validateHeaderName(name);
    validateHeaderValue(name, value);
    return true;
  } catch {
    return false;
  }
}

export function malformedResponse(
  integrationError = 'Execution failed due to configuration error: Malformed Lambda proxy response',
): GatewayFault {
  return new GatewayFault('DEFAULT_5XX', 'Internal server error', { integrationError });
}
