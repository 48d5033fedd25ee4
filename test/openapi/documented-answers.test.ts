import { DocumentedAnswers } from './documented-answers';

const answers = new DocumentedAnswers();
const refusal = { status: 'error', error_code: 'COMPANY_NOT_FOUND', message: 'There is none.', request_id: 'unknown' };
const judge = (status: number, body: unknown, headers: Readonly<Record<string, string>> = {}) =>
  answers.differences('post', '/initiate-conversation', {
    status,
    body: typeof body === 'string' ? body : JSON.stringify(body),
    headers: new Map(Object.entries({ 'content-type': 'application/json', ...headers })),
  });

test('an answer as it is documented has no difference', () => {
  expect(judge(404, refusal, { vary: 'Origin', date: 'today' })).toEqual([]);
});

test.each([
  ['a status', 418, refusal, {}, 'The status 418 is not documented.'],
  ['a code', 404, { ...refusal, error_code: 'LOST' }, {}, '/error_code'],
  ['a code of another status', 404, { ...refusal, error_code: 'FORBIDDEN' }, {}, '/error_code'],
  ['a field', 404, { ...refusal, stack: 'at line 1' }, {}, 'stack'],
  ['a field of a fault', 404, { ...refusal, details: [{ path: 'a', message: 'b', value: 'secret' }] }, {}, 'value'],
  ['a missing field', 404, { status: 'error', error_code: 'COMPANY_NOT_FOUND', request_id: 'unknown' }, {}, 'message'],
  ['a header', 404, refusal, { 'x-debug': 'yes' }, 'The header x-debug is not documented.'],
  [
    'a header that is missing',
    429,
    { ...refusal, error_code: 'RATE_LIMIT_EXCEEDED' },
    {},
    'The header Retry-After is missing.',
  ],
  [
    'a header that is wrong',
    429,
    { ...refusal, error_code: 'RATE_LIMIT_EXCEEDED' },
    { 'retry-after': 'soon' },
    'The header Retry-After is "soon".',
  ],
  ['a kind of body', 404, '<html>', { 'content-type': 'text/html' }, 'The body is text/html.'],
])('%s: what differs is told', (_what, status, body, headers, difference) => {
  expect(judge(status, body, headers).join('\n')).toContain(difference);
});

test('a body where none is documented is told', () => {
  expect(
    answers.differences('options', '/initiate-conversation', { status: 204, headers: new Map(), body: 'hello' }),
  ).toEqual(['A body came where none is documented.']);
});

test('every answer is listed once', () => {
  expect(new Set(answers.all()).size).toBe(answers.all().length);
  expect(answers.all()).toEqual(
    expect.arrayContaining([
      'post /initiate-conversation 200',
      'post /initiate-conversation 409 IDEMPOTENCY_CONFLICT',
      'post /webhooks/twilio/status 204',
    ]),
  );
});
