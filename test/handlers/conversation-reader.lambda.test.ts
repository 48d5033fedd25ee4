import type { APIGatewayProxyEvent } from 'aws-lambda';
import { header } from '../../src/handlers/event-header';
import { setLambdaEnvironment } from './lambda-environment';

describe('the reader\'s handler', () => {
  let handler: typeof import('../../src/handlers/conversation-reader.lambda').handler;
  beforeAll(() => {
    jest.spyOn(console, 'log').mockImplementation(() => undefined);
    jest.spyOn(process.stdout, 'write').mockImplementation(() => true);
    setLambdaEnvironment();
    ({ handler } = jest.requireActual<typeof import('../../src/handlers/conversation-reader.lambda')>(
      '../../src/handlers/conversation-reader.lambda',
    ));
  });
  afterAll(() => { jest.restoreAllMocks(); });

  test('a call without a key is refused as the gateway refuses it', async () => {
    const answer = await handler(eventOf('/conversations/{conversation_id}', { conversation_id: 'a%23b' }));
    expect(answer.statusCode).toBe(403);
    expect(JSON.parse(answer.body)).toEqual({
      status: 'error',
      error_code: 'FORBIDDEN',
      message: 'Forbidden',
      request_id: 'unknown',
    });
  });

  test('what the API says about itself is answered without a key', async () => {
    const document = await handler(eventOf('/openapi.json'));
    expect([document.statusCode, JSON.parse(document.body).openapi]).toEqual([200, '3.1.0']);
    expect(await handler(eventOf('/docs'))).toMatchObject({
      statusCode: 200, body: expect.stringMatching(/^<!doctype html>/),
    });
    expect((await handler(eventOf('/templates'))).statusCode).toBe(403);
    expect((await handler(eventOf('/messages'))).statusCode).toBe(403);
  });
});

function eventOf(resource: string, pathParameters: Record<string, string> | null = null): APIGatewayProxyEvent {
  return {
    resource,
    path: resource,
    httpMethod: 'GET',
    headers: {},
    multiValueHeaders: {},
    queryStringParameters: null,
    multiValueQueryStringParameters: null,
    pathParameters,
    stageVariables: null,
    requestContext: JSON.parse('{}'),
    body: null,
    isBase64Encoded: false,
  };
}

test('a header is found in any letter case', () => {
  expect(header({ headers: { 'X-Api-Key': 'key' } }, 'x-api-key')).toBe('key');
  expect(header({ headers: {} }, 'x-api-key')).toBeUndefined();
});
