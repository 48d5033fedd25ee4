import { proxyEvent } from '../../../../tools/embedded-aws/api/proxy-event';
import type { RequestContext } from '../../../../tools/embedded-aws/api/request-context';
import { matchRoute } from '../../../../tools/embedded-aws/api/route-table';
import type { RequestParts } from './handmade-api';
import { apiDefinition, NOON, request } from './handmade-api';

const API = apiDefinition({ api: { BinaryMediaTypes: ['image/*'] } });

function eventOf(parts: RequestParts, context: Partial<RequestContext> = {}, api = API) {
  const received = request(parts);
  const route = matchRoute(api.routes, received.path);
  return proxyEvent(api, received, {
    requestId: 'r1',
    extendedRequestId: 'x1=',
    traceId: 'Root=1-a-b',
    ...(route && { route }),
    ...context,
  });
}

describe('the event that API Gateway makes of a request', () => {
  test('has everything of the request', () => {
    const apiKey = { id: 'key1', name: 'client', value: 'secret', isEnabled: true };
    expect(
      eventOf(
        {
          method: 'GET',
          target: '/things/a%2Bb?x=1&x=2&y=%C3%A9+e',
          headers: [
            ['Accept', 'a'],
            ['Accept', 'b'],
            ['Connection', 'close'],
          ],
        },
        { apiKey },
      ),
    ).toEqual({
      resource: '/things/{id}',
      path: '/things/a%2Bb',
      httpMethod: 'GET',
      headers: {
        'Host': '127.0.0.1:4510',
        'User-Agent': 'test',
        'Accept': 'b',
        'X-Amzn-Trace-Id': 'Root=1-a-b',
        'X-Forwarded-For': '127.0.0.1',
        'X-Forwarded-Port': '4510',
        'X-Forwarded-Proto': 'http',
      },
      multiValueHeaders: {
        'Host': ['127.0.0.1:4510'],
        'User-Agent': ['test'],
        'Accept': ['a', 'b'],
        'X-Amzn-Trace-Id': ['Root=1-a-b'],
        'X-Forwarded-For': ['127.0.0.1'],
        'X-Forwarded-Port': ['4510'],
        'X-Forwarded-Proto': ['http'],
      },
      queryStringParameters: { x: '2', y: 'é e' },
      multiValueQueryStringParameters: { x: ['1', '2'], y: ['é e'] },
      pathParameters: { id: 'a%2Bb' },
      stageVariables: null,
      requestContext: {
        resourceId: 'thing-id',
        resourcePath: '/things/{id}',
        httpMethod: 'GET',
        extendedRequestId: 'x1=',
        requestTime: '02/Jan/2026:12:00:05 +0000',
        path: '/dev/things/a%2Bb',
        accountId: '111122223333',
        protocol: 'HTTP/1.1',
        stage: 'dev',
        domainPrefix: '127',
        requestTimeEpoch: NOON,
        requestId: 'r1',
        identity: {
          cognitoIdentityPoolId: null,
          accountId: null,
          cognitoIdentityId: null,
          caller: null,
          apiKey: 'secret',
          apiKeyId: 'key1',
          sourceIp: '127.0.0.1',
          principalOrgId: null,
          accessKey: null,
          cognitoAuthenticationType: null,
          cognitoAuthenticationProvider: null,
          userArn: null,
          userAgent: 'test',
          user: null,
        },
        domainName: '127.0.0.1:4510',
        deploymentId: 'deployment1',
        apiId: 'api1',
      },
      body: null,
      isBase64Encoded: false,
    });
  });

  test('has a text body as it is', () => {
    expect(eventOf({ body: '{"a":"é"}' })).toMatchObject({
      body: '{"a":"é"}',
      isBase64Encoded: false,
      pathParameters: null,
      queryStringParameters: null,
    });
  });

  test('has a binary body in base64', () => {
    expect(eventOf({ body: Buffer.from([0xff, 0xd8]), headers: [['Content-Type', 'image/jpeg']] })).toMatchObject({
      body: '/9g=',
      isBase64Encoded: true,
    });
  });

  test('names every proxy that the request came through', () => {
    expect(eventOf({ headers: [['X-Forwarded-For', '192.0.2.1']] })).toMatchObject({
      headers: { 'X-Forwarded-For': '192.0.2.1, 127.0.0.1' },
    });
  });

  test('has the variables of the stage', () => {
    expect(eventOf({}, {}, apiDefinition({ stage: { Variables: { mode: 'test' } } }))).toMatchObject({
      stageVariables: { mode: 'test' },
    });
  });
});
