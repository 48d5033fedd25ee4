import type { InvocationResult } from '../functions/invocation-result';
import { LARGEST_PAYLOAD_BYTES } from '../functions/invocation-result';
import type { InvokePermissions } from '../functions/invoke-permission';
import type { ApiRequest } from './api-request';
import type { ApiResponse } from './api-response';
import { GatewayFault } from './gateway-fault';
import type { MethodDefinition } from './method-definition';
import { proxyEvent } from './proxy-event';
import { malformedResponse, proxyResponse } from './proxy-response';
import type { RequestContext } from './request-context';
import type { RestApiDefinition } from './rest-api-definition';

export interface FunctionIntegrationOptions {
  readonly api: RestApiDefinition;
  readonly invoke: (functionArn: string, event: string, traceId: string) => Promise<InvocationResult>;
  readonly mayInvoke: InvokePermissions;
}

export interface FunctionCall {
  readonly functionArn: string;
  readonly timeoutMilliseconds: number;
  readonly method: MethodDefinition;
  readonly request: ApiRequest;
  readonly context: RequestContext;
}

/** Hands a request to the function behind a method and reads its answer. */
export async function callFunction(
  { api, invoke, mayInvoke }: FunctionIntegrationOptions,
  call: FunctionCall,
): Promise<ApiResponse> {
  const { functionArn, request, context } = call;
  const source = `arn:aws:execute-api:${api.region}:${api.account}:${api.id}/${api.stageName}/${call.method.httpMethod.replace('ANY', request.method)}`;
  if (!mayInvoke('apigateway.amazonaws.com', functionArn, `${source}${context.route?.route.resourcePath ?? ''}`)) {
    const integrationError = 'Execution failed due to configuration error: Invalid permissions on Lambda function';
    throw new GatewayFault('API_CONFIGURATION_ERROR', 'Internal server error', { integrationError });
  }
  const event = JSON.stringify(proxyEvent(api, request, context));
  // Lambda's limit lies below API Gateway's own.
  if (Buffer.byteLength(event) > LARGEST_PAYLOAD_BYTES) throw new GatewayFault('REQUEST_TOO_LARGE', 'Request Too Long');
  const result = await withinTime(invoke(functionArn, event, context.traceId), call.timeoutMilliseconds);
  switch (result.kind) {
    case 'answered':
      return proxyResponse(result.payload, request, api.binaryMediaTypes);
    case 'failed':
      throw malformedResponse(result.failure.errorMessage);
    case 'throttled':
      throw new GatewayFault('INTEGRATION_FAILURE', 'Internal server error', {
        status: 500,
        integrationError: 'Rate Exceeded.',
      });
  }
}

/** The function runs on: API Gateway only stops waiting for it. */
async function withinTime<Answer>(answer: Promise<Answer>, milliseconds: number): Promise<Answer> {
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<never>((_resolve, reject) => {
    timer = setTimeout(() => {
      reject(new GatewayFault('INTEGRATION_TIMEOUT', 'Endpoint request timed out'));
    }, milliseconds);
  });
  try {
    return await Promise.race([answer, late]);
  } finally {
    clearTimeout(timer);
  }
}
