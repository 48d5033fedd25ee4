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
    const event: APIGatewayProxyEvent = {
      resource: '/conversations/{conversation_id}',
      path: '/conversations/a%23b',
      httpMethod: 'GET',
      headers: {},
      multiValueHeaders: {},
      queryStringParameters: null,
      multiValueQueryStringParameters: null,
      pathParameters: { conversation_id: 'a%23b' },
      stageVariables: null,
      requestContext: JSON.parse('{}'),
      body: null,
      isBase64Encoded: false,
    };
    const answer = await handler(event);
    expect(answer.statusCode).toBe(403);
    expect(JSON.parse(answer.body)).toEqual({
      status: 'error',
      error_code: 'FORBIDDEN',
      message: 'Forbidden',
      request_id: 'unknown',
    });
  });
});

test('a header is found in any letter case', () => {
  expect(header({ headers: { 'X-Api-Key': 'key' } }, 'x-api-key')).toBe('key');
  expect(header({ headers: {} }, 'x-api-key')).toBeUndefined();
});
