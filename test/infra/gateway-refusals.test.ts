import { resourcesOf, templateOf } from './template';

interface Refusal {
  readonly status: string | undefined;
  readonly body: {
    readonly status: string;
    readonly error_code: string;
    readonly message: string;
    readonly request_id: string;
  };
  readonly retryAfter: string | undefined;
}

const refusals: Readonly<Record<string, Refusal>> = Object.fromEntries(
  Object.values(resourcesOf(templateOf('dev'), 'AWS::ApiGateway::GatewayResponse')).map(({ Properties }) => [
    Properties.ResponseType,
    {
      status: Properties.StatusCode,
      body: JSON.parse(Properties.ResponseTemplates['application/json']),
      retryAfter: Properties.ResponseParameters['gatewayresponse.header.Retry-After'],
    },
  ]),
);

const FORBIDDEN = { status: 'error', error_code: 'FORBIDDEN', message: 'Forbidden', request_id: 'unknown' };

test('a missing or unknown key is refused as it always was, with a code beside', () => {
  expect(refusals.INVALID_API_KEY).toMatchObject({ status: '403', body: FORBIDDEN });
  expect(refusals.ACCESS_DENIED).toMatchObject({ status: '403', body: FORBIDDEN });
});

test.each(['THROTTLED', 'QUOTA_EXCEEDED'])('%s says when to come again', (type) => {
  expect(refusals[type]).toMatchObject({ status: '429', body: { error_code: 'RATE_LIMIT_EXCEEDED' } });
  expect(refusals[type]?.retryAfter).toMatch(/^'[1-9]\d*'$/);
});

test('a body beyond API Gateway\'s limit is answered like one beyond the router\'s', () => {
  expect(refusals.REQUEST_TOO_LARGE).toMatchObject({ status: '400', body: { error_code: 'PAYLOAD_TOO_LARGE' } });
});

test.each(['MISSING_AUTHENTICATION_TOKEN', 'RESOURCE_NOT_FOUND'])('an unknown endpoint (%s) is not found', (type) => {
  expect(refusals[type]).toMatchObject({ status: '404', body: { error_code: 'NOT_FOUND' } });
});

test('whatever fails inside is one and the same error', () => {
  expect(refusals.DEFAULT_5XX).toMatchObject({ status: '500', body: { error_code: 'INTERNAL_ERROR' } });
});

test('other refusals keep the status that API Gateway gives them', () => {
  expect(refusals.DEFAULT_4XX).toMatchObject({ body: { error_code: 'INVALID_REQUEST' } });
  expect(refusals.DEFAULT_4XX?.status).toBeUndefined();
});

test('every refusal has the contract\'s shape', () => {
  const shapes = Object.values(refusals).map(({ body }) => [
    Object.keys(body).join(),
    body.status,
    body.request_id,
    body.message.length > 0,
  ]);
  expect(shapes).toEqual(shapes.map(() => ['status,error_code,message,request_id', 'error', 'unknown', true]));
});
