import { AccessLogField as Field, AccessLogFormat } from 'aws-cdk-lib/aws-apigateway';

/**
 * One JSON line a request. No address, agent or path with parameters of the caller, and a key's identifier instead of
 * the key.
 */
export const ACCESS_LOG_FORMAT = AccessLogFormat.custom(JSON.stringify({
  time: Field.contextRequestTime(),
  request_id: Field.contextRequestId(),
  trace_id: Field.contextXrayTraceId(),
  method: Field.contextHttpMethod(),
  resource: Field.contextResourcePath(),
  status: Field.contextStatus(),
  latency_ms: Field.contextResponseLatency(),
  integration_latency_ms: Field.contextIntegrationLatency(),
  integration_status: Field.contextIntegrationStatus(),
  response_bytes: Field.contextResponseLength(),
  api_key_id: Field.contextIdentityApiKeyId(),
  refusal: Field.contextErrorResponseType(),
}));
