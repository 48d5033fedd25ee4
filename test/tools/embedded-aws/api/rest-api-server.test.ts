import { request as httpRequest } from 'node:http';
import { RestApi } from '../../../../tools/embedded-aws/api/rest-api';
import { restApiDefinition } from '../../../../tools/embedded-aws/api/rest-api-definition';
import { openRestApiServer } from '../../../../tools/embedded-aws/api/rest-api-server';
import type { RestApiServer } from '../../../../tools/embedded-aws/api/rest-api-server';
import { usagePlans } from '../../../../tools/embedded-aws/api/usage-plans';
import { CapturedLog } from '../../../../tools/embedded-aws/functions/captured-log';
import { answered, temporaryFolder } from '../functions/handmade-stack';
import { apiTemplate } from './handmade-api';


describe('the REST API over HTTP', () => {
  const folder = temporaryFolder();
  const accessLog = new CapturedLog('api-access', { folder: folder.path });
  let server: RestApiServer;
  let answer: unknown = {};

  beforeAll(async () => {
    const template = apiTemplate({ api: { BinaryMediaTypes: ['image/png'] } });
    server = await openRestApiServer({ stageName: 'dev' });
    server.serve(new RestApi({
      api: restApiDefinition(template),
      plans: usagePlans(template),
      accessLog,
      mayInvoke: () => true,
      invoke: async (_functionArn, event) => answered(answer ?? { body: event }),
    }));
  });
  afterAll(async () => {
    await server.stop();
    await accessLog.close();
    folder.remove();
  });

  test('gives a function the request and the client its answer', async () => {
    answer = undefined;
    const response = await fetch(`${server.url}/send?a=1`, { method: 'POST', body: '{"x":"é"}' });
    expect(response.status).toBe(200);
    expect(await response.json()).toMatchObject({
      path: '/send',
      body: '{"x":"é"}',
      queryStringParameters: { a: '1' },
      headers: { 'X-Forwarded-Proto': 'http' },
    });
  });

  test('takes and gives bytes of a binary media type', async () => {
    answer = undefined;
    const bytes = Buffer.from([0x89, 0xff, 0x00]);
    const response = await fetch(`${server.url}/send`, {
      method: 'POST',
      body: bytes,
      headers: { 'content-type': 'image/png' },
    });
    expect(await response.json()).toMatchObject({ body: bytes.toString('base64'), isBase64Encoded: true });
    answer = { body: bytes.toString('base64'), isBase64Encoded: true, headers: { 'Content-Type': 'image/png' } };
    const image = await fetch(`${server.url}/send`, { method: 'POST', headers: { accept: 'image/png' } });
    expect(Buffer.from(await image.arrayBuffer())).toEqual(bytes);
  });

  test('gives a header several times', async () => {
    answer = { multiValueHeaders: { 'Set-Cookie': ['a=1', 'b=2'] } };
    const response = await fetch(`${server.url}/send`, { method: 'POST' });
    expect(response.headers.getSetCookie()).toEqual(['a=1', 'b=2']);
  });

  test('answers a preflight request without a body', async () => {
    const response = await fetch(`${server.url}/send`, { method: 'OPTIONS' });
    expect(response.status).toBe(204);
    expect(response.headers.has('content-length')).toBe(false);
  });

  test('refuses a body of more than 10 MB, and lives on', async () => {
    answer = { body: 'ok' };
    const response = await fetch(`${server.url}/send`, { method: 'POST', body: Buffer.alloc(10 * 1024 * 1024 + 1) });
    expect(response.status).toBe(413);
    expect((await fetch(`${server.url}/send`, { method: 'POST' })).status).toBe(200);
  });

  test.each(['/', '/send', '/devel/send', '/prod/send'])('answers nothing without its stage: %s', async (path) => {
    const response = await fetch(new URL(path, server.url), { method: 'POST' });
    expect(response.status).toBe(403);
    expect(await response.json()).toEqual({ message: 'Forbidden' });
  });

  test('survives a client that goes away in the middle of its body', async () => {
    await new Promise<void>((gone) => {
      const client = httpRequest(`${server.url}/send`, { method: 'POST', headers: { 'content-length': '1000' } });
      client.on('error', () => { gone(); });
      client.write('half', () => { client.destroy(new Error('gone')); });
    });
    answer = { body: 'ok' };
    expect((await fetch(`${server.url}/send`, { method: 'POST' })).status).toBe(200);
  });

  test('answers nothing until it is ready', async () => {
    const unready = await openRestApiServer({ stageName: 'dev' });
    expect((await fetch(`${unready.url}/send`)).status).toBe(403);
    await unready.stop();
  });

  test('says which port is taken', async () => {
    const port = Number(new URL(server.url).port);
    await expect(openRestApiServer({ stageName: 'dev', port })).rejects.toThrow(
      `Listening on 127.0.0.1:${port} failed`,
    );
  });
});
