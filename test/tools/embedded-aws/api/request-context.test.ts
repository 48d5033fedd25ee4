import { apiRequest } from '../../../../tools/embedded-aws/api/api-request';
import {
  contextValues,
  eventRequestContext,
  newRequestContext,
} from '../../../../tools/embedded-aws/api/request-context';
import { apiDefinition, NOON, request } from './handmade-api';

const API = apiDefinition();

describe('what API Gateway knows of a request', () => {
  test('are ids of its own', () => {
    expect(newRequestContext(request())).toEqual({
      requestId: expect.stringMatching(/^[0-9a-f-]{36}$/),
      extendedRequestId: expect.stringMatching(/^[\w-]{15}=$/),
      traceId: expect.stringMatching(/^Root=1-6957b345-[0-9a-f]{24}$/),
    });
  });

  test('is the trace that the client started', () => {
    expect(newRequestContext(request({ headers: [['X-Amzn-Trace-Id', 'Root=1-a-b;Sampled=1']] })).traceId).toBe(
      'Root=1-a-b;Sampled=1',
    );
  });

  test('are the variables of templates and logs', () => {
    const apiKey = { id: 'key1', name: 'client', value: 'secret', isEnabled: true };
    const context = { requestId: 'r1', extendedRequestId: 'x1=', traceId: 'Root=1-a-b;Parent=c', apiKey };
    expect(contextValues(API, request({ method: 'GET', target: '/none' }), context)).toEqual({
      'accountId': '111122223333',
      'apiId': 'api1',
      'deploymentId': 'deployment1',
      'domainName': '127.0.0.1:4510',
      'domainPrefix': '127',
      'extendedRequestId': 'x1=',
      'httpMethod': 'GET',
      'identity.sourceIp': '127.0.0.1',
      'identity.userAgent': 'test',
      'identity.apiKey': 'secret',
      'identity.apiKeyId': 'key1',
      'path': '/dev/none',
      'protocol': 'HTTP/1.1',
      'requestId': 'r1',
      'requestTime': '02/Jan/2026:12:00:05 +0000',
      'requestTimeEpoch': String(NOON),
      'stage': 'dev',
      'xrayTraceId': '1-a-b',
    });
  });

  test('is little of a request without headers', () => {
    const bare = apiRequest(
      { rawHeaders: [], socket: { remoteAddress: '127.0.0.1', localPort: 1 } },
      Buffer.alloc(0),
      'dev',
      NOON,
    );
    const context = { requestId: 'r1', extendedRequestId: 'x1=', traceId: 'Root=1-a-b' };
    expect(contextValues(API, bare, context)).toMatchObject({ domainName: '', domainPrefix: '' });
    expect(contextValues(API, bare, context)).not.toHaveProperty(['identity.userAgent']);
    expect(eventRequestContext(API, bare, context)).toMatchObject({ domainName: '', identity: { userAgent: null } });
  });
});
