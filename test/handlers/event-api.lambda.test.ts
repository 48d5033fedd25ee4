import type { APIGatewayProxyEvent } from 'aws-lambda';
import { setEventEnvironment, silence } from './lambda-environment';

function eventOf(method: string, resource: string, change: Partial<APIGatewayProxyEvent> = {}): APIGatewayProxyEvent {
  return {
    resource,
    path: resource,
    httpMethod: method,
    headers: {},
    multiValueHeaders: {},
    queryStringParameters: null,
    multiValueQueryStringParameters: null,
    pathParameters: null,
    stageVariables: null,
    requestContext: JSON.parse('{}'),
    body: null,
    isBase64Encoded: false,
    ...change,
  };
}

describe('the handler of endpoints and events', () => {
  let handler: typeof import('../../src/handlers/event-api.lambda').handler;
  beforeAll(() => {
    silence();
    setEventEnvironment();
    ({ handler } = jest.requireActual<typeof import('../../src/handlers/event-api.lambda')>(
      '../../src/handlers/event-api.lambda',
    ));
  });
  afterAll(() => { jest.restoreAllMocks(); });

  test.each([
    ['POST', '/event-endpoints'], ['GET', '/event-endpoints'], ['DELETE', '/event-endpoints/{endpoint_id}'],
    ['POST', '/event-endpoints/{endpoint_id}/rotate'], ['POST', '/event-endpoints/{endpoint_id}/test'],
    ['GET', '/events'], ['POST', '/events/{event_id}/replay'], ['GET', ''],
  ])('refuses %s %s without a key, without a read', async (method, resource) => {
    const pathParameters = resource.includes('event_id') ? { event_id: 'e' } : { endpoint_id: 'e' };
    const { statusCode, body } = await handler(eventOf(method, resource, { pathParameters }));
    expect([statusCode, JSON.parse(body)]).toMatchObject([403, { error_code: 'FORBIDDEN' }]);
  });

  test('answers a permitted origin alone with its name', async () => {
    const answerTo = async (origin: string) => handler(eventOf('GET', '/events', { headers: { Origin: origin } }));
    const named = async (origin: string) => JSON.stringify((await answerTo(origin)).headers).includes(origin);
    expect(await named('https://example.com')).toBe(true);
    expect(await named('https://elsewhere.example.org')).toBe(false);
  });

  test('an outage of the tables is a sentence that names no place', async () => {
    const { statusCode, body } = await handler(eventOf('GET', '/events', { headers: { 'x-api-key': 'a key' } }));
    expect(statusCode).toBeGreaterThanOrEqual(500);
    expect(JSON.parse(body)).toMatchObject({ status: 'error' });
    expect(body).not.toContain('127.0.0.1');
  });
});
