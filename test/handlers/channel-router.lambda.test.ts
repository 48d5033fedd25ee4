import type { APIGatewayProxyEvent } from 'aws-lambda';
import { setLambdaEnvironment } from './lambda-environment';

const event = (
  headers: Readonly<Record<string, string>>,
  body: string | null,
  isBase64Encoded = false,
): APIGatewayProxyEvent => ({
  resource: '/initiate-conversation',
  path: '/initiate-conversation',
  httpMethod: 'POST',
  headers: { ...headers },
  multiValueHeaders: {},
  queryStringParameters: null,
  multiValueQueryStringParameters: null,
  pathParameters: null,
  stageVariables: null,
  requestContext: JSON.parse('{}'),
  body,
  isBase64Encoded,
});

describe('the router\'s handler', () => {
  let handler: typeof import('../../src/handlers/channel-router.lambda').handler;
  beforeAll(() => {
    jest.spyOn(console, 'log').mockImplementation(() => undefined);
    jest.spyOn(process.stdout, 'write').mockImplementation(() => true);
    setLambdaEnvironment();
    ({ handler } = jest.requireActual<typeof import('../../src/handlers/channel-router.lambda')>(
      '../../src/handlers/channel-router.lambda',
    ));
  });
  afterAll(() => { jest.restoreAllMocks(); });

  test('a call without a key is refused as the gateway refuses it', async () => {
    const answer = await handler(event({}, '{}'));
    expect(answer.statusCode).toBe(403);
    expect(JSON.parse(answer.body)).toEqual({
      status: 'error',
      error_code: 'FORBIDDEN',
      message: 'Forbidden',
      request_id: 'unknown',
    });
  });

  test('header names count in any letter case, and an allowed origin is answered by name', async () => {
    const answer = await handler(event({ 'X-API-Key': 'some-key', 'Origin': 'https://www.example.com' }, null));
    expect(answer.statusCode).toBe(500);
    expect(JSON.parse(answer.body)).toMatchObject({ error_code: 'DATABASE_ERROR' });
    expect(answer.headers).toMatchObject({ 'Access-Control-Allow-Origin': 'https://www.example.com' });
  });

  test('a body that the gateway encoded is decoded: its fault is one of shape only once the key is known', async () => {
    const answer = await handler(
      event({ 'x-api-key': 'some-key' }, Buffer.from('{"request_data":{}}').toString('base64'), true),
    );
    expect(JSON.parse(answer.body)).toMatchObject({ error_code: 'DATABASE_ERROR' });
    expect(answer.body).not.toContain('127.0.0.1');
  });
});
