import { GatewayFault } from '../../../../tools/embedded-aws/api/gateway-fault';
import { errorValues, gatewayResponse } from '../../../../tools/embedded-aws/api/gateway-response';
import type { GatewayResponseDefinition } from '../../../../tools/embedded-aws/api/gateway-response-definition';
import { request } from './handmade-api';

const FORBIDDEN = new GatewayFault('INVALID_API_KEY', 'Forbidden');

function answer(fault: GatewayFault, definitions: Readonly<Record<string, GatewayResponseDefinition>> = {}) {
  const received = request({ target: '/send?page=2', headers: [['Origin', 'https://a.example.com']] });
  const { status, headers, body } = gatewayResponse(fault, new Map(Object.entries(definitions)), received, {
    requestId: 'r1',
  });
  return { status, headers: Object.fromEntries(headers), body: body.toString() };
}

describe('the answer to a refusal', () => {
  test('is API Gateway\'s own unless the stack says otherwise', () => {
    expect(answer(FORBIDDEN)).toEqual({
      status: 403,
      headers: { 'Content-Type': 'application/json', 'x-amzn-ErrorType': 'ForbiddenException' },
      body: '{"message":"Forbidden"}',
    });
  });

  test('is that of its type', () => {
    expect(
      answer(FORBIDDEN, {
        INVALID_API_KEY: {
          status: 401,
          headers: { 'X-A': "'b'" },
          template: '{"status":"error","message":$context.error.messageString,"request_id":"$context.requestId"}',
        },
        DEFAULT_4XX: { headers: {}, template: 'unused' },
      }),
    ).toMatchObject({
      status: 401,
      headers: { 'X-A': 'b' },
      body: '{"status":"error","message":"Forbidden","request_id":"r1"}',
    });
  });

  test('is that of its class where its type has none', () => {
    expect(answer(FORBIDDEN, { DEFAULT_4XX: { headers: {}, template: '4$context.error.responseType' } })).toMatchObject(
      { status: 403, body: '4INVALID_API_KEY' },
    );
    expect(
      answer(new GatewayFault('INTEGRATION_TIMEOUT', 'late'), {
        DEFAULT_5XX: { headers: {}, status: 503 },
        DEFAULT_4XX: { headers: {}, status: 400 },
      }).status,
    ).toBe(503);
  });

  test('has the status that the fault knows better, unless the stack answers its type', () => {
    const throttled = new GatewayFault('INTEGRATION_FAILURE', 'Internal server error', { status: 500 });
    expect(answer(throttled).status).toBe(500);
    expect(answer(throttled, { DEFAULT_5XX: { headers: {} } }).status).toBe(500);
    expect(answer(throttled, { INTEGRATION_FAILURE: { headers: {} } }).status).toBe(504);
  });

  test('takes headers from the request and its context', () => {
    const headers = {
      'Access-Control-Allow-Origin': 'method.request.header.Origin',
      'X-Page': 'method.request.querystring.page',
      'X-Id': 'context.requestId',
      'X-None': 'method.request.header.Absent',
      'X-Neither': 'method.request.querystring.absent',
      'X-Unknown': 'context.unknown',
    };
    expect(answer(FORBIDDEN, { INVALID_API_KEY: { headers } }).headers).toEqual({
      'Content-Type': 'application/json',
      'x-amzn-ErrorType': 'ForbiddenException',
      'Access-Control-Allow-Origin': 'https://a.example.com',
      'X-Page': '2',
      'X-Id': 'r1',
    });
  });

  test('may name the faults of a body', () => {
    const fault = new GatewayFault('BAD_REQUEST_BODY', 'Invalid "body"', {
      validationErrors: ['a: missing', 'b: no number'],
    });
    expect(errorValues(fault)).toEqual({
      'error.message': 'Invalid "body"',
      'error.messageString': '"Invalid \\"body\\""',
      'error.responseType': 'BAD_REQUEST_BODY',
      'error.validationErrorString': '[a: missing, b: no number]',
    });
  });
});
