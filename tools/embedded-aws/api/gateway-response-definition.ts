import { z } from 'zod';
import { readProperties } from '../functions/resource-properties';
import type { StackResource } from '../template/stack-template';
import { assertKnownVariables } from './context-variables';
import { GATEWAY_RESPONSES } from './gateway-fault';

/** How the stack wants a refusal answered. */
export interface GatewayResponseDefinition {
  readonly status?: number;
  /** Header name to a quoted text or the name of a request parameter or context variable. */
  readonly headers: Readonly<Record<string, string>>;
  readonly template?: string;
}

/** By response type, `DEFAULT_4XX` and `DEFAULT_5XX` among them. */
export type GatewayResponseDefinitions = ReadonlyMap<string, GatewayResponseDefinition>;

/** Types of requests that cannot happen here (authorizers, quotas, firewalls): known, but never answered. */
const NEVER_ANSWERED = [
  'ACCESS_DENIED',
  'AUTHORIZER_CONFIGURATION_ERROR',
  'AUTHORIZER_FAILURE',
  'EXPIRED_TOKEN',
  'INVALID_SIGNATURE',
  'QUOTA_EXCEEDED',
  'RESOURCE_NOT_FOUND',
  'UNAUTHORIZED',
  'UNSUPPORTED_MEDIA_TYPE',
  'WAF_FILTERED',
];

const HEADER_PREFIX = 'gatewayresponse.header.';

const shape = z.strictObject({
  ResponseParameters: z
    .record(
      z.string().startsWith(HEADER_PREFIX),
      z
        .string()
        .regex(
          /^('.*'|method\.request\.(header|querystring)\.[\w-]+|context\.[\w.]+)$/,
          'not a quoted text, request parameter or context variable',
        ),
    )
    .default({}),
  ResponseTemplates: z.strictObject({ 'application/json': z.string().optional() }).optional(),
  ResponseType: z.enum(['DEFAULT_4XX', ...Object.keys(GATEWAY_RESPONSES), ...NEVER_ANSWERED]),
  RestApiId: z.string(),
  StatusCode: z.coerce.number().int().optional(),
});

export function gatewayResponseDefinitions(resources: readonly StackResource[]): GatewayResponseDefinitions {
  return new Map(resources.map((resource) => {
    const {
      ResponseType: type,
      ResponseParameters: parameters,
      ResponseTemplates: templates,
      StatusCode: status,
    } = readProperties(resource, shape);
    const template = templates?.['application/json'];
    if (template !== undefined) assertKnownVariables(template, resource.logicalId);
    const headers = Object.fromEntries(
      Object.entries(parameters).map(([name, value]) => [name.slice(HEADER_PREFIX.length), value]),
    );
    return [type, { headers, ...(status !== undefined && { status }), ...(template !== undefined && { template }) }];
  }));
}
