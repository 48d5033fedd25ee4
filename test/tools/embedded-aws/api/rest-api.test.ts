import { RestApi } from '../../../../tools/embedded-aws/api/rest-api';
import { restApiDefinition } from '../../../../tools/embedded-aws/api/rest-api-definition';
import { usagePlans } from '../../../../tools/embedded-aws/api/usage-plans';
import { CapturedLog } from '../../../../tools/embedded-aws/functions/captured-log';
import type { InvocationResult } from '../../../../tools/embedded-aws/functions/invocation-result';
import { answered, handmadeStack, REPORT, resource, temporaryFolder } from '../functions/handmade-stack';
import type { RequestParts } from './handmade-api';
import { apiResources, functionIntegration, method, NOON, request, mockIntegration } from './handmade-api';

const KEY = 'a-value-of-at-least-20-characters';

const PLAN = [
  resource(
    'AWS::ApiGateway::UsagePlan',
    'Plan',
    { ApiStages: [{ ApiId: 'api1', Stage: 'dev' }], Throttle: { RateLimit: 1, BurstLimit: 2 } },
    { reference: 'plan1' },
  ),
  resource('AWS::ApiGateway::ApiKey', 'Key', { Enabled: true, Value: KEY }, { reference: 'key1' }),
  resource('AWS::ApiGateway::UsagePlanKey', 'PlanKey', { KeyId: 'key1', KeyType: 'API_KEY', UsagePlanId: 'plan1' }),
];

describe('the REST API', () => {
  const folder = temporaryFolder();
  const logs: CapturedLog[] = [];
  afterEach(async () => { await Promise.all(logs.splice(0).map(async (log) => log.close())); });
  afterAll(() => { folder.remove(); });

  function api({ changes = {}, result = answered({ body: 'ok' }), mayInvoke = () => true, invoke }: {
    changes?: Parameters<typeof apiResources>[0];
    result?: InvocationResult;
    mayInvoke?: (...asked: readonly string[]) => boolean;
    invoke?: () => Promise<InvocationResult>;
  } = {}) {
    let time = NOON;
    const now = () => time;
    const calls: Array<{
      readonly functionArn: string;
      readonly event: { readonly httpMethod: string };
      readonly traceId: string;
    }> = [];
    const template = handmadeStack([...apiResources(changes), ...PLAN]);
    const accessLog = new CapturedLog('api-access', { folder: folder.path });
    logs.push(accessLog);
    const restApi = new RestApi({
      api: restApiDefinition(template),
      plans: usagePlans(template, now),
      accessLog,
      now,
      mayInvoke,
      invoke: async (functionArn, event, traceId) => {
        calls.push({ functionArn, event: JSON.parse(event), traceId });
        time += 7;
        return invoke ? invoke() : result;
      },
    });
    const answer = async (parts: RequestParts = {}) => {
      const { status, headers, body } = await restApi.answer(request(parts));
      return {
        status,
        headers: Object.fromEntries(headers.map(([name, value]) => [name.toLowerCase(), value])),
        body: body.toString(),
      };
    };
    return { answer, calls, accessLog, wait: (milliseconds: number) => { time += milliseconds; } };
  }

  test('hands a request to its function and the answer to the client', async () => {
    const { answer, calls } = api({
      result: answered({ statusCode: 201, headers: { 'X-A': 'b' }, body: '{"ok":true}' }),
    });
    expect(await answer({ body: '{}', headers: [['X-Amzn-Trace-Id', 'Root=1-a-b']] })).toEqual({
      status: 201,
      body: '{"ok":true}',
      headers: {
        'content-type': 'application/json',
        'x-a': 'b',
        'x-amzn-trace-id': 'Root=1-a-b',
        'x-amzn-requestid': expect.stringMatching(/^[0-9a-f-]{36}$/),
        'x-amz-apigw-id': expect.any(String),
      },
    });
    expect(calls).toEqual([
      {
        functionArn: expect.stringMatching(/:router$/),
        event: expect.objectContaining({ path: '/send', httpMethod: 'POST', body: '{}' }),
        traceId: 'Root=1-a-b',
      },
    ]);
  });

  test('keeps the content type that the function gives', async () => {
    const { headers } = await api({ result: answered({ headers: { 'Content-Type': 'text/plain' } }) }).answer();
    expect(headers['content-type']).toBe('text/plain');
  });

  test('answers preflight requests for each allowed origin', async () => {
    const { answer, calls } = api();
    const allowed = await answer({ method: 'OPTIONS', headers: [['origin', 'https://b.example.com']] });
    expect(allowed).toMatchObject({
      status: 204,
      body: '',
      headers: { 'access-control-allow-origin': 'https://b.example.com', 'vary': 'Origin' },
    });
    const other = await answer({ method: 'OPTIONS', headers: [['Origin', 'https://evil.example.com']] });
    expect(other.headers['access-control-allow-origin']).toBe('https://a.example.com');
    expect(calls).toEqual([]);
  });

  test.each([
    ['GET', '/nowhere'],
    ['DELETE', '/send'],
    ['GET', ''],
  ])('does not know %s %s', async (httpMethod, target) => {
    expect(await api().answer({ method: httpMethod, target })).toMatchObject({
      status: 403,
      body: '{"message":"Missing Authentication Token"}',
      headers: { 'x-amzn-errortype': 'MissingAuthenticationTokenException' },
    });
  });

  test('takes any method where the resource does', async () => {
    const { answer, calls } = api({
      changes: { more: [method('Any', 'things-id', 'ANY', functionIntegration('router'))] },
    });
    expect((await answer({ method: 'PATCH', target: '/things' })).status).toBe(200);
    expect(calls[0]?.event.httpMethod).toBe('PATCH');
  });

  describe('with a mock that answers a fixed body', () => {
    const REFUSAL = '{"message":"This path takes POST only."}';
    const mock = mockIntegration({
      PassthroughBehavior: 'NEVER',
      IntegrationResponses: [{
        StatusCode: '405',
        ResponseParameters: { 'method.response.header.Allow': "'POST,OPTIONS'" },
        ResponseTemplates: { 'application/json': REFUSAL },
      }],
    });
    const responses = {
      MethodResponses: [{ StatusCode: '405', ResponseParameters: { 'method.response.header.Allow': true } }],
    };
    const changes = { more: [method('AnySend', 'send-id', 'ANY', mock, responses)] };

    test.each(['PUT', 'DELETE', 'TRACE'])('%s is answered by it, POST by the function', async (httpMethod) => {
      const { answer, calls } = api({ changes });
      expect(await answer({ method: httpMethod })).toMatchObject({
        status: 405, body: REFUSAL, headers: { 'allow': 'POST,OPTIONS', 'content-type': 'application/json' },
      });
      expect(calls).toEqual([]);
      expect((await answer()).status).toBe(200);
    });

    test('a body of a media type that it has no template for is refused', async () => {
      const put = async (type: string) => api({ changes }).answer({ method: 'PUT', headers: [['Content-Type', type]] });
      expect((await put('application/json; charset=utf-8')).status).toBe(405);
      expect((await put('image/png')).status).toBe(415);
    });
  });

  describe('with an API key', () => {
    const changes = { send: { ApiKeyRequired: true } };

    test.each([[[]], [[['x-api-key', 'another-value-of-20-characters']] as const]])(
      'refuses a request without one that it knows',
      async (headers) => {
        expect(await api({ changes }).answer({ headers })).toMatchObject({
          status: 403,
          body: '{"message":"Forbidden"}',
          headers: { 'x-amzn-errortype': 'ForbiddenException' },
        });
      },
    );

    test('passes the key on to the function', async () => {
      const { answer, calls } = api({ changes });
      await answer({ headers: [['x-api-key', KEY]] });
      expect(calls[0]?.event).toMatchObject({ requestContext: { identity: { apiKey: KEY, apiKeyId: 'key1' } } });
    });

    test('refuses more than its rate, until time has passed', async () => {
      const { answer, wait, accessLog } = api({
        changes: {
          ...changes,
          stage: { AccessLogSetting: { DestinationArn: 'arn', Format: '$context.status $context.identity.apiKeyId' } },
        },
      });
      const statuses: number[] = [];
      for (let count = 0; count < 3; count += 1) {
        statuses.push((await answer({ headers: [['x-api-key', KEY]] })).status);
      }
      wait(1000);
      const last = await answer({ headers: [['x-api-key', KEY]] });
      expect([...statuses, last.status]).toEqual([200, 200, 429, 200]);
      expect(accessLog.lines().map(({ text }) => text)).toEqual(['200 key1', '200 key1', '429 key1', '200 key1']);
    });

    test('answers too many requests as API Gateway does', async () => {
      const { answer } = api({ changes });
      for (let count = 0; count < 2; count += 1) await answer({ headers: [['x-api-key', KEY]] });
      expect(await answer({ headers: [['x-api-key', KEY]] })).toMatchObject({
        status: 429,
        body: '{"message":"Too Many Requests"}',
        headers: { 'x-amzn-errortype': 'TooManyRequestsException' },
      });
    });
  });

  test('refuses more than the rate of its stage, keys or not', async () => {
    const { answer } = api({
      changes: {
        stage: {
          MethodSettings: [{ HttpMethod: '*', ResourcePath: '/*', ThrottlingRateLimit: 1, ThrottlingBurstLimit: 1 }],
        },
      },
    });
    expect([(await answer()).status, (await answer()).status]).toEqual([200, 429]);
  });

  test('refuses more than a method\'s own rate, which takes nothing from the others\'', async () => {
    const own = { HttpMethod: 'GET', ResourcePath: '/~1things~1{id}', ThrottlingRateLimit: 1, ThrottlingBurstLimit: 1 };
    const { answer } = api({
      changes: {
        stage: {
          MethodSettings: [
            { HttpMethod: '*', ResourcePath: '/*', ThrottlingRateLimit: 1, ThrottlingBurstLimit: 1 },
            own,
          ],
        },
      },
    });
    const get = async (target: string) => (await answer({ method: 'GET', target })).status;
    expect([await get('/things/1'), await get('/things/2'), (await answer()).status, (await answer()).status]).toEqual([
      200, 429, 200, 429,
    ]);
  });

  test('refuses what its validator refuses', async () => {
    const validator = resource(
      'AWS::ApiGateway::RequestValidator',
      'V',
      { RestApiId: 'api1', ValidateRequestParameters: true },
      { reference: 'v1' },
    );
    const send = { RequestValidatorId: 'v1', RequestParameters: { 'method.request.header.x-one': true } };
    const { answer, calls } = api({ changes: { send, more: [validator] } });
    expect(await answer()).toMatchObject({
      status: 400,
      body: '{"message":"Missing required request parameters: [x-one]"}',
      headers: { 'x-amzn-errortype': 'BadRequestException' },
    });
    expect(calls).toEqual([]);
  });

  test('refuses a body that is too large, and one that Lambda would not take', async () => {
    const { answer } = api();
    expect(await answer({ body: null })).toMatchObject({
      status: 413,
      body: '{"message":"Request Too Long"}',
      headers: { 'x-amzn-errortype': 'RequestTooLargeException' },
    });
    expect((await answer({ body: 'x'.repeat(6_291_556) })).status).toBe(413);
  });

  test('answers 500 where the function does not permit it', async () => {
    const asked: string[][] = [];
    const { answer, calls } = api({ mayInvoke: (...who) => { asked.push([...who]); return false; } });
    expect(await answer()).toMatchObject({ status: 500, body: '{"message":"Internal server error"}' });
    expect(asked).toEqual([
      [
        'apigateway.amazonaws.com',
        expect.stringMatching(/:router$/),
        'arn:aws:execute-api:eu-west-1:111122223333:api1/dev/POST/send',
      ],
    ]);
    expect(calls).toEqual([]);
  });

  test.each([
    ['a malformed answer', answered('text'), 502],
    [
      'an error',
      { kind: 'failed', payload: '{}', failure: { errorType: 'Error', errorMessage: 'secret detail' }, report: REPORT },
      502,
    ],
    ['throttling', { kind: 'throttled' }, 500],
  ] satisfies ReadonlyArray<[string, InvocationResult, number]>)(
    'answers %s of the function without a detail',
    async (_what, result, status) => {
      expect(await api({ result }).answer()).toMatchObject({
        status,
        body: '{"message":"Internal server error"}',
        headers: { 'x-amzn-errortype': 'InternalServerErrorException' },
      });
    },
  );

  test('does not wait for a function longer than its integration does', async () => {
    const { answer } = api({
      changes: { more: [method('Late', 'things-id', 'GET', functionIntegration('router', { TimeoutInMillis: 50 }))] },
      invoke: async () => new Promise(() => undefined),
    });
    expect(await answer({ method: 'GET', target: '/things' })).toMatchObject({
      status: 504,
      body: '{"message":"Endpoint request timed out"}',
    });
  });

  test('answers 500 where something goes wrong unexpectedly', async () => {
    expect(await api({ invoke: async () => Promise.reject(new Error('stopped')) }).answer()).toMatchObject({
      status: 500,
      body: '{"message":"Internal server error"}',
    });
  });

  test('answers refusals as the stack\'s gateway responses say', async () => {
    const forbidden = resource('AWS::ApiGateway::GatewayResponse', 'Forbidden', {
      RestApiId: 'api1',
      ResponseType: 'INVALID_API_KEY',
      ResponseTemplates: {
        'application/json': '{"status":"error","error_code":"FORBIDDEN","message":$context.error.messageString}',
      },
    });
    expect(await api({ changes: { send: { ApiKeyRequired: true }, more: [forbidden] } }).answer()).toMatchObject({
      status: 403, body: '{"status":"error","error_code":"FORBIDDEN","message":"Forbidden"}',
    });
  });

  describe('with an access log', () => {
    const Format = [
      'status',
      'httpMethod',
      'resourcePath',
      'responseLength',
      'responseLatency',
      'integrationLatency',
      'integration.status',
      'error.message',
      'error.responseType',
      'integrationErrorMessage',
    ]
      .map((name) => `$context.${name}`)
      .join('|');
    const changes = { stage: { AccessLogSetting: { DestinationArn: 'arn', Format } } };

    test.each([
      ['an answer', answered({ body: 'hello' }), {}, '200|POST|/send|5|7|7|200|-|-|-'],
      [
        'an error of the function',
        { kind: 'failed', payload: '{}', failure: { errorType: 'Error', errorMessage: 'bad' }, report: REPORT },
        {},
        '502|POST|/send|35|7|-|-|Internal server error|DEFAULT_5XX|bad',
      ],
      [
        'an unknown path',
        answered({}),
        { method: 'GET', target: '/nowhere' },
        '403|GET|-|42|0|-|-|Missing Authentication Token|MISSING_AUTHENTICATION_TOKEN|-',
      ],
    ] satisfies ReadonlyArray<[string, InvocationResult, RequestParts, string]>)(
      'writes a line for %s',
      async (_what, result, parts, line) => {
        const { answer, accessLog } = api({ changes, result });
        await answer(parts);
        expect(accessLog.lines().map(({ text }) => text)).toEqual([line]);
      },
    );

    test('writes none without a format', async () => {
      const { answer, accessLog } = api();
      await answer();
      expect(accessLog.lines()).toEqual([]);
    });
  });
});
