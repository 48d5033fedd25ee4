import type { CapturedLog } from '../functions/captured-log';
import type { ApiRequest } from './api-request';
import type { ApiResponse } from './api-response';
import { withHeaders } from './api-response';
import type { ContextValues } from './context-variables';
import { fillContextVariables } from './context-variables';
import type { FunctionIntegrationOptions } from './function-integration';
import { callFunction } from './function-integration';
import { GatewayFault } from './gateway-fault';
import { gatewayResponse, errorValues } from './gateway-response';
import type { MethodDefinition } from './method-definition';
import type { RequestContext } from './request-context';
import { contextValues, newRequestContext } from './request-context';
import type { RestApiDefinition } from './rest-api-definition';
import { methodKey } from './rest-api-definition';
import { matchRoute } from './route-table';
import { TokenBucket } from './token-bucket';
import type { UsagePlans } from './usage-plans';

export interface RestApiOptions extends FunctionIntegrationOptions {
  readonly plans: UsagePlans;
  readonly accessLog: CapturedLog;
  /** Milliseconds since 1970. */
  readonly now?: (() => number) | undefined;
}

/** How a request went, for the access log. */
export interface Answered {
  readonly context: RequestContext;
  readonly response: ApiResponse;
  readonly fault?: GatewayFault;
  readonly integrationMilliseconds?: number;
}

/** Answers requests as API Gateway does: route, key, rate, validation, then what stands behind the method. */
export class RestApi {
  private readonly stageBucket: TokenBucket | undefined;
  private readonly methodBuckets: ReadonlyMap<string, TokenBucket>;
  private readonly now: () => number;

  constructor(private readonly options: RestApiOptions) {
    this.now = options.now ?? Date.now;
    this.stageBucket = options.api.throttle && new TokenBucket(options.api.throttle, this.now);
    this.methodBuckets = new Map(
      [...options.api.methodThrottles].map(([key, throttle]) => [key, new TokenBucket(throttle, this.now)]),
    );
  }

  async answer(request: ApiRequest): Promise<ApiResponse> {
    const { api, accessLog } = this.options;
    const answered = await this.work(request);
    const { requestId, extendedRequestId } = answered.context;
    const response = withHeaders(answered.response, [
      ['x-amzn-RequestId', requestId],
      ['x-amz-apigw-id', extendedRequestId],
    ]);
    const line = accessLogLine(api, request, { ...answered, response }, this.now());
    if (line !== undefined) accessLog.write('platform', line, requestId);
    return response;
  }

  private async work(request: ApiRequest): Promise<Answered> {
    let context = newRequestContext(request);
    try {
      if (request.isTooLarge) throw new GatewayFault('REQUEST_TOO_LARGE', 'Request Too Long');
      const route = matchRoute(this.options.api.routes, request.path);
      if (route) context = { ...context, route };
      const method = route?.route.methods.get(request.method) ?? route?.route.methods.get('ANY');
      if (!method) throw new GatewayFault('MISSING_AUTHENTICATION_TOKEN', 'Missing Authentication Token');
      context = this.admit(method, request, context);
      this.options.api.validate(method, request, context.route?.pathParameters ?? {});
      const startedAt = this.now();
      const response = await this.integrate(method, request, context);
      return { context, response, integrationMilliseconds: this.now() - startedAt };
    } catch (thrown) {
      const fault = thrown instanceof GatewayFault ? thrown : sanitizeError(thrown);
      const values = contextValues(this.options.api, request, context);
      return {
        context: fault.options.apiKey ? { ...context, apiKey: fault.options.apiKey } : context,
        fault,
        response: gatewayResponse(fault, this.options.api.gatewayResponses, request, values),
      };
    }
  }

  private admit(method: MethodDefinition, request: ApiRequest, context: RequestContext): RequestContext {
    const { api, plans } = this.options;
    const bucket =
      this.methodBuckets.get(methodKey(method.httpMethod, context.route?.route.resourcePath ?? '')) ?? this.stageBucket;
    if (bucket?.take() === false) throw new GatewayFault('THROTTLED', 'Too Many Requests');
    if (!method.needsApiKey) return context;
    const verdict = plans.admit(request.header('x-api-key'), api.id, api.stageName);
    switch (verdict.kind) {
      case 'unknown':
        throw new GatewayFault('INVALID_API_KEY', 'Forbidden');
      case 'throttled':
        throw new GatewayFault('THROTTLED', 'Too Many Requests', { apiKey: verdict.key });
      case 'allowed':
        return { ...context, apiKey: verdict.key };
    }
  }

  private async integrate(
    method: MethodDefinition,
    request: ApiRequest,
    context: RequestContext,
  ): Promise<ApiResponse> {
    const { integration } = method;
    switch (integration.kind) {
      case 'function':
        return withHeaders(await callFunction(this.options, { ...integration, method, request, context }), [
          ['Content-Type', 'application/json'],
          ['X-Amzn-Trace-Id', context.traceId],
        ]);
      case 'mock': {
        const mediaType = (request.header('content-type') ?? 'application/json').split(';')[0]?.trim().toLowerCase();
        if (integration.mediaTypes && !integration.mediaTypes.includes(mediaType ?? '')) {
          throw new GatewayFault('UNSUPPORTED_MEDIA_TYPE', 'Unsupported Media Type');
        }
        const exactHeader = (name: string) => request.headers.find(([written]) => written === name)?.[1] ?? '';
        const headers = {
          'Content-Type': 'application/json',
          ...integration.headers,
          ...integration.template(exactHeader),
        };
        return { status: integration.status, headers: Object.entries(headers), body: Buffer.from(integration.body) };
      }
    }
  }
}

function sanitizeError(thrown: unknown): GatewayFault {
  return new GatewayFault('API_CONFIGURATION_ERROR', 'Internal server error', { integrationError: String(thrown) });
}

/** The line that the stage's access log gets for a request; undefined for a stage without one. */
function accessLogLine(
  api: RestApiDefinition,
  request: ApiRequest,
  answered: Answered,
  now: number,
): string | undefined {
  if (api.accessLogFormat === undefined) return undefined;
  const { context, response, fault, integrationMilliseconds } = answered;
  const values: ContextValues = {
    ...contextValues(api, request, context),
    ...(fault && errorValues(fault)),
    ...integrationValues(fault?.options.integrationError, integrationMilliseconds),
    responseLatency: String(now - request.receivedAt),
    responseLength: String(response.body.length),
    status: String(response.status),
  };
  return fillContextVariables(api.accessLogFormat, values, '-');
}

function integrationValues(error: string | undefined, milliseconds: number | undefined): ContextValues {
  if (error !== undefined) return { 'integration.error': error, 'integrationErrorMessage': error };
  if (milliseconds === undefined) return {};
  const latency = String(milliseconds);
  // Lambda's own status: the function has answered, whatever it answered.
  const status = '200';
  return {
    'integration.latency': latency,
    'integrationLatency': latency,
    'integration.status': status,
    'integration.integrationStatus': status,
    'integrationStatus': status,
  };
}
