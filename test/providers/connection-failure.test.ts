import { createServer } from 'node:net';
import type { AddressInfo, Server, Socket } from 'node:net';
import { failureCode, provesNothingWasSent } from '../../src/providers/connection-failure';

const failed = (cause: unknown) => Object.assign(new TypeError('fetch failed'), { cause });
const system = (syscall: string, code: string) =>
  Object.assign(new Error(`${syscall} ${code} 192.0.2.1:443`), { syscall, code });

describe('a failure of fetch proves that nothing was sent', () => {
  it.each([
    ["where the host's name is unknown", failed(system('getaddrinfo', 'ENOTFOUND'))],
    ['where DNS does not answer', failed(system('getaddrinfo', 'EAI_AGAIN'))],
    ['where the host refuses the connection', failed(system('connect', 'ECONNREFUSED'))],
    ['where the host cannot be reached', failed(system('connect', 'EHOSTUNREACH'))],
    [
      'where all addresses of the host refuse',
      failed(Object.assign(new AggregateError([system('connect', 'ECONNREFUSED'), system('connect', 'ENETUNREACH')]))),
    ],
    [
      'where connecting takes too long',
      failed(Object.assign(new Error('Connect Timeout Error'), { code: 'UND_ERR_CONNECT_TIMEOUT' })),
    ],
    [
      'where the certificate is self-signed',
      failed(Object.assign(new Error('self-signed certificate'), { code: 'DEPTH_ZERO_SELF_SIGNED_CERT' })),
    ],
    [
      "where the certificate is another host's",
      failed(Object.assign(new Error('altnames'), { code: 'ERR_TLS_CERT_ALTNAME_INVALID' })),
    ],
  ])('%s', (_where, failure) => {
    expect(provesNothingWasSent(failure)).toBe(true);
  });
});

describe('a failure of fetch proves nothing', () => {
  it.each([
    ['where the connection was reset while reading', failed(system('read', 'ECONNRESET'))],
    ['where writing broke off', failed(system('write', 'EPIPE'))],
    ['where the other side closed', failed(Object.assign(new Error('other side closed'), { code: 'UND_ERR_SOCKET' }))],
    ['where the answer was no HTTP', failed(Object.assign(new Error('bad'), { code: 'HPE_INVALID_CONSTANT' }))],
    [
      'where TLS broke, which also happens after the handshake',
      failed(Object.assign(new Error('ssl'), { code: 'ERR_SSL_WRONG_VERSION_NUMBER' })),
    ],
    [
      'where one of several addresses is in doubt',
      failed(new AggregateError([system('connect', 'ECONNREFUSED'), system('read', 'ECONNRESET')])),
    ],
    ['where there is no list of failures', failed(new AggregateError([]))],
    ['where there is no cause', new TypeError('fetch failed')],
    ['where something else was thrown', 'a word'],
    ['where nothing was thrown', null],
  ])('%s', (_where, failure) => {
    expect(provesNothingWasSent(failure)).toBe(false);
  });
});

describe('what this Node.js really reports', () => {
  let server: Server | undefined;
  const sockets = new Set<Socket>();

  afterEach(() => {
    for (const socket of sockets) socket.destroy();
    sockets.clear();
    server?.close();
  });

  const listen = async (serve: (socket: Socket) => void): Promise<number> => {
    const started = createServer((socket) => {
      sockets.add(socket);
      socket.on('error', () => undefined);
      serve(socket);
    });
    server = started;
    await new Promise<void>((listening) => { started.listen(0, '127.0.0.1', listening); });
    return (started.address() as AddressInfo).port;
  };

  const post = async (url: string): Promise<unknown> =>
    fetch(url, { method: 'POST', body: 'a=b' }).then(
      async (response) => response.text(),
      (failure: unknown) => failure,
    );

  it('a refused connection: nothing was sent', async () => {
    const port = await listen(() => undefined);
    await new Promise((closed) => server?.close(closed));
    const failure = await post(`http://127.0.0.1:${port}/`);
    expect([provesNothingWasSent(failure), failureCode(failure)]).toEqual([true, 'ECONNREFUSED']);
  });

  it('a peer that hangs up during the TLS handshake: nothing was sent', async () => {
    const port = await listen((socket) => socket.once('data', () => socket.end()));
    expect(provesNothingWasSent(await post(`https://127.0.0.1:${port}/`))).toBe(true);
  });

  it('a reset after the request: doubt', async () => {
    const port = await listen((socket) => socket.once('data', () => socket.resetAndDestroy()));
    const failure = await post(`http://127.0.0.1:${port}/`);
    expect([provesNothingWasSent(failure), failureCode(failure)]).toEqual([false, 'ECONNRESET']);
  });

  it('a peer that closes without an answer: doubt', async () => {
    const port = await listen((socket) => socket.once('data', () => socket.end()));
    const failure = await post(`http://127.0.0.1:${port}/`);
    expect([provesNothingWasSent(failure), failureCode(failure)]).toEqual([false, 'UND_ERR_SOCKET']);
  });

  it('an answer that is no HTTP: doubt', async () => {
    const port = await listen((socket) => socket.once('data', () => socket.end('good morning')));
    expect(provesNothingWasSent(await post(`http://127.0.0.1:${port}/`))).toBe(false);
  });

  it('a reset on a connection that had served before: doubt', async () => {
    let requests = 0;
    const port = await listen((socket) => socket.on('data', () => {
      requests += 1;
      if (requests === 1) socket.write('HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nok');
      else socket.resetAndDestroy();
    }));
    expect(await post(`http://127.0.0.1:${port}/`)).toBe('ok');
    const failure = await post(`http://127.0.0.1:${port}/`);
    expect([provesNothingWasSent(failure), requests]).toEqual([false, 2]);
  });
});

describe('the code of a failure', () => {
  it('is the innermost', () => {
    expect(
      failureCode(Object.assign(new Error('outer'), { code: 'OUTER', cause: system('connect', 'ECONNREFUSED') })),
    ).toBe('ECONNREFUSED');
    expect(failureCode(Object.assign(new Error('outer'), { code: 'OUTER', cause: new Error('inner') }))).toBe('OUTER');
  });

  it('is none where it could be anything', () => {
    expect(failureCode(Object.assign(new Error('x'), { code: 'to +447700900200' }))).toBe('no code');
    expect(failureCode(Object.assign(new Error('x'), { code: 23 }))).toBe('no code');
    expect(failureCode(undefined)).toBe('no code');
  });
});
