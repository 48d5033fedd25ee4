import type { ApiRequest } from './api-request';
import { isBinary } from './api-request';
import { eventRequestContext } from './request-context';
import type { RequestContext } from './request-context';
import type { RestApiDefinition } from './rest-api-definition';

/** Headers that belong to the connection, which ends at API Gateway. */
const NOT_FORWARDED = [
  'connection',
  'content-length',
  'transfer-encoding',
  'x-amzn-trace-id',
  'x-forwarded-for',
  'x-forwarded-port',
  'x-forwarded-proto',
];

/**
 * The event of a function behind AWS_PROXY:
 *
 *
 *
 *
 * https://docs.aws.amazon.com/apigateway/latest/developerguide/set-up-lambda-proxy-integrations.html#api-gateway-simple-proxy-for-lambda-input-format
 */
export function proxyEvent(api: RestApiDefinition, request: ApiRequest, context: RequestContext): object {
  const headers = grouped([
    ...request.headers.filter(([name]) => !NOT_FORWARDED.includes(name.toLowerCase())),
    ...addedHeaders(request, context),
  ]);
  const query = grouped([...request.query]);
  const isBase64Encoded = request.body.length > 0 && isBinary(request.header('content-type'), api.binaryMediaTypes);
  return {
    resource: context.route?.route.resourcePath,
    path: request.path,
    httpMethod: request.method,
    headers: lastValues(headers),
    multiValueHeaders: headers,
    queryStringParameters: orNull(lastValues(query)),
    multiValueQueryStringParameters: orNull(query),
    pathParameters: orNull(context.route?.pathParameters ?? {}),
    stageVariables: api.stageVariables,
    requestContext: eventRequestContext(api, request, context),
    body: request.body.length === 0 ? null : request.body.toString(isBase64Encoded ? 'base64' : 'utf8'),
    isBase64Encoded,
  };
}

function addedHeaders(request: ApiRequest, context: RequestContext): ReadonlyArray<readonly [string, string]> {
  const forwardedFor = request.header('x-forwarded-for');
  return [
    ['X-Amzn-Trace-Id', context.traceId],
    ['X-Forwarded-For', forwardedFor === undefined ? request.sourceIp : `${forwardedFor}, ${request.sourceIp}`],
    ['X-Forwarded-Port', String(request.port)],
    ['X-Forwarded-Proto', 'http'],
  ];
}

function grouped(entries: ReadonlyArray<readonly [string, string]>): Readonly<Record<string, readonly string[]>> {
  const values = new Map<string, string[]>();
  for (const [name, value] of entries) values.set(name, [...values.get(name) ?? [], value]);
  return Object.fromEntries(values);
}

function lastValues(groups: Readonly<Record<string, readonly string[]>>): Readonly<Record<string, string>> {
  return Object.fromEntries(Object.entries(groups).map(([name, values]) => [name, values.at(-1) ?? '']));
}

function orNull<Value>(record: Readonly<Record<string, Value>>): Readonly<Record<string, Value>> | null {
  return Object.keys(record).length === 0 ? null : record;
}
