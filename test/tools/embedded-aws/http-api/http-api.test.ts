import { httpApiDefinition } from '../../../../tools/embedded-aws/http-api/http-api-definition';
import { HttpApi, httpEvent } from '../../../../tools/embedded-aws/http-api/http-api';
import { httpResponse } from '../../../../tools/embedded-aws/http-api/http-response';
import type { InvocationResult } from '../../../../tools/embedded-aws/functions/invocation-result';
import type { StackResource, StackTemplate } from '../../../../tools/embedded-aws/template/stack-template';

const resource = (type: string, properties: object): StackResource => ({
  logicalId: type.split('::')[2] ?? '',
  type,
  properties: { ...properties },
  reference: 'x',
  name: 'x',
  metadata: {},
});

function template(change: Readonly<Record<string, object>> = {}): StackTemplate {
  const all: Readonly<Record<string, object>> = {
    'AWS::ApiGatewayV2::Api': { Name: 'console', ProtocolType: 'HTTP' },
    'AWS::ApiGatewayV2::Integration': {
      ApiId: 'x',
      IntegrationType: 'AWS_PROXY',
      IntegrationUri: 'arn:function',
      PayloadFormatVersion: '2.0',
    },
    'AWS::ApiGatewayV2::Route': {
      ApiId: 'x',
      AuthorizationType: 'NONE',
      RouteKey: '$default',
      Target: 'integrations/x',
    },
    'AWS::ApiGatewayV2::Stage': {
      ApiId: 'x',
      AutoDeploy: true,
      StageName: '$default',
      DefaultRouteSettings: { ThrottlingBurstLimit: 2, ThrottlingRateLimit: 1 },
    },
    ...change,
  };
  return {
    stackName: 's',
    account: '1',
    region: 'r',
    resources: [],
    outputs: {},
    ofType: (type) => (all[type] ? [resource(type, all[type])] : []),
    byLogicalId: () => {
      throw new Error('none');
    },
    codeFolder: () => '',
  };
}

const incoming = (url: string, rawHeaders: readonly string[] = []) =>
  ({
    method: 'GET',
    url,
    rawHeaders,
    socket: { localPort: 4000, remoteAddress: '127.0.0.1' },
  }) as unknown as Parameters<HttpApi['answer']>[0];

describe('an HTTP API of the template', () => {
  test('leads every route to its function, at its own rate', async () => {
    const api = httpApiDefinition(template());
    if (!api) throw new Error('none was read');
    expect(api).toMatchObject({ functionArn: 'arn:function', throttle: { burstLimit: 2, rateLimit: 1 } });
    const payload = JSON.stringify({ statusCode: 200, body: 'hello' });
    const http = new HttpApi({
      api,
      now: () => 0,
      mayInvoke: () => true,
      invoke: async () => Promise.resolve({ kind: 'answered', payload } as InvocationResult),
    });
    const statuses = [];
    for (let call = 0; call < 3; call += 1) statuses.push((await http.answer(incoming('/'), Buffer.alloc(0))).status);
    expect(statuses).toEqual([200, 200, 429]);
  });

  test('that may not invoke its function is answered as in AWS', async () => {
    const api = httpApiDefinition(template());
    if (!api) throw new Error('none was read');
    const http = new HttpApi({
      api,
      now: () => 0,
      mayInvoke: () => false,
      invoke: async () => Promise.reject(new Error('called')),
    });
    expect((await http.answer(incoming('/'), Buffer.alloc(0))).status).toBe(500);
  });

  test('with a property that is not known here is an error that names it', () => {
    expect(() =>
      httpApiDefinition(
        template({
          'AWS::ApiGatewayV2::Api': { Name: 'console', ProtocolType: 'HTTP', CorsConfiguration: {} },
        }),
      ),
    ).toThrow('CorsConfiguration');
  });

  test('is none where the stack has none', () => {
    expect(httpApiDefinition({ ...template(), ofType: () => [] })).toBeUndefined();
  });
});

test('an event has payload format 2.0: cookies apart, the path decoded, the query as it was and read', () => {
  const event = httpEvent(
    { id: 'x', account: '1' },
    incoming('/a%20b?x=1&x=2&y=%C3%A9', [
      'Cookie',
      'a=1; b=2',
      'X-One',
      '1',
      'X-One',
      '2',
      'Host',
      'evil.example.org',
    ]),
    Buffer.from('{}'),
    0,
  );
  expect(event).toMatchObject({
    version: '2.0',
    rawPath: '/a b',
    rawQueryString: 'x=1&x=2&y=%C3%A9',
    cookies: ['a=1', 'b=2'],
    headers: { 'x-one': '1,2' },
    queryStringParameters: { x: '1,2', y: 'é' },
    requestContext: { domainName: '127.0.0.1:4000', http: { method: 'GET' } },
    isBase64Encoded: true,
  });
});

test.each([
  [{ statusCode: 201, headers: { a: '1' }, cookies: ['c=1', 'd=2'], body: 'aGk=', isBase64Encoded: true }, 201, 'hi'],
  [{ any: 'json' }, 200, '{"any":"json"}'],
  [{ statusCode: 'none' }, 500, '{"message":"Internal Server Error"}'],
])('the answer %j becomes %i', (answer, status, body) => {
  const read = httpResponse(JSON.stringify(answer));
  expect([read.status, read.body.toString()]).toEqual([status, body]);
  if (status === 201) {
    expect(read.headers).toEqual([
      ['a', '1'],
      ['set-cookie', 'c=1'],
      ['set-cookie', 'd=2'],
    ]);
  }
});
