/**
 * The `$context` variables that have a value here or always lack one without an authorizer. Names as in
 * https://docs.aws.amazon.com/apigateway/latest/developerguide/api-gateway-variables-for-access-logging.html
 */
export const CONTEXT_VARIABLES = [
  'accountId',
  'apiId',
  'authorizer.principalId',
  'awsEndpointRequestId',
  'deploymentId',
  'domainName',
  'domainPrefix',
  'error.message',
  'error.messageString',
  'error.responseType',
  'error.validationErrorString',
  'extendedRequestId',
  'httpMethod',
  'identity.accountId',
  'identity.apiKey',
  'identity.apiKeyId',
  'identity.caller',
  'identity.cognitoIdentityId',
  'identity.sourceIp',
  'identity.user',
  'identity.userAgent',
  'identity.userArn',
  'integration.error',
  'integration.integrationStatus',
  'integration.latency',
  'integration.requestId',
  'integration.status',
  'integrationErrorMessage',
  'integrationLatency',
  'integrationStatus',
  'path',
  'protocol',
  'requestId',
  'requestTime',
  'requestTimeEpoch',
  'resourceId',
  'resourcePath',
  'responseLatency',
  'responseLength',
  'stage',
  'status',
  'xrayTraceId',
] as const;

export type ContextVariable = (typeof CONTEXT_VARIABLES)[number];

/** The values of one request; those that it lacks are left out. */
export type ContextValues = Readonly<Partial<Record<ContextVariable, string>>>;

const VARIABLE = /\$context\.([A-Za-z]+(?:\.[A-Za-z]+)*)/g;

/** Puts a request's values in place of `$context.…`; `absent` stands for those without one (`-` in access logs). */
export function fillContextVariables(template: string, values: ContextValues, absent: string): string {
  return template.replace(VARIABLE, (_written, name: string) => contextValue(name, values) ?? absent);
}

export function contextValue(name: string, values: ContextValues): string | undefined {
  return isContextVariable(name) ? values[name] : undefined;
}

/** Throws where a template holds something other than plain text and known `$context` variables. */
export function assertKnownVariables(template: string, holder: string): void {
  const unknown = [...template.matchAll(VARIABLE)]
    .map(([, name = '']) => name)
    .filter((name) => !isContextVariable(name))
    .map((name) => `$context.${name}`);
  const foreign = template.replace(VARIABLE, '').match(/\$[A-Za-z{!][\w.]*|#(set|if|foreach)\b/g) ?? [];
  const [first] = [...unknown, ...foreign];
  if (first === undefined) return;
  throw new Error(`Reading the template of ${holder} failed: ${first} is unknown to the embedded cloud. `
    + 'Use another variable, or add its value in tools/embedded-aws/api/context-variables.ts.');
}

function isContextVariable(name: string): name is ContextVariable {
  return CONTEXT_VARIABLES.some((known) => known === name);
}
