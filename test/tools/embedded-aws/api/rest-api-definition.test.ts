import { restApiDefinition } from '../../../../tools/embedded-aws/api/rest-api-definition';
import { handmadeStack, resource } from '../functions/handmade-stack';
import { apiDefinition, apiResources, functionIntegration, method } from './handmade-api';

describe('the stack\'s REST API', () => {
  test('has its stage and its resources', () => {
    const api = apiDefinition();
    expect(api).toMatchObject({
      id: 'api1',
      account: '111122223333',
      region: 'eu-west-1',
      stageName: 'dev',
      deploymentId: 'deployment1',
      stageVariables: null,
      binaryMediaTypes: [],
    });
    expect(api.routes.map(({ resourcePath, methods }) => [resourcePath, [...methods.keys()]])).toEqual([
      ['/', []], ['/send', ['POST', 'OPTIONS']], ['/things', []], ['/things/{id}', ['GET']],
    ]);
    expect(api).not.toHaveProperty('throttle');
    expect(api).not.toHaveProperty('accessLogFormat');
  });

  test('has methods at its root', () => {
    const api = apiDefinition({ more: [method('GetRoot', 'root', 'GET', functionIntegration('router'))] });
    expect(api.routes[0]).toMatchObject({ resourceId: 'root', resourcePath: '/' });
    expect(api.routes[0]?.methods.has('GET')).toBe(true);
  });

  test('has what the stage sets', () => {
    const setting = { HttpMethod: '*', ResourcePath: '/*', LoggingLevel: 'ERROR', MetricsEnabled: true };
    expect(
      apiDefinition({
        stage: {
          MethodSettings: [{ ...setting, ThrottlingRateLimit: 100, ThrottlingBurstLimit: 50 }],
          AccessLogSetting: { DestinationArn: 'arn', Format: '$context.requestId' },
          TracingEnabled: true,
          Variables: { a: 'b' },
        },
      }),
    ).toMatchObject({
      throttle: { rateLimit: 100, burstLimit: 50 },
      accessLogFormat: '$context.requestId',
      stageVariables: { a: 'b' },
    });
    const throttle = (limits: Record<string, unknown>) =>
      apiDefinition({ stage: { MethodSettings: [{ ...setting, ...limits }] } }).throttle;
    expect(throttle({ ThrottlingRateLimit: 100 })).toEqual({ rateLimit: 100, burstLimit: 5000 });
    expect(throttle({ ThrottlingBurstLimit: 10 })).toEqual({ rateLimit: 10_000, burstLimit: 10 });
    expect(throttle({})).toBeUndefined();
  });

  test('has rates of single methods, wherever they stand among the settings', () => {
    const limits = { ThrottlingRateLimit: 7, ThrottlingBurstLimit: 9 };
    const api = apiDefinition({
      stage: {
        MethodSettings: [
          { HttpMethod: 'GET', ResourcePath: '/~1things~1{id}', ...limits },
          { HttpMethod: 'POST', ResourcePath: '/~1send', LoggingLevel: 'ERROR' },
          { HttpMethod: '*', ResourcePath: '/*', ThrottlingRateLimit: 1, ThrottlingBurstLimit: 2 },
        ],
      },
    });
    expect(api.throttle).toEqual({ rateLimit: 1, burstLimit: 2 });
    expect([...api.methodThrottles]).toEqual([['GET /things/{id}', { rateLimit: 7, burstLimit: 9 }]]);
  });

  test('may be nothing but its root', () => {
    const [api, stage] = apiResources();
    if (!api || !stage) throw new Error('no API');
    expect(restApiDefinition(handmadeStack([api, stage])).routes).toEqual([
      { resourceId: 'root', resourcePath: '/', methods: new Map() },
    ]);
  });

  test.each([
    ['no API', () => restApiDefinition(handmadeStack([])), 'the stack has no AWS::ApiGateway::RestApi'],
    [
      'two stages',
      () => apiDefinition({ more: [resource('AWS::ApiGateway::Stage', 'Second', {})] }),
      'the stack has 2 AWS::ApiGateway::Stage',
    ],
    [
      'a resource of nowhere',
      () => apiDefinition({ more: [method('Lost', 'gone-id', 'GET', functionIntegration('router'))] }),
      'the resources root, gone-id are unknown',
    ],
    [
      'all media types as binary beside CORS',
      () => apiDefinition({ api: { BinaryMediaTypes: ['*/*'] } }),
      'API Gateway answers 500 to preflight requests',
    ],
    ['a policy', () => apiDefinition({ api: { Policy: {} } }), 'Policy'],
    [
      'settings of every method of one resource',
      () => apiDefinition({ stage: { MethodSettings: [{ HttpMethod: '*', ResourcePath: '/~1send' }] } }),
      'only those for all or for one',
    ],
    [
      'settings of one method of every resource',
      () => apiDefinition({ stage: { MethodSettings: [{ HttpMethod: 'GET', ResourcePath: '/*' }] } }),
      'only those for all or for one',
    ],
    ['a cache', () => apiDefinition({ stage: { CacheClusterEnabled: true } }), 'CacheClusterEnabled'],
    [
      'an unknown variable in its log',
      () => apiDefinition({ stage: { AccessLogSetting: { DestinationArn: 'arn', Format: '$context.unknown' } } }),
      '$context.unknown',
    ],
  ])('with %s is refused, and the error says why', (_what, read, why) => {
    expect(read).toThrow(why);
  });
});
