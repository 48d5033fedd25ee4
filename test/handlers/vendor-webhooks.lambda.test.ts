import type { APIGatewayProxyEvent, APIGatewayProxyResult } from 'aws-lambda';
import { WEBHOOK_PATHS } from '../../src/providers/vendors';
import { sendGridEventWebhook } from '../../src/providers/sendgrid-event-webhook';
import { twilioInboundWebhook } from '../../src/providers/twilio-inbound-webhook';
import { twilioStatusWebhook } from '../../src/providers/twilio-status-webhook';
import { setLambdaEnvironment } from './lambda-environment';

const event = (resource: string, query: Readonly<Record<string, string>> = {}): APIGatewayProxyEvent => ({
  resource,
  path: resource,
  httpMethod: 'POST',
  headers: {},
  multiValueHeaders: {},
  queryStringParameters: { ...query },
  multiValueQueryStringParameters: Object.fromEntries(Object.entries(query).map(([name, value]) => [name, [value]])),
  pathParameters: null,
  stageVariables: null,
  requestContext: JSON.parse('{}'),
  body: '',
  isBase64Encoded: false,
});

describe('the handler of the vendors\' webhooks', () => {
  let handler: (made: APIGatewayProxyEvent) => Promise<APIGatewayProxyResult>;
  beforeAll(() => {
    for (const method of ['log', 'info', 'warn', 'error'] as const) {
      jest.spyOn(console, method).mockImplementation(() => undefined);
    }
    jest.spyOn(process.stdout, 'write').mockImplementation(() => true);
    setLambdaEnvironment();
    ({ handler } = jest.requireActual('../../src/handlers/vendor-webhooks.lambda'));
  });
  afterAll(() => { jest.restoreAllMocks(); });

  test.each(WEBHOOK_PATHS)('%s refuses a call that claims to be for nobody, without a read', async (path) => {
    expect(await handler(event(path))).toEqual({
      statusCode: 403,
      headers: { 'content-type': 'application/json' },
      body: expect.stringContaining('"message":"Forbidden"'),
    });
  });

  test.each([
    [twilioStatusWebhook.path, { conversation_id: 'a#b#c#d', attempt_id: 'x' }],
    [twilioInboundWebhook.path, { company_id: 'a', project_id: 'b', channel: 'sms' }],
    [sendGridEventWebhook.path, { company_id: 'a', project_id: 'b' }],
  ])('%s asks the vendor to come again while the database is out of reach', async (path, query) => {
    const answer = await handler(event(path, query));
    expect(answer.statusCode).toBe(500);
    expect(answer.body).not.toContain('127.0.0.1');
  });

  test('a route that it does not know is refused', async () => {
    expect((await handler(event('/webhooks/pigeon'))).statusCode).toBe(403);
  });
});
