import type { ApiRequest } from './api-request';
import { fillContextVariables } from './context-variables';
import type { ContextValues } from './context-variables';
import { errorValues } from './gateway-response';
import { contextValues } from './request-context';
import type { Answered } from './rest-api';
import type { RestApiDefinition } from './rest-api-definition';

/** The line that the stage's access log gets for a request; undefined for a stage without one. */
export function accessLogLine(api: RestApiDefinition, request: ApiRequest, answered: Answered, now: number): string | undefined {
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
