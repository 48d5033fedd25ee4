import { z } from 'zod';
import type { ThrottleDefinition } from '../api/token-bucket';
import { readProperties } from '../functions/resource-properties';
import type { StackTemplate } from '../template/stack-template';

/** An HTTP API whose one route, `$default`, leads to a function. */
export interface HttpApiDefinition {
  readonly id: string;
  readonly account: string;
  readonly region: string;
  readonly functionArn: string;
  readonly throttle?: ThrottleDefinition;
}

const apiShape = z.strictObject({
  Description: z.string().optional(),
  DisableExecuteApiEndpoint: z.boolean().optional(),
  Name: z.string(),
  ProtocolType: z.literal('HTTP'),
  Tags: z.unknown().optional(),
});

const integrationShape = z.strictObject({
  ApiId: z.string(),
  IntegrationType: z.literal('AWS_PROXY'),
  IntegrationUri: z.string(),
  PayloadFormatVersion: z.literal('2.0'),
  TimeoutInMillis: z.number().optional(),
});

const routeShape = z.strictObject({
  ApiId: z.string(),
  AuthorizationType: z.literal('NONE').optional(),
  RouteKey: z.literal('$default'),
  Target: z.string().startsWith('integrations/'),
});

const stageShape = z.strictObject({
  AccessLogSettings: z.unknown().optional(),
  ApiId: z.string(),
  AutoDeploy: z.literal(true),
  DefaultRouteSettings: z.strictObject({
    ThrottlingBurstLimit: z.number().optional(),
    ThrottlingRateLimit: z.number().optional(),
  }).optional(),
  StageName: z.literal('$default'),
  Tags: z.unknown().optional(),
});

/** The stack's HTTP API; undefined where it has none. */
export function httpApiDefinition(template: StackTemplate): HttpApiDefinition | undefined {
  const [api, ...others] = template.ofType('AWS::ApiGatewayV2::Api');
  if (!api) return undefined;
  if (others.length > 0) {
    throw new Error(
      `Starting ${others[0]?.logicalId} failed: the embedded cloud runs one HTTP API a stack. `
        + 'Add to tools/embedded-aws/http-api what a second one needs.',
    );
  }
  readProperties(api, apiShape);
  const [route] = template.ofType('AWS::ApiGatewayV2::Route').map((one) => readProperties(one, routeShape));
  const integrations = template.ofType('AWS::ApiGatewayV2::Integration');
  const target = integrations.find(({ reference }) => route?.Target === `integrations/${reference}`);
  const [stage] = template.ofType('AWS::ApiGatewayV2::Stage').map((one) => readProperties(one, stageShape));
  if (!target || !stage) {
    throw new Error(`Starting ${api.logicalId} failed: it has no route $default with an integration and a stage $default.`);
  }
  const { ThrottlingBurstLimit: burstLimit, ThrottlingRateLimit: rateLimit } = stage.DefaultRouteSettings ?? {};
  return {
    id: api.reference,
    account: template.account,
    region: template.region,
    functionArn: readProperties(target, integrationShape).IntegrationUri,
    ...(burstLimit !== undefined && rateLimit !== undefined && { throttle: { burstLimit, rateLimit } }),
  };
}
