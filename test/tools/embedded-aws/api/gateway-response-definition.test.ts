import { gatewayResponseDefinitions } from '../../../../tools/embedded-aws/api/gateway-response-definition';
import { resource } from '../functions/handmade-stack';

const read = (properties: Record<string, unknown>) =>
  gatewayResponseDefinitions([
    resource('AWS::ApiGateway::GatewayResponse', 'Refusal', {
      RestApiId: 'api1',
      ResponseType: 'INVALID_API_KEY',
      ...properties,
    }),
  ]);

describe('how a stack wants refusals answered', () => {
  test('is known by the type of the refusal', () => {
    expect(
      read({
        StatusCode: '403',
        ResponseTemplates: { 'application/json': '{"message":$context.error.messageString}' },
        ResponseParameters: {
          'gatewayresponse.header.X-A': "'b'",
          'gatewayresponse.header.Y': 'method.request.header.Origin',
        },
      }),
    ).toEqual(
      new Map([
        [
          'INVALID_API_KEY',
          {
            status: 403,
            template: '{"message":$context.error.messageString}',
            headers: { 'X-A': "'b'", 'Y': 'method.request.header.Origin' },
          },
        ],
      ]),
    );
  });

  test('may change nothing but headers', () => {
    expect(read({ ResponseType: 'DEFAULT_4XX' }).get('DEFAULT_4XX')).toEqual({ headers: {} });
    expect(read({ ResponseType: 'DEFAULT_5XX', ResponseTemplates: {} }).get('DEFAULT_5XX')).toEqual({ headers: {} });
    expect(read({ ResponseType: 'WAF_FILTERED' }).has('WAF_FILTERED')).toBe(true);
  });

  test.each([
    [{ ResponseType: 'NO_SUCH_TYPE' }, 'ResponseType'],
    [{ ResponseTemplates: { 'text/html': '<p>' } }, 'text/html'],
    [
      { ResponseTemplates: { 'application/json': '$context.unknown' } },
      'Reading the template of Refusal failed: $context.unknown',
    ],
    [
      { ResponseParameters: { 'gatewayresponse.header.X': 'integration.response.header.Y' } },
      'not a quoted text, request parameter or context variable',
    ],
  ])('is refused and named where it is not run here: %#', (properties, named) => {
    expect(() => read(properties)).toThrow(named);
  });
});
