import { z } from 'zod';
import { readProperties } from '../functions/resource-properties';
import type { StackResource } from '../template/stack-template';
import type { ApiRequest } from './api-request';
import { GatewayFault } from './gateway-fault';
import type { MethodDefinition } from './method-definition';

/** Refuses a request that lacks what its method demands, before any function sees it. */
export type RequestValidator = (
  method: MethodDefinition,
  request: ApiRequest,
  pathParameters: Readonly<Record<string, string>>,
) => void;

const validatorShape = z.strictObject({
  Name: z.string().optional(),
  RestApiId: z.string(),
  ValidateRequestBody: z.boolean().default(false),
  ValidateRequestParameters: z.boolean().default(false),
});

const modelShape = z.strictObject({
  ContentType: z.literal('application/json'),
  Description: z.string().optional(),
  Name: z.string().optional(),
  RestApiId: z.string(),
  Schema: z.record(z.string(), z.unknown()),
});

/** API Gateway's built-in models: `Empty` takes anything. */
const EMPTY_MODEL = 'Empty';

export function requestValidator(
  validators: readonly StackResource[],
  models: readonly StackResource[],
): RequestValidator {
  const rules = new Map(validators.map((resource) => [resource.reference, readProperties(resource, validatorShape)]));
  const schemas = new Map<string, z.ZodType>(models.map((resource) => [resource.reference, modelSchema(resource)]));
  schemas.set(EMPTY_MODEL, z.unknown());
  return (method, request, pathParameters) => {
    const rule = method.validatorId === undefined ? undefined : rules.get(method.validatorId);
    if (rule?.ValidateRequestParameters) validateParameters(method, request, pathParameters);
    if (rule?.ValidateRequestBody) validateBody(method, request, schemas);
  };
}

function validateParameters(
  method: MethodDefinition,
  request: ApiRequest,
  pathParameters: Readonly<Record<string, string>>,
): void {
  const missing = method.requiredParameters.filter(({ place, name }) => {
    if (place === 'header') return !request.header(name);
    return place === 'path' ? !pathParameters[name] : !request.query.get(name);
  });
  if (missing.length === 0) return;
  const names = missing.map(({ name }) => name).sort();
  throw new GatewayFault('BAD_REQUEST_PARAMETERS', `Missing required request parameters: [${names.join(', ')}]`);
}

function validateBody(method: MethodDefinition, request: ApiRequest, schemas: ReadonlyMap<string, z.ZodType>): void {
  const contentType = (request.header('content-type') ?? 'application/json').split(';')[0]?.trim().toLowerCase() ?? '';
  const modelName = method.models[contentType] ?? method.models.$default;
  // A content type without a model passes: that is what a method's other content types are for.
  if (modelName === undefined) return;
  const schema = schemas.get(modelName);
  if (!schema) {
    throw new GatewayFault('API_CONFIGURATION_ERROR', 'Internal server error', {
      integrationError: `no model is named ${modelName}`,
    });
  }
  const read = schema.safeParse(parsed(request.body));
  if (read.success) return;
  const validationErrors = read.error.issues.map((issue) =>
    [issue.path.join('.'), issue.message].filter((part) => part !== '').join(': '),
  );
  throw new GatewayFault('BAD_REQUEST_BODY', 'Invalid request body', { validationErrors });
}

function parsed(body: Buffer): unknown {
  // API Gateway takes an empty body for an empty object.
  if (body.length === 0) return {};
  try {
    return JSON.parse(body.toString('utf8'));
  } catch {
    throw new GatewayFault('BAD_REQUEST_BODY', 'Invalid request body', {
      validationErrors: ['the body is not valid JSON'],
    });
  }
}

function modelSchema(resource: StackResource): z.ZodType {
  const { Schema: schema } = readProperties(resource, modelShape);
  try {
    return z.fromJSONSchema(schema);
  } catch (fault) {
    throw new Error(
      `Reading the model ${resource.logicalId} failed: ${String(fault)}. Use only what `
        + 'tools/embedded-aws/api/request-validator.ts can judge.',
    );
  }
}
