import type { MethodDefinition } from '../../../../tools/embedded-aws/api/method-definition';
import { requestValidator } from '../../../../tools/embedded-aws/api/request-validator';
import { resource } from '../functions/handmade-stack';
import type { RequestParts } from './handmade-api';
import { request } from './handmade-api';

const MODEL = resource('AWS::ApiGateway::Model', 'Model', {
  ContentType: 'application/json',
  RestApiId: 'api1',
  Schema: {
    $schema: 'http://json-schema.org/draft-04/schema#',
    type: 'object',
    required: ['channel'],
    properties: { channel: { type: 'string', enum: ['sms', 'email'] }, count: { type: 'integer', minimum: 1 } },
    additionalProperties: false,
  },
}, { reference: 'Model' });
const validator = (properties: Record<string, unknown>) =>
  resource('AWS::ApiGateway::RequestValidator', 'V', { RestApiId: 'api1', ...properties }, { reference: 'v1' });

const METHOD: MethodDefinition = {
  resourceId: 'send-id',
  httpMethod: 'POST',
  needsApiKey: false,
  validatorId: 'v1',
  models: { 'application/json': 'Model' },
  requiredParameters: [
    { place: 'querystring', name: 'page' },
    { place: 'header', name: 'x-one' },
    { place: 'path', name: 'id' },
  ],
  integration: { kind: 'function', functionArn: 'arn', timeoutMilliseconds: 1 },
};

function validate(parts: RequestParts, { rules = { ValidateRequestBody: true }, method = {}, pathParameters = {} }: {
  rules?: Record<string, unknown>; method?: Partial<MethodDefinition>; pathParameters?: Record<string, string>;
} = {}): void {
  requestValidator([validator(rules)], [MODEL])({ ...METHOD, ...method }, request(parts), pathParameters);
}

describe('what a request must have', () => {
  test('a body of its model passes', () => {
    expect(() => { validate({ body: '{"channel":"sms","count":2}' }); }).not.toThrow();
  });

  test.each([
    ['{"channel":"fax","extra":1}', ['channel: ', 'Unrecognized key: "extra"']],
    ['[]', ['expected object']],
    ['{', ['the body is not valid JSON']],
    ['', ['channel: ']],
  ])('the body %s does not, and its faults are named', (body, faults) => {
    const expected = expect.objectContaining({
      responseType: 'BAD_REQUEST_BODY',
      message: 'Invalid request body',
      options: { validationErrors: faults.map((fault) => expect.stringContaining(fault)) },
    });
    expect(() => {
      validate({ body });
    }).toThrow(expected);
  });

  test('a body of another content type has no model and passes', () => {
    expect(() => {
      validate({ body: 'channel=fax', headers: [['content-type', 'application/x-www-form-urlencoded']] });
    }).not.toThrow();
    expect(() => {
      validate({ body: '{}', headers: [['content-type', 'application/json; charset=utf-8']] });
    }).toThrow('Invalid request body');
  });

  test('any JSON passes the model Empty, and $default stands for other content types', () => {
    const method = { models: { $default: 'Empty' } };
    expect(() => { validate({ body: '[1]' }, { method }); }).not.toThrow();
    expect(() => { validate({ body: '[1' }, { method }); }).toThrow('Invalid request body');
  });

  test('a model that is not there is a fault of the API', () => {
    expect(() => {
      validate({ body: '{}' }, { method: { models: { 'application/json': 'Gone' } } });
    }).toThrow(expect.objectContaining({ responseType: 'API_CONFIGURATION_ERROR' }));
  });

  test('parameters that are missing are named in order', () => {
    expect(() => { validate({}, { rules: { ValidateRequestParameters: true } }); }).toThrow(expect.objectContaining({
      responseType: 'BAD_REQUEST_PARAMETERS', message: 'Missing required request parameters: [id, page, x-one]',
    }));
    expect(() => {
      validate(
        { target: '/send?page=1', headers: [['X-One', '1']] },
        { rules: { ValidateRequestParameters: true }, pathParameters: { id: '7' } },
      );
    }).not.toThrow();
  });

  test('nothing is judged without a validator, or one that asks for nothing', () => {
    const { validatorId: _none, ...unjudged } = METHOD;
    expect(() => { requestValidator([], [MODEL])(unjudged, request({ body: '{' }), {}); }).not.toThrow();
    expect(() => { validate({ body: '{' }, { rules: {} }); }).not.toThrow();
  });

  test('a schema that cannot be judged here is refused and named', () => {
    const odd = resource('AWS::ApiGateway::Model', 'Odd', {
      ContentType: 'application/json',
      RestApiId: 'api1',
      Schema: { type: 'object', if: {} },
    });
    expect(() => requestValidator([], [odd])).toThrow('Reading the model Odd failed: Error: Conditional schemas');
  });
});
