import type { ApiRequest } from './api-request';
import type { ApiResponse } from './api-response';
import { contextValue, fillContextVariables } from './context-variables';
import type { ContextValues } from './context-variables';
import type { GatewayFault } from './gateway-fault';
import { GATEWAY_RESPONSES } from './gateway-fault';
import type { GatewayResponseDefinitions } from './gateway-response-definition';

const DEFAULT_TEMPLATE = '{"message":$context.error.messageString}';

/** The `$context.error` of a refusal. */
export function errorValues(fault: GatewayFault): ContextValues {
  return {
    'error.message': fault.message,
    'error.messageString': JSON.stringify(fault.message),
    'error.responseType': fault.responseType,
    'error.validationErrorString': `[${(fault.options.validationErrors ?? []).join(', ')}]`,
  };
}

/** Answers a refusal as the stack's gateway response of its type says, or that of its class, or API Gateway's own. */
export function gatewayResponse(
  fault: GatewayFault, definitions: GatewayResponseDefinitions, request: ApiRequest, values: ContextValues,
): ApiResponse {
  const standard = GATEWAY_RESPONSES[fault.responseType];
  const ofType = definitions.get(fault.responseType);
  const definition = ofType ?? definitions.get(standard.status >= 500 ? 'DEFAULT_5XX' : 'DEFAULT_4XX');
  // A type of the stack's own without a status falls back to the type's; otherwise the fault may know better.
  const status = definition?.status ?? (ofType ? standard.status : fault.options.status ?? standard.status);
  const body = fillContextVariables(definition?.template ?? DEFAULT_TEMPLATE, { ...values, ...errorValues(fault) }, '');
  const headers = Object.entries(definition?.headers ?? {}).flatMap(([name, written]) => {
    const value = parameterValue(written, request, values);
    return value === undefined ? [] : [[name, value] as const];
  });
  return {
    status,
    headers: [['Content-Type', 'application/json'], ['x-amzn-ErrorType', standard.errorType], ...headers],
    body: Buffer.from(body),
  };
}

function parameterValue(written: string, request: ApiRequest, values: ContextValues): string | undefined {
  if (written.startsWith('\'')) return written.slice(1, -1);
  const [, place, name = ''] =
    /^(context|method\.request\.header|method\.request\.querystring)\.(.+)$/.exec(written) ?? [];
  switch (place) {
    case 'context': return contextValue(name, values);
    case 'method.request.header': return request.header(name);
    default: return request.query.get(name) ?? undefined;
  }
}
