import type { APIGatewayProxyEvent } from 'aws-lambda';
import { setLambdaEnvironment, silence } from './lambda-environment';

function eventOf(resource: string, change: Partial<APIGatewayProxyEvent> = {}): APIGatewayProxyEvent {
  return {
    resource,
    path: resource,
    httpMethod: 'POST',
    headers: {},
    multiValueHeaders: {},
    queryStringParameters: null,
    multiValueQueryStringParameters: null,
    pathParameters: { conversation_id: 'acme%23hiring%23r%23s' },
    stageVariables: null,
    requestContext: JSON.parse('{}'),
    body: null,
    isBase64Encoded: false,
    ...change,
  };
}

const RESOURCES = ['replies', 'take-over', 'return', 'acknowledge'].map((action) => `/conversations/{conversation_id}/${action}`);

describe('the handler by which clients answer', () => {
  let handler: typeof import('../../src/handlers/client-replies.lambda').handler;
  beforeAll(() => {
    silence();
    setLambdaEnvironment();
    ({ handler } = jest.requireActual<typeof import('../../src/handlers/client-replies.lambda')>(
      '../../src/handlers/client-replies.lambda',
    ));
  });
  afterAll(() => { jest.restoreAllMocks(); });

  test.each([...RESOURCES, ''])('refuses "%s" without a key, without a read', async (resource) => {
    const { statusCode, body } = await handler(eventOf(resource, resource === '' ? { pathParameters: null } : {}));
    expect([statusCode, JSON.parse(body)]).toMatchObject([403, { error_code: 'FORBIDDEN' }]);
  });

  test.each(RESOURCES)('answers an outage of the tables at %s by a sentence that names no place', async (resource) => {
    const change = { headers: { 'X-Api-Key': 'a key', 'origin': 'https://example.com' }, body: 'bm9uc2Vuc2U=', isBase64Encoded: true };
    const { statusCode, headers, body } = await handler(eventOf(resource, change));
    expect([statusCode, JSON.parse(body)]).toMatchObject([500, { status: 'error', error_code: 'DATABASE_ERROR' }]);
    expect(body).not.toContain('127.0.0.1');
    expect(JSON.stringify(headers)).toContain('https://example.com');
  });
});
