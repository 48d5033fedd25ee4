import { brotliDecompressSync, gunzipSync } from 'node:zlib';
import type { APIGatewayProxyEventV2 } from 'aws-lambda';
import { json } from '../../src/console-api/http/page-call';
import { pageCall, pageResult } from '../../src/handlers/page-event';

const event = (change: object = {}, domainName = 'abc.execute-api.eu-west-2.amazonaws.com') =>
  ({
    version: '2.0',
    rawPath: '/review',
    rawQueryString: 'a=1',
    headers: { host: 'evil.example.org' },
    cookies: ['a=1', 'b=2; c=3'],
    requestContext: { domainName, http: { method: 'GET' } },
    isBase64Encoded: false,
    ...change,
  }) as unknown as APIGatewayProxyEventV2;

test("where the console is, is the request context's word and not the header's", () => {
  expect(pageCall(event(), false).origin).toBe('https://abc.execute-api.eu-west-2.amazonaws.com');
});

test("only this machine's own addresses may be called without TLS, and only where it is allowed", () => {
  expect(pageCall(event({}, '127.0.0.1:4000'), true).origin).toBe('http://127.0.0.1:4000');
  expect(pageCall(event({}, '127.0.0.1:4000'), false).origin).toBe('https://127.0.0.1:4000');
  expect(pageCall(event({}, '127.0.0.1.evil.example.org'), true).origin).toBe('https://127.0.0.1.evil.example.org');
});

test('a body is read in either form, and cookies of several lines', () => {
  const body = Buffer.from('{"é":1}').toString('base64');
  expect(pageCall(event({ body, isBase64Encoded: true }), false)).toMatchObject({
    body: '{"é":1}',
    cookies: { a: '1', b: '2', c: '3' },
  });
});

test('a long answer is compressed as the browser takes it, a short one is not', () => {
  const long = json(200, { text: 'x'.repeat(5_000) });
  const sent = (accepted: string) =>
    pageResult(pageCall(event({ headers: { 'accept-encoding': accepted } }), false), long);
  const brotli = sent('gzip, deflate, br');
  expect(brotli.headers).toMatchObject({ 'content-encoding': 'br', 'vary': 'accept-encoding' });
  expect(brotliDecompressSync(Buffer.from(brotli.body ?? '', 'base64')).toString()).toBe(long.body);
  expect(gunzipSync(Buffer.from(sent('gzip').body ?? '', 'base64')).toString()).toBe(long.body);
  expect(sent('').body).toBe(long.body);
  expect(
    pageResult(pageCall(event({ headers: { 'accept-encoding': 'br' } }), false), json(200, {})).isBase64Encoded,
  ).toBeUndefined();
});
