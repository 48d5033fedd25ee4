import { randomBytes, randomUUID } from 'node:crypto';
import type { ApiKey } from './api-keys';
import type { ApiRequest } from './api-request';
import type { ContextValues } from './context-variables';
import type { RestApiDefinition } from './rest-api-definition';
import type { MatchedRoute } from './route-table';

/**
 * What API Gateway knows of a request on its way: `$context` of templates and logs, `requestContext` of a function's
 * event.
 */
export interface RequestContext {
  readonly requestId: string;
  /** API Gateway's second id, `x-amz-apigw-id`. */
  readonly extendedRequestId: string;
  /** X-Ray's header, the client's own if it sent one. */
  readonly traceId: string;
  readonly route?: MatchedRoute;
  readonly apiKey?: ApiKey;
}

export function newRequestContext(request: ApiRequest): RequestContext {
  const seconds = Math.floor(request.receivedAt / 1000).toString(16);
  return {
    requestId: randomUUID(),
    extendedRequestId: `${randomBytes(11).toString('base64url')}=`,
    traceId: request.header('x-amzn-trace-id') ?? `Root=1-${seconds}-${randomBytes(12).toString('hex')}`,
  };
}

/** The part of a function's event that API Gateway adds. */
export function eventRequestContext(api: RestApiDefinition, request: ApiRequest, context: RequestContext): object {
  const domainName = request.header('host') ?? '';
  return {
    resourceId: context.route?.route.resourceId,
    resourcePath: context.route?.route.resourcePath,
    httpMethod: request.method,
    extendedRequestId: context.extendedRequestId,
    requestTime: requestTime(request.receivedAt),
    path: request.fullPath,
    accountId: api.account,
    protocol: 'HTTP/1.1',
    stage: api.stageName,
    domainPrefix: domainName.split('.')[0],
    requestTimeEpoch: request.receivedAt,
    requestId: context.requestId,
    identity: {
      cognitoIdentityPoolId: null,
      accountId: null,
      cognitoIdentityId: null,
      caller: null,
      ...(context.apiKey && { apiKey: context.apiKey.value, apiKeyId: context.apiKey.id }),
      sourceIp: request.sourceIp,
      principalOrgId: null,
      accessKey: null,
      cognitoAuthenticationType: null,
      cognitoAuthenticationProvider: null,
      userArn: null,
      userAgent: request.header('user-agent') ?? null,
      user: null,
    },
    domainName,
    deploymentId: api.deploymentId,
    apiId: api.id,
  };
}

/** The values of `$context` that every request has. */
export function contextValues(api: RestApiDefinition, request: ApiRequest, context: RequestContext): ContextValues {
  const domainName = request.header('host') ?? '';
  const userAgent = request.header('user-agent');
  return {
    'accountId': api.account,
    'apiId': api.id,
    'deploymentId': api.deploymentId,
    domainName,
    'domainPrefix': domainName.split('.')[0] ?? '',
    'extendedRequestId': context.extendedRequestId,
    'httpMethod': request.method,
    'identity.sourceIp': request.sourceIp,
    ...(userAgent !== undefined && { 'identity.userAgent': userAgent }),
    ...(context.apiKey && { 'identity.apiKey': context.apiKey.value, 'identity.apiKeyId': context.apiKey.id }),
    'path': request.fullPath,
    'protocol': 'HTTP/1.1',
    'requestId': context.requestId,
    'requestTime': requestTime(request.receivedAt),
    'requestTimeEpoch': String(request.receivedAt),
    ...(context.route && {
      resourceId: context.route.route.resourceId,
      resourcePath: context.route.route.resourcePath,
    }),
    'stage': api.stageName,
    'xrayTraceId': context.traceId.replace(/^Root=/, '').split(';')[0] ?? '',
  };
}

/** As web servers' logs write it: `09/Apr/2026:12:34:56 +0000`. */
function requestTime(milliseconds: number): string {
  const date = new Date(milliseconds).toUTCString();
  const [, day = '', month = '', year = '', time = ''] = /^\w+, (\d+) (\w+) (\d+) ([\d:]+) GMT$/.exec(date) ?? [];
  return `${day}/${month}/${year}:${time} +0000`;
}
