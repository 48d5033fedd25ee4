import { z } from 'zod';
import { readProperties } from '../functions/resource-properties';
import type { StackTemplate } from '../template/stack-template';
import { assertKnownVariables } from './context-variables';
import { gatewayResponseDefinitions } from './gateway-response-definition';
import type { GatewayResponseDefinitions } from './gateway-response-definition';
import { methodDefinition } from './method-definition';
import { requestValidator } from './request-validator';
import type { RequestValidator } from './request-validator';
import { routes } from './route-table';
import type { Route } from './route-table';
import type { ThrottleDefinition } from './token-bucket';

/** The stack's REST API with its one stage. */
export interface RestApiDefinition {
  readonly id: string;
  readonly account: string;
  readonly region: string;
  readonly stageName: string;
  readonly deploymentId: string;
  readonly stageVariables: Readonly<Record<string, string>> | null;
  readonly binaryMediaTypes: readonly string[];
  readonly routes: readonly Route[];
  readonly gatewayResponses: GatewayResponseDefinitions;
  readonly validate: RequestValidator;
  /** Of all requests to the stage together. */
  readonly throttle?: ThrottleDefinition;
  /** Of methods that have a rate of their own, which do not take from the stage's; by `methodKey`. */
  readonly methodThrottles: ReadonlyMap<string, ThrottleDefinition>;
  readonly accessLogFormat?: string;
}

const apiShape = z.strictObject({
  ApiKeySourceType: z.literal('HEADER').optional(),
  BinaryMediaTypes: z.array(z.string()).default([]),
  Description: z.string().optional(),
  EndpointConfiguration: z.unknown().optional(),
  FailOnWarnings: z.boolean().optional(),
  Name: z.string(),
  Tags: z.unknown().optional(),
});

const stageShape = z.strictObject({
  AccessLogSetting: z.strictObject({ DestinationArn: z.string(), Format: z.string() }).optional(),
  DeploymentId: z.string(),
  Description: z.string().optional(),
  MethodSettings: z.array(z.strictObject({
    DataTraceEnabled: z.boolean().optional(),
    HttpMethod: z.string(),
    LoggingLevel: z.string().optional(),
    MetricsEnabled: z.boolean().optional(),
    /** `/*` for all; otherwise with `~1` for each further slash. */
    ResourcePath: z.string().startsWith('/'),
    ThrottlingBurstLimit: z.coerce.number().optional(),
    ThrottlingRateLimit: z.coerce.number().optional(),
  })).default([]),
  RestApiId: z.string(),
  StageName: z.string(),
  Tags: z.unknown().optional(),
  TracingEnabled: z.boolean().optional(),
  Variables: z.record(z.string(), z.string()).optional(),
});

/** API Gateway's limits for an account, which stand where a stage sets only one of the two. */
const ACCOUNT_THROTTLE: ThrottleDefinition = { rateLimit: 10_000, burstLimit: 5000 };

export function restApiDefinition(template: StackTemplate): RestApiDefinition {
  const [api, stage] = [theOne(template, 'AWS::ApiGateway::RestApi'), theOne(template, 'AWS::ApiGateway::Stage')];
  const { BinaryMediaTypes: binaryMediaTypes } = readProperties(api, apiShape);
  const stageProperties = readProperties(stage, stageShape);
  const accessLogFormat = stageProperties.AccessLogSetting?.Format;
  if (accessLogFormat !== undefined) assertKnownVariables(accessLogFormat, stage.logicalId);
  return {
    id: api.reference,
    account: template.account,
    region: template.region,
    stageName: stageProperties.StageName,
    deploymentId: stageProperties.DeploymentId,
    stageVariables: stageProperties.Variables ?? null,
    binaryMediaTypes,
    routes: apiRoutes(template, binaryMediaTypes),
    gatewayResponses: gatewayResponseDefinitions(template.ofType('AWS::ApiGateway::GatewayResponse')),
    validate: requestValidator(
      template.ofType('AWS::ApiGateway::RequestValidator'),
      template.ofType('AWS::ApiGateway::Model'),
    ),
    ...stageThrottle(stageProperties.MethodSettings.find(isForAll)),
    methodThrottles: methodThrottles(stageProperties.MethodSettings.filter((settings) => !isForAll(settings))),
    ...(accessLogFormat !== undefined && { accessLogFormat }),
  };
}

type MethodSettings = z.infer<typeof stageShape>['MethodSettings'][number];

/** Identifies a method of a resource. */
export function methodKey(httpMethod: string, resourcePath: string): string {
  return `${httpMethod} ${resourcePath}`;
}

function isForAll({ HttpMethod, ResourcePath }: MethodSettings): boolean {
  return HttpMethod === '*' && ResourcePath === '/*';
}

function methodThrottles(settings: readonly MethodSettings[]): ReadonlyMap<string, ThrottleDefinition> {
  return new Map(settings.flatMap((method) => {
    if (method.HttpMethod === '*' || method.ResourcePath === '/*') {
      throw new Error(
        'Starting the REST API failed: the stage has settings for a part of its methods by *, and only those for '
          + 'all or for one are supported. Change the stack.',
      );
    }
    const { throttle } = stageThrottle(method);
    const resourcePath = method.ResourcePath.replaceAll('~1', '/').replace(/^\/\//, '/');
    return throttle ? [[methodKey(method.HttpMethod, resourcePath), throttle] as const] : [];
  }));
}

function stageThrottle(settings: MethodSettings | undefined): { readonly throttle?: ThrottleDefinition } {
  const { ThrottlingRateLimit: rateLimit, ThrottlingBurstLimit: burstLimit } = settings ?? {};
  if (rateLimit === undefined && burstLimit === undefined) return {};
  return {
    throttle: {
      rateLimit: rateLimit ?? ACCOUNT_THROTTLE.rateLimit,
      burstLimit: burstLimit ?? ACCOUNT_THROTTLE.burstLimit,
    },
  };
}

function apiRoutes(template: StackTemplate, binaryMediaTypes: readonly string[]): readonly Route[] {
  const resources = template.ofType('AWS::ApiGateway::Resource');
  const methods = template.ofType('AWS::ApiGateway::Method').map((method) => methodDefinition(method));
  if (binaryMediaTypes.includes('*/*') && methods.some(({ integration }) => integration.kind === 'mock')) {
    throw new Error(
      'Starting the REST API failed: with the binary media type */* API Gateway answers 500 to preflight requests, ' +
        'because a mock integration cannot read a binary body. Name the media types.',
    );
  }
  // The root has no resource of its own in a template: it is the one id that only parents and methods name.
  const ids = [
    ...resources.map(({ properties }) => String(properties.ParentId)),
    ...methods.map(({ resourceId }) => resourceId),
  ];
  const roots = new Set(ids.filter((id) => !resources.some(({ reference }) => reference === id)));
  const [rootId = 'root'] = roots;
  if (roots.size > 1) {
    throw new Error(
      `Starting the REST API failed: the resources ${[...roots].join(', ')} are unknown. Only the root may be.`,
    );
  }
  return routes(resources, methods, rootId);
}

function theOne(template: StackTemplate, type: string) {
  const [first, ...others] = template.ofType(type);
  if (first && others.length === 0) return first;
  throw new Error(
    `Starting the REST API failed: the stack has ${first ? others.length + 1 : 'no'} ${type}, but the embedded `
    + 'cloud serves exactly one. ' +
      'Change the stack.',
  );
}
