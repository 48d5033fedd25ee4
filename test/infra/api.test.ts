import { resourceNames } from '../../src/core/names';
import { WEBHOOK_PATHS } from '../../src/providers/vendors';
import { SAMPLE_STAGES, sampleStage } from './sample-stages';
import { functionBehind, resourceNamed, resourcesOf, templateOf } from './template';
import type { Template } from './template';

const template = templateOf('dev');
const names = resourceNames('dev');
const methodsOf = (stack = template) =>
  Object.values(resourcesOf(stack, 'AWS::ApiGateway::Method')).map(({ Properties }) => Properties);
const only = (type: string, stack = template) => {
  const [found, ...more] = Object.values(resourcesOf(stack, type));
  expect(more).toEqual([]);
  return found ?? { Type: type, Properties: {} };
};

describe.each(SAMPLE_STAGES.map(({ name }) => name))('the API of %s', (stage) => {
  const stack = templateOf(stage);
  const settings = sampleStage(stage);

  test('asks for a key on every method but preflights, vendors\' signed calls and recipients\' links', () => {
    const named = (keyed: boolean) => methodsOf(stack).filter(({ ApiKeyRequired }) => ApiKeyRequired === keyed)
      .map(({ HttpMethod, ResourceId }) => `${HttpMethod} ${pathOf(stack, ResourceId)}`);
    expect(named(true)).toEqual([
      'POST /initiate-conversation',
      'GET /conversations/{conversation_id}',
      'POST /conversations/{conversation_id}/cancel',
      'POST /conversations/{conversation_id}/replies',
      'POST /conversations/{conversation_id}/take-over',
      'POST /conversations/{conversation_id}/return',
      'POST /conversations/{conversation_id}/acknowledge',
      'GET /messages/{conversation_id}',
      'POST /messages/{conversation_id}/cancel',
      'GET /messages',
      'GET /templates',
      'POST /dry-run',
      'GET /event-endpoints',
      'POST /event-endpoints',
      'DELETE /event-endpoints/{endpoint_id}',
      'POST /event-endpoints/{endpoint_id}/rotate',
      'POST /event-endpoints/{endpoint_id}/test',
      'GET /events',
      'POST /events/{event_id}/replay',
    ]);
    const open = named(false).filter((method) => !method.startsWith('POST /webhooks/') && !method.startsWith('ANY '));
    expect(open).toEqual([
      'OPTIONS /initiate-conversation',
      'OPTIONS /conversations/{conversation_id}',
      'OPTIONS /conversations/{conversation_id}/cancel',
      'OPTIONS /conversations/{conversation_id}/replies',
      'OPTIONS /conversations/{conversation_id}/take-over',
      'OPTIONS /conversations/{conversation_id}/return',
      'OPTIONS /conversations/{conversation_id}/acknowledge',
      'OPTIONS /messages/{conversation_id}',
      'OPTIONS /messages/{conversation_id}/cancel',
      'OPTIONS /messages',
      'OPTIONS /templates',
      'GET /openapi.json',
      'GET /docs',
      'OPTIONS /dry-run',
      'OPTIONS /event-endpoints',
      'OPTIONS /event-endpoints/{endpoint_id}',
      'OPTIONS /event-endpoints/{endpoint_id}/rotate',
      'OPTIONS /event-endpoints/{endpoint_id}/test',
      'OPTIONS /events',
      'OPTIONS /events/{event_id}/replay',
      'GET /unsubscribe/{token}',
      'POST /unsubscribe/{token}',
    ]);
  });

  test('answers every method that a path does not have with 405 and those that it has', () => {
    const worked = methodsOf(stack).filter(({ Integration }) => Integration.Type === 'AWS_PROXY');
    for (const { ResourceId } of worked) {
      const own = worked.filter((method) => method.ResourceId.Ref === ResourceId.Ref)
        .map(({ HttpMethod }) => HttpMethod);
      const [any, ...more] = methodsOf(stack).filter(
        (method) => method.HttpMethod === 'ANY' && method.ResourceId.Ref === ResourceId.Ref,
      );
      expect(more).toEqual([]);
      const [response] = any?.Integration.IntegrationResponses ?? [];
      expect(any?.Integration).toMatchObject({ Type: 'MOCK', PassthroughBehavior: 'NEVER' });
      expect(response).toMatchObject({
        StatusCode: '405',
        ResponseParameters: { 'method.response.header.Allow': `'${own.join(',')},OPTIONS'` },
      });
      expect(JSON.parse(response.ResponseTemplates['application/json'])).toMatchObject({
        status: 'error', error_code: 'METHOD_NOT_ALLOWED', request_id: 'unknown',
      });
    }
    expect(worked.length).toBeGreaterThan(6);
  });

  test('lets what anyone may ask take nothing from the clients\' rate', () => {
    const open = ['/openapi.json', '/docs'];
    const methods: ReadonlyArray<Record<string, unknown>> = only('AWS::ApiGateway::Stage', stack).Properties
      .MethodSettings;
    for (const path of open) {
      expect(methods).toContainEqual(expect.objectContaining({
        HttpMethod: 'GET', ResourcePath: `/~1${path.slice(1)}`, ThrottlingRateLimit: 5, ThrottlingBurstLimit: 10,
      }));
    }
  });

  test('gives each key the promised rate, and the whole API the stage\'s', () => {
    expect(only('AWS::ApiGateway::UsagePlan', stack).Properties).toMatchObject({
      UsagePlanName: resourceNames(stage).usagePlan, Throttle: { RateLimit: 10, BurstLimit: 20 },
    });
    expect(only('AWS::ApiGateway::Stage', stack).Properties.MethodSettings[0]).toMatchObject({
      HttpMethod: '*',
      ResourcePath: '/*',
      ThrottlingRateLimit: settings.throttle.api.rate,
      ThrottlingBurstLimit: settings.throttle.api.burst,
    });
  });

  test('writes errors but no bodies to its execution log, which the stack made before', () => {
    const deployed = only('AWS::ApiGateway::Stage', stack);
    const quiet = { LoggingLevel: 'ERROR', DataTraceEnabled: false, MetricsEnabled: true };
    expect(deployed.Properties.MethodSettings).toMatchObject([
      quiet,
      ...[...WEBHOOK_PATHS, 'GET /unsubscribe', 'POST /unsubscribe', '/openapi.json', '/docs'].map(() => quiet),
    ]);
    const [logicalId] =
      Object.entries(resourcesOf(stack, 'AWS::Logs::LogGroup')).find(([, { Properties }]) =>
        JSON.stringify(Properties.LogGroupName).includes('API-Gateway-Execution-Logs_'),
      ) ?? [];
    expect(deployed.DependsOn).toContain(logicalId);
  });

  test('is traced and deployed under the stage\'s name', () => {
    expect(only('AWS::ApiGateway::Stage', stack).Properties).toMatchObject({ StageName: stage, TracingEnabled: true });
    expect(only('AWS::ApiGateway::RestApi', stack).Properties).toMatchObject({
      Name: resourceNames(stage).api,
      EndpointConfiguration: { Types: ['REGIONAL'] },
    });
  });
});

test('the one key made in code belongs to the usage plan, which belongs to the deployed stage', () => {
  const { KeyId, UsagePlanId } = only('AWS::ApiGateway::UsagePlanKey').Properties;
  expect(template.Resources[KeyId.Ref]?.Properties).toMatchObject({ Name: names.apiKey, Enabled: true });
  expect(template.Resources[KeyId.Ref]?.Properties.Value).toBeUndefined();
  const plan = template.Resources[UsagePlanId.Ref];
  expect(template.Resources[plan?.Properties.ApiStages[0].Stage.Ref]?.Type).toBe('AWS::ApiGateway::Stage');
});

test('POST /initiate-conversation is the router\'s', () => {
  const [post] = methodsOf().filter(
    ({ HttpMethod, ResourceId }) =>
      HttpMethod === 'POST' && pathOf(template, ResourceId) === '/initiate-conversation',
  );
  expect(post?.Integration.Type).toBe('AWS_PROXY');
  expect(functionBehind(template, post?.Integration.Uri)).toBe(names.router);
});

test('only the deployed method may invoke the router', () => {
  const invocations = Object.values(resourcesOf(template, 'AWS::Lambda::Permission'))
    .map(({ Properties }) => Properties)
    .filter(({ FunctionName }) => functionBehind(template, FunctionName) === names.router);
  expect(invocations).toEqual([
    expect.objectContaining({ Action: 'lambda:InvokeFunction', Principal: 'apigateway.amazonaws.com' }),
  ]);
  const [{ SourceArn } = { SourceArn: undefined }] = invocations;
  expect(JSON.stringify(SourceArn)).toContain('/POST/initiate-conversation');
  expect(JSON.stringify(SourceArn)).not.toMatch(/test-invoke|\*/);
});

describe('the access log', () => {
  const format: string = only('AWS::ApiGateway::Stage').Properties.AccessLogSetting.Format;

  test('is one JSON object a request', () => {
    expect(Object.keys(JSON.parse(format))).toEqual(
      expect.arrayContaining(['request_id', 'status', 'latency_ms', 'api_key_id', 'refusal']),
    );
  });

  test('holds nothing of the caller but the key\'s identifier', () => {
    expect([...format.matchAll(/\$context\.identity\.(\w+)/g)].map(([, field]) => field)).toEqual(['apiKeyId']);
    expect(format).not.toMatch(/\$context\.(path|authorizer|error\.message)\b/);
  });

  test('goes to a group of its own', () => {
    resourceNamed(template, 'AWS::Logs::LogGroup', 'LogGroupName', `/aws/apigateway/${names.api}`);
    expect(JSON.stringify(only('AWS::ApiGateway::Stage').Properties.AccessLogSetting.DestinationArn)).toContain(
      'AccessLogs',
    );
  });
});

describe('web pages', () => {
  const preflight = (stack = template) =>
    methodsOf(stack).find(({ HttpMethod }) => HttpMethod === 'OPTIONS')?.Integration.IntegrationResponses[0];
  const ORIGIN = 'method.response.header.Access-Control-Allow-Origin';
  const refusalOrigins = (stack = template) =>
    new Set(
      Object.values(resourcesOf(stack, 'AWS::ApiGateway::GatewayResponse')).map(
        ({ Properties }) => Properties.ResponseParameters['gatewayresponse.header.Access-Control-Allow-Origin'],
      ),
    );

  test('may send a key, and read whether an answer is a replay and when to come again', () => {
    expect(preflight().ResponseParameters).toMatchObject({
      'method.response.header.Access-Control-Allow-Methods': "'POST,OPTIONS'",
      'method.response.header.Access-Control-Allow-Headers': expect.stringContaining('X-Api-Key'),
      'method.response.header.Access-Control-Expose-Headers': "'Idempotency-Replayed,Retry-After'",
    });
  });

  test('come from anywhere where the stage says so', () => {
    expect([preflight().ResponseParameters[ORIGIN], ...refusalOrigins()]).toEqual(["'*'", "'*'"]);
  });

  test('come from one origin where the stage names one', () => {
    const stack = templateOf('one origin');
    expect([preflight(stack).ResponseParameters[ORIGIN], ...refusalOrigins(stack)]).toEqual([
      "'https://app.example.com'",
      "'https://app.example.com'",
    ]);
  });

  test('come from several origins where the stage names several', () => {
    const stack = templateOf('two origins');
    expect(preflight(stack).ResponseTemplates['application/json']).toContain('$origin == "https://admin.example.com"');
    expect([...refusalOrigins(stack)]).toEqual(['method.request.header.Origin']);
  });
});

test('the role for API Gateway\'s logs is not made where the account has it', () => {
  expect(only('AWS::ApiGateway::Account').Properties.CloudWatchRoleArn).toBeDefined();
  const stack = templateOf('an account with a log role');
  expect(resourcesOf(stack, 'AWS::ApiGateway::Account')).toEqual({});
  expect(JSON.stringify(resourcesOf(stack, 'AWS::IAM::Role'))).not.toContain('apigateway.amazonaws.com');
});

/** The path of a method's resource; the root is not a resource of the template. */
function pathOf(stack: Template, resource: { readonly Ref?: string }): string {
  const { PathPart: part, ParentId: parent } = stack.Resources[resource.Ref ?? '']?.Properties ?? {};
  return part === undefined ? '' : `${pathOf(stack, parent)}/${part}`;
}
