import { proxyResponse } from '../../../../tools/embedded-aws/api/proxy-response';
import { request } from './handmade-api';

const read = (answer: unknown, accept?: string, binaryMediaTypes: readonly string[] = ['image/*']) =>
  proxyResponse(
    JSON.stringify(answer),
    request({ headers: accept === undefined ? [] : [['Accept', accept]] }),
    binaryMediaTypes,
  );

describe('a function\'s answer behind AWS_PROXY', () => {
  test('gives status, headers and body', () => {
    expect(
      read({
        statusCode: 201,
        headers: { 'X-A': 'b', 'X-Flag': true },
        multiValueHeaders: { 'Set-Cookie': ['a=1', 'b=2'], 'x-a': ['c'] },
        body: 'é',
      }),
    ).toEqual({
      status: 201,
      headers: [
        ['X-Flag', 'true'],
        ['Set-Cookie', 'a=1'],
        ['Set-Cookie', 'b=2'],
        ['x-a', 'c'],
      ],
      body: Buffer.from('é'),
    });
  });

  test.each([
    [{}, 200],
    [{ statusCode: '404' }, 404],
    [{ statusCode: 204, body: null, headers: null }, 204],
  ])('%j has the status %i', (answer, status) => {
    expect(read(answer)).toMatchObject({ status, headers: [], body: Buffer.alloc(0) });
  });

  test('keeps API Gateway\'s own headers out', () => {
    expect(read({ headers: { 'Content-Length': '1', 'Connection': 'close', 'X-A': 'b' } }).headers).toEqual([
      ['X-A', 'b'],
    ]);
  });

  test('gives bytes to a client that accepts a binary media type first', () => {
    const answer = { body: '/9g=', isBase64Encoded: true };
    expect(read(answer, 'image/jpeg, */*').body).toEqual(Buffer.from([0xff, 0xd8]));
    expect(read(answer, 'text/html, image/jpeg').body.toString()).toBe('/9g=');
    expect(read(answer).body.toString()).toBe('/9g=');
    expect(read({ ...answer, isBase64Encoded: false }, 'image/jpeg').body.toString()).toBe('/9g=');
  });

  test.each([
    ['text'],
    [null],
    [[]],
    [{ statusCode: 200, extra: true }],
    [{ body: { an: 'object' } }],
    [{ statusCode: 'many' }],
    [{ statusCode: 99 }],
    [{ statusCode: 600 }],
    [{ headers: { 'X-A': 1 } }],
    [{ headers: { 'X A': 'b' } }],
    [{ headers: { 'X-A': 'a\r\nb' } }],
    [{ errorMessage: 'bad' }],
  ])('%j is malformed and answered 502', (answer) => {
    expect(() => read(answer)).toThrow(
      expect.objectContaining({
        responseType: 'DEFAULT_5XX',
        message: 'Internal server error',
        options: { integrationError: 'Execution failed due to configuration error: Malformed Lambda proxy response' },
      }),
    );
  });
});
