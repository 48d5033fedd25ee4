import { methodDefinition } from '../../../../tools/embedded-aws/api/method-definition';
import { functionArn } from '../functions/handmade-stack';
import { corsMethodResponse, functionIntegration, method, mockIntegration } from './handmade-api';

const read = (integration: Record<string, unknown>, properties: Record<string, unknown> = {}) =>
  methodDefinition(method('Post', 'send-id', 'POST', integration, properties));

describe('a method as its template defines it', () => {
  test('hands requests to a function', () => {
    expect(read(functionIntegration('router'))).toEqual({
      resourceId: 'send-id',
      httpMethod: 'POST',
      needsApiKey: false,
      requiredParameters: [],
      models: {},
      integration: { kind: 'function', functionArn: functionArn('router'), timeoutMilliseconds: 29_000 },
    });
  });

  test('hands requests to an alias, for as long as the template says', () => {
    expect(read(functionIntegration('router:live', { TimeoutInMillis: 5000 })).integration).toEqual({
      kind: 'function', functionArn: functionArn('router:live'), timeoutMilliseconds: 5000,
    });
  });

  test('demands what the template demands', () => {
    expect(
      read(functionIntegration('router'), {
        ApiKeyRequired: true,
        RequestValidatorId: 'v1',
        RequestModels: { 'application/json': 'Model' },
        RequestParameters: {
          'method.request.header.x-one': true,
          'method.request.querystring.two': true,
          'method.request.path.id': true,
          'method.request.header.x-free': false,
        },
      }),
    ).toMatchObject({
      needsApiKey: true,
      validatorId: 'v1',
      models: { 'application/json': 'Model' },
      requiredParameters: [
        { place: 'header', name: 'x-one' },
        { place: 'querystring', name: 'two' },
        { place: 'path', name: 'id' },
      ],
    });
  });

  test('answers preflight requests by itself', () => {
    const { integration } = read(mockIntegration(), { MethodResponses: [corsMethodResponse()] });
    expect(integration).toMatchObject({
      kind: 'mock',
      status: 204,
      headers: { 'Access-Control-Allow-Origin': 'https://a.example.com', 'Vary': 'Origin' },
    });
    expect(integration.kind === 'mock' && integration.template(() => 'https://b.example.com')).toEqual({
      'Access-Control-Allow-Origin': 'https://b.example.com',
    });
  });

  test('answers preflight requests of one origin without a template', () => {
    const response = { StatusCode: '200', ResponseParameters: {} };
    expect(
      read(mockIntegration({ IntegrationResponses: [response] }), { MethodResponses: [{ StatusCode: '200' }] })
        .integration,
    ).toMatchObject({ status: 200, headers: {} });
  });

  test('declares what a mock answers, or API Gateway would answer 500', () => {
    expect(() => read(mockIntegration())).toThrow(
      'Reading the method Post failed: its method responses do not declare',
    );
    expect(() => read(mockIntegration({ IntegrationResponses: [{ StatusCode: '204' }] }))).toThrow(
      'do not declare the status 204',
    );
    expect(() =>
      read(mockIntegration(), {
        MethodResponses: [{ StatusCode: '204', ResponseParameters: { 'method.response.header.Vary': true } }],
      }),
    ).toThrow('do not declare method.response.header.Access-Control-Allow-Origin');
  });

  test.each([
    [{ Type: 'HTTP_PROXY', Uri: 'https://example.com' }, {}, 'Integration'],
    [
      functionIntegration('router', { Uri: 'arn:aws:apigateway:eu-west-1:sqs:path/x' }),
      {},
      'only functions are supported behind AWS_PROXY',
    ],
    [functionIntegration('router', { Credentials: 'arn:role' }), {}, 'Credentials'],
    [functionIntegration('router'), { AuthorizationType: 'AWS_IAM' }, 'AuthorizationType'],
    [functionIntegration('router'), { AuthorizerId: 'a1' }, 'AuthorizerId'],
    [
      mockIntegration({ RequestTemplates: { 'application/json': '{ statusCode: 500 }' } }),
      {},
      'only { statusCode: 200 } is supported',
    ],
    [
      mockIntegration({ IntegrationResponses: [{ StatusCode: '200', SelectionPattern: '5..' }] }),
      {},
      'SelectionPattern',
    ],
    [
      mockIntegration({
        IntegrationResponses: [
          { StatusCode: '200', ResponseParameters: { 'method.response.header.X': 'context.requestId' } },
        ],
      }),
      {},
      'only quoted texts are supported',
    ],
  ])('of a kind that is not run here is refused and named: %#', (integration, properties, named) => {
    expect(() => read(integration, properties)).toThrow(named);
  });
});
