import { z } from 'zod';
import { readProperties } from '../functions/resource-properties';
import type { StackResource } from '../template/stack-template';
import { readCorsTemplate } from './cors-template';
import type { CorsTemplate } from './cors-template';

/** What stands behind a method. */
export type Integration =
  | { readonly kind: 'function'; readonly functionArn: string; readonly timeoutMilliseconds: number }
  /** A fixed answer: to CORS preflight requests, as CDK makes it, or with a body. */
  | {
    readonly kind: 'mock';
    readonly status: number;
    readonly headers: Readonly<Record<string, string>>;
    readonly template: CorsTemplate;
    readonly body: string;
    /** The media types that it takes; any, unless the others are refused. */
    readonly mediaTypes?: readonly string[];
  };

export interface MethodDefinition {
  readonly resourceId: string;
  /** `ANY` takes every method that the resource has no other for. */
  readonly httpMethod: string;
  readonly needsApiKey: boolean;
  readonly requiredParameters: readonly RequestParameter[];
  /** Model names by content type. */
  readonly models: Readonly<Record<string, string>>;
  readonly validatorId?: string;
  readonly integration: Integration;
}

export interface RequestParameter {
  readonly place: 'header' | 'querystring' | 'path';
  readonly name: string;
}

/** API Gateway's longest and default wait for an integration. */
const DEFAULT_TIMEOUT_MILLISECONDS = 29_000;

const functionIntegration = z.strictObject({
  Type: z.literal('AWS_PROXY'),
  IntegrationHttpMethod: z.literal('POST'),
  TimeoutInMillis: z.coerce.number().int().optional(),
  Uri: z
    .string()
    .regex(/:lambda:path\/2015-03-31\/functions\/.+\/invocations$/, 'only functions are supported behind AWS_PROXY'),
});

const mockIntegration = z.strictObject({
  Type: z.literal('MOCK'),
  // CDK writes the status 200 without quotes, which only API Gateway's parser takes for JSON.
  RequestTemplates: z.record(
    z.string(),
    z.string().regex(/^\{\s*"?statusCode"?\s*:\s*200\s*\}$/, 'only { statusCode: 200 } is supported'),
  ),
  PassthroughBehavior: z.literal('NEVER').optional(),
  IntegrationResponses: z.tuple([
    z.strictObject({
      ResponseParameters: z
        .record(
          z.string().startsWith('method.response.header.'),
          z.string().regex(/^'.*'$/, 'only quoted texts are supported'),
        )
        .default({}),
      ResponseTemplates: z.strictObject({ 'application/json': z.string() }).optional(),
      StatusCode: z.coerce.number().int(),
    }),
  ]),
});

const shape = z.strictObject({
  ApiKeyRequired: z.boolean().default(false),
  AuthorizationType: z.literal('NONE').optional(),
  HttpMethod: z.string(),
  Integration: z.discriminatedUnion('Type', [functionIntegration, mockIntegration]),
  MethodResponses: z
    .array(
      z.strictObject({
        ResponseModels: z.unknown().optional(),
        ResponseParameters: z.record(z.string(), z.boolean()).default({}),
        StatusCode: z.coerce.number().int(),
      }),
    )
    .default([]),
  OperationName: z.string().optional(),
  RequestModels: z.record(z.string(), z.string()).default({}),
  RequestParameters: z
    .record(z.string().regex(/^method\.request\.(header|querystring|path)\./), z.boolean())
    .default({}),
  RequestValidatorId: z.string().optional(),
  ResourceId: z.string(),
  RestApiId: z.string(),
});

export function methodDefinition(resource: StackResource): MethodDefinition {
  const properties = readProperties(resource, shape);
  return {
    resourceId: properties.ResourceId,
    httpMethod: properties.HttpMethod,
    needsApiKey: properties.ApiKeyRequired,
    requiredParameters: Object.entries(properties.RequestParameters)
      .filter(([, isRequired]) => isRequired)
      .map(([name]) => requestParameter(name)),
    models: properties.RequestModels,
    ...(properties.RequestValidatorId !== undefined && { validatorId: properties.RequestValidatorId }),
    integration: integrationOf(properties, resource.logicalId),
  };
}

function requestParameter(written: string): RequestParameter {
  const [, , place, ...name] = written.split('.');
  return { place: place === 'header' || place === 'path' ? place : 'querystring', name: name.join('.') };
}

function integrationOf(
  { Integration: integration, MethodResponses: declared }: z.infer<typeof shape>,
  logicalId: string,
): Integration {
  if (integration.Type === 'AWS_PROXY') {
    const [, functionArn = ''] = /\/functions\/(.+)\/invocations$/.exec(integration.Uri) ?? [];
    return {
      kind: 'function',
      functionArn,
      timeoutMilliseconds: integration.TimeoutInMillis ?? DEFAULT_TIMEOUT_MILLISECONDS,
    };
  }
  const [response] = integration.IntegrationResponses;
  const declaration = declared.find(({ StatusCode }) => StatusCode === response.StatusCode);
  const undeclared = Object.keys(response.ResponseParameters).find(
    (name) => declaration?.ResponseParameters[name] === undefined,
  );
  if (!declaration || undeclared !== undefined) {
    throw new Error(
      `Reading the method ${logicalId} failed: its method responses do not declare `
      + `${undeclared ?? `the status ${response.StatusCode}`}, ` +
        'so API Gateway would answer 500. Declare it in the stack.',
    );
  }
  const headers = Object.entries(response.ResponseParameters).map(([name, value]) => [
    name.slice('method.response.header.'.length),
    value.slice(1, -1),
  ]);
  return {
    kind: 'mock',
    status: response.StatusCode,
    headers: Object.fromEntries(headers),
    ...answerOf(response.ResponseTemplates?.['application/json'] ?? '', logicalId),
    ...(integration.PassthroughBehavior && { mediaTypes: Object.keys(integration.RequestTemplates) }),
  };
}

/** A response template is a fixed JSON text, or what CDK writes for the headers of preflight answers. */
function answerOf(template: string, logicalId: string): { readonly body: string; readonly template: CorsTemplate } {
  const isFixed = template.startsWith('{') && !/[$#]/.test(template);
  return isFixed
    ? { body: template, template: () => ({}) }
    : { body: '', template: readCorsTemplate(template, logicalId) };
}
