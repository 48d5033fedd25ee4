import type { APIGatewayProxyEvent } from 'aws-lambda';
import { webhookCall } from '../../src/handlers/webhook-call';
import { twilioReceiptUrl } from '../../src/providers/twilio-send';

const BASE = 'https://abc.execute-api.eu-west-2.amazonaws.com/dev';

function event(
  changes: Partial<
    Pick<APIGatewayProxyEvent, 'multiValueQueryStringParameters' | 'headers' | 'body' | 'isBase64Encoded'>
  > = {},
): APIGatewayProxyEvent {
  return {
    resource: '/webhooks/twilio/status',
    path: '/some-base-path/webhooks/twilio/status',
    httpMethod: 'POST',
    headers: {},
    multiValueHeaders: {},
    queryStringParameters: null,
    multiValueQueryStringParameters: null,
    pathParameters: null,
    stageVariables: null,
    requestContext: JSON.parse('{"domainName":"evil.example","path":"/evil"}'),
    body: null,
    isBase64Encoded: false,
    ...changes,
  };
}

describe('a vendor\'s call', () => {
  test('was made to the address that the stack knows, whatever the request says of its host', () => {
    const call = webhookCall(
      event({ headers: { 'Host': 'evil.example', 'X-Forwarded-Host': 'evil.example', 'X-Forwarded-Proto': 'http' } }),
      BASE,
    );
    expect(call.urls).toEqual([`${BASE}/webhooks/twilio/status`]);
  });

  test('has the very URL that a send asked for, in whatever order the query is handed over', () => {
    const conversation = 'acme & sons#nurses#5b0e#447700900100';
    const [asked] = twilioReceiptUrl(`${BASE}/webhooks/twilio/status`, {
      conversationId: conversation,
      attemptId: 'attempt-1',
    }).split('#');
    const call = webhookCall(
      event({ multiValueQueryStringParameters: { attempt_id: ['attempt-1'], conversation_id: [conversation] } }),
      BASE,
    );
    expect(call.urls[0]).toBe(asked);
    expect(call.query).toEqual({ conversation_id: conversation, attempt_id: 'attempt-1' });
  });

  test('may have been spelled in the event\'s order, and with %20 for a space', () => {
    const { urls } = webhookCall(
      event({ multiValueQueryStringParameters: { project_id: ['b'], company_id: ['a c'], more: ['1', '2'] } }),
      BASE,
    );
    expect(urls.map((url) => url.slice(url.indexOf('?')))).toEqual([
      '?company_id=a+c&project_id=b&more=1&more=2', '?company_id=a%20c&project_id=b&more=1&more=2',
      '?project_id=b&company_id=a+c&more=1&more=2', '?project_id=b&company_id=a%20c&more=1&more=2',
    ]);
  });

  test('keeps its body to the byte, also where the gateway encoded it', () => {
    expect(webhookCall(event({ body: 'Body=a%20b\r\n' }), BASE).body).toBe('Body=a%20b\r\n');
    expect(
      webhookCall(event({ body: Buffer.from('Zoë\r\n').toString('base64'), isBase64Encoded: true }), BASE).body,
    ).toBe('Zoë\r\n');
    expect([webhookCall(event(), BASE).body, webhookCall(event({ isBase64Encoded: true }), BASE).body]).toEqual([
      '',
      '',
    ]);
  });

  test('has its headers in lower case', () => {
    expect(
      webhookCall(event({ headers: { 'X-Twilio-Signature': 'abc', 'x-other': undefined } }), BASE).headers,
    ).toEqual({ 'x-twilio-signature': 'abc' });
  });
});
