import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { brotliCompressSync, gunzipSync, gzipSync } from 'node:zlib';
import type { APIGatewayProxyEventV2, APIGatewayProxyStructuredResultV2 } from 'aws-lambda';
import { ENV_VARS } from '../../src/core/env-vars';
import { pageReader } from '../../src/handlers/page-reader';
import { setLambdaEnvironment } from './lambda-environment';

let folder: string;
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'page-'));
  writeFileSync(join(folder, 'index.html.gz'), gzipSync('the page'));
  writeFileSync(join(folder, 'index.html.br'), brotliCompressSync('the page'));
  writeFileSync(join(folder, 'version'), 'v1\n');
  setLambdaEnvironment();
  Object.assign(process.env, {
    [ENV_VARS.consoleIssuer]: 'https://login.example.com',
    [ENV_VARS.consoleClientId]: 'console',
    [ENV_VARS.consoleRolesClaim]: 'groups',
    [ENV_VARS.consoleRoleMap]: '{"reviewers":"reviewer:acme"}',
    [ENV_VARS.consolePage]: folder,
    [ENV_VARS.eventTable]: 'events',
    [ENV_VARS.deliveryQueueUrl]: 'https://sqs.eu-west-1.amazonaws.com/1/deliveries',
  });
});
afterAll(() => {
  rmSync(folder, { recursive: true });
});

async function call(rawPath: string, change: object = {}): Promise<APIGatewayProxyStructuredResultV2> {
  const { handler } = jest.requireActual<typeof import('../../src/handlers/console.lambda')>(
    '../../src/handlers/console.lambda',
  );
  const requestContext = { domainName: 'console.example.com', http: { method: 'GET' } };
  const event: unknown = {
    rawPath,
    rawQueryString: '',
    headers: {},
    requestContext,
    isBase64Encoded: false,
    ...change,
  };
  return handler(event as APIGatewayProxyEventV2);
}

test('serves the page at every path that is not the API', async () => {
  for (const path of ['/', '/review/some-key']) {
    const { statusCode, body = '', isBase64Encoded } = await call(path);
    expect([statusCode, isBase64Encoded]).toEqual([200, true]);
    expect(gunzipSync(Buffer.from(body, 'base64')).toString()).toBe('the page');
  }
});

test('asks whoever calls the API to sign in, without reading anything', async () => {
  const { statusCode, body = '' } = await call('/console/api/me');
  expect([statusCode, JSON.parse(body)]).toMatchObject([401, { code: 'SIGNED_OUT' }]);
});

test('an outage of the tables or the provider is a sentence for people', async () => {
  const cookies = ['__Host-session=some-value'];
  for (const answer of [await call('/console/api/me', { cookies }), await call('/sign-in')]) {
    expect([answer.statusCode, JSON.parse(answer.body ?? '')]).toMatchObject([500, { code: 'INTERNAL_ERROR' }]);
  }
});

describe('the page as the build left it', () => {
  test('is read once where it cannot change, and anew where it can', () => {
    const [kept, anew] = [pageReader(folder, false), pageReader(folder, true)];
    expect([kept.version(), anew.version()]).toEqual(['v1', 'v1']);
    const first = kept.read('index.html');
    expect(first).toMatchObject({ type: 'text/html; charset=utf-8' });
    expect(kept.read('index.html')).toBe(first);
    writeFileSync(join(folder, 'version'), 'v2');
    expect([kept.version(), anew.version()]).toEqual(['v1', 'v2']);
    expect(anew.read('index.html')).not.toBe(anew.read('index.html'));
  });

  test.each(['none.html', 'index.exe', 'version'])('has no %s', (name) => {
    expect(pageReader(folder, false).read(name)).toBeUndefined();
  });
});
