import { apiRequest } from '../../../../tools/embedded-aws/api/api-request';
import type { ApiRequest } from '../../../../tools/embedded-aws/api/api-request';
import { restApiDefinition } from '../../../../tools/embedded-aws/api/rest-api-definition';
import type { RestApiDefinition } from '../../../../tools/embedded-aws/api/rest-api-definition';
import type { StackResource, StackTemplate } from '../../../../tools/embedded-aws/template/stack-template';
import { functionArn, handmadeStack, resource } from '../functions/handmade-stack';

export const API_ID = 'api1';
export const NOON = Date.UTC(2026, 0, 2, 12, 0, 5);

/** A POST /send and GET /things/{id} of functions, and OPTIONS /send as CDK makes it. */
export function apiResources({
  api = {},
  stage = {},
  send = {},
  more = [],
}: {
  api?: Record<string, unknown>;
  stage?: Record<string, unknown>;
  send?: Record<string, unknown>;
  more?: readonly StackResource[];
} = {}): readonly StackResource[] {
  return [
    resource('AWS::ApiGateway::RestApi', 'Api', { Name: 'sample-api', ...api }, { reference: API_ID }),
    resource('AWS::ApiGateway::Stage', 'Stage', {
      RestApiId: API_ID,
      StageName: 'dev',
      DeploymentId: 'deployment1',
      ...stage,
    }),
    resource(
      'AWS::ApiGateway::Resource',
      'Send',
      { RestApiId: API_ID, ParentId: 'root', PathPart: 'send' },
      { reference: 'send-id' },
    ),
    resource(
      'AWS::ApiGateway::Resource',
      'Things',
      { RestApiId: API_ID, ParentId: 'root', PathPart: 'things' },
      { reference: 'things-id' },
    ),
    resource(
      'AWS::ApiGateway::Resource',
      'Thing',
      { RestApiId: API_ID, ParentId: 'things-id', PathPart: '{id}' },
      { reference: 'thing-id' },
    ),
    method('PostSend', 'send-id', 'POST', functionIntegration('router'), send),
    method('GetThing', 'thing-id', 'GET', functionIntegration('reader')),
    method('OptionsSend', 'send-id', 'OPTIONS', mockIntegration(), { MethodResponses: [corsMethodResponse()] }),
    ...more,
  ];
}

export function method(
  logicalId: string,
  resourceId: string,
  httpMethod: string,
  integration: Record<string, unknown>,
  properties: Record<string, unknown> = {},
): StackResource {
  return resource('AWS::ApiGateway::Method', logicalId, {
    RestApiId: API_ID,
    ResourceId: resourceId,
    HttpMethod: httpMethod,
    AuthorizationType: 'NONE',
    Integration: integration,
    ...properties,
  });
}

export function functionIntegration(name: string, properties: Record<string, unknown> = {}): Record<string, unknown> {
  const uri = `arn:aws:apigateway:eu-west-1:lambda:path/2015-03-31/functions/${functionArn(name)}/invocations`;
  return { Type: 'AWS_PROXY', IntegrationHttpMethod: 'POST', Uri: uri, ...properties };
}

export const CORS_TEMPLATE = [
  '#set($origin = $input.params().header.get("Origin"))',
  '#if($origin == "")',
  '  #set($origin = $input.params().header.get("origin"))',
  '#end',
  '#if($origin == "https://b.example.com" || $origin == "https://c.example.com")',
  '  #set($context.responseOverride.header.Access-Control-Allow-Origin = $origin)',
  '#end',
].join('\n');

export function mockIntegration(properties: Record<string, unknown> = {}): Record<string, unknown> {
  return {
    Type: 'MOCK',
    RequestTemplates: { 'application/json': '{ statusCode: 200 }' },
    IntegrationResponses: [
      {
        StatusCode: '204',
        ResponseParameters: {
          'method.response.header.Access-Control-Allow-Origin': "'https://a.example.com'",
          'method.response.header.Vary': "'Origin'",
        },
        ResponseTemplates: { 'application/json': CORS_TEMPLATE },
      },
    ],
    ...properties,
  };
}

export function corsMethodResponse(): Record<string, unknown> {
  return {
    StatusCode: '204',
    ResponseParameters: {
      'method.response.header.Access-Control-Allow-Origin': true,
      'method.response.header.Vary': true,
    },
  };
}

export function apiTemplate(changes?: Parameters<typeof apiResources>[0]): StackTemplate {
  return handmadeStack(apiResources(changes));
}

export function apiDefinition(changes?: Parameters<typeof apiResources>[0]): RestApiDefinition {
  return restApiDefinition(apiTemplate(changes));
}

export interface RequestParts {
  readonly method?: string;
  /** Behind the stage, with the query. */
  readonly target?: string;
  readonly headers?: ReadonlyArray<readonly [string, string]>;
  /** null: larger than API Gateway takes. */
  readonly body?: string | Buffer | null;
}

/** A request as the server hands it over. */
export function request({
  method: httpMethod = 'POST',
  target = '/send',
  headers = [],
  body = '',
}: RequestParts = {}): ApiRequest {
  const rawHeaders = [['Host', '127.0.0.1:4510'], ['User-Agent', 'test'], ...headers].flat();
  const incoming = {
    method: httpMethod,
    url: `/dev${target}`,
    rawHeaders,
    socket: { remoteAddress: '::ffff:127.0.0.1', localPort: 4510 },
  };
  return apiRequest(incoming, body === null ? undefined : Buffer.from(body), 'dev', NOON);
}
