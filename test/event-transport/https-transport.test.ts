import type { RequestListener, Server } from 'node:http';
import { createServer } from 'node:http';
import type { LookupAddress } from 'node:dns';
import type { AddressInfo } from 'node:net';
import { httpsTransport } from '../../src/event-transport/https-transport';

const started: Server[] = [];
afterAll(() => { for (const server of started) { server.closeAllConnections(); server.close(); } });

async function serve(listener: RequestListener): Promise<number> {
  const server = createServer(listener);
  started.push(server);
  await new Promise<void>((resolve) => { server.listen(0, '127.0.0.1', resolve); });
  return (server.address() as AddressInfo).port;
}

const request = (url: string) => ({ url, headers: { 'content-type': 'application/json' }, body: '{"id":"é"}' });
const local = (timeoutMilliseconds = 300) => httpsTransport({ allowsLoopback: true, timeoutMilliseconds });
/** Names that lead where a test says, one answer after the other; the last one again and again. */
function resolving(...answers: ReadonlyArray<readonly string[]>) {
  let asked = 0;
  const resolve = (_host: string, done: (error: Error | null, found: readonly LookupAddress[]) => void) => {
    const found = answers[Math.min(asked, answers.length - 1)] ?? [];
    asked += 1;
    done(null, found.map((address) => ({ address, family: address.includes(':') ? 6 : 4 })));
  };
  return { resolve, asked: () => asked };
}

test('an event is posted as it is, and the status is the answer', async () => {
  const seen: string[] = [];
  const port = await serve((incoming, answer) => {
    incoming.on('data', (part: Buffer) => seen.push(part.toString('utf8')));
    incoming.on('end', () => { answer.writeHead(202).end('thank you'); });
  });
  expect(await local().post(request(`http://127.0.0.1:${port}/events`))).toEqual({ outcome: 'answered', status: 202 });
  expect(seen.join('')).toBe('{"id":"é"}');
});

test('a redirect is an answer, and nothing follows it', async () => {
  let calls = 0;
  const port = await serve((_incoming, answer) => {
    calls += 1;
    answer.writeHead(307, { location: '/again' }).end();
  });
  expect(await local().post(request(`http://127.0.0.1:${port}/`))).toEqual({ outcome: 'answered', status: 307 });
  expect(calls).toBe(1);
});

test('an endpoint that hangs, and one that sends its headers drop by drop, run out of time', async () => {
  const hanging = await serve(() => undefined);
  const dripping = await serve((incoming) => {
    const timer = setInterval(() => { incoming.socket.write('H'); }, 50);
    incoming.socket.on('close', () => { clearInterval(timer); });
    incoming.socket.on('error', () => undefined);
  });
  for (const port of [hanging, dripping]) {
    expect(await local().post(request(`http://127.0.0.1:${port}/`))).toMatchObject({ outcome: 'failed' });
  }
});

test('a body without end is not waited for', async () => {
  const port = await serve((_incoming, answer) => {
    answer.writeHead(200);
    const timer = setInterval(() => { answer.write('x'.repeat(1024)); }, 5);
    answer.on('close', () => { clearInterval(timer); });
  });
  expect(await local().post(request(`http://127.0.0.1:${port}/`))).toEqual({ outcome: 'answered', status: 200 });
});

test('one that is not there, or cuts the connection, has failed', async () => {
  const port = await serve((incoming) => { incoming.socket.destroy(); });
  expect(await local().post(request(`http://127.0.0.1:${port}/`))).toEqual({ outcome: 'failed', why: 'connection' });
  expect(await local().post(request('http://127.0.0.1:1/'))).toEqual({ outcome: 'failed', why: 'connection' });
});

test.each([
  'https://127.0.0.1/', 'https://2130706433/', 'https://0x7f.1/', 'https://[::1]/', 'https://[::ffff:10.0.0.1]/',
  'https://169.254.169.254/latest/meta-data', 'https://10.0.0.1/', 'https://[fd00:ec2::254]/',
])('no connection is made to %s', async (url) => {
  const transport = httpsTransport({ allowsLoopback: false });
  expect(await transport.post(request(url))).toEqual({ outcome: 'failed', why: 'address_not_public' });
});

test.each(['http://example.com/', 'ftp://example.com/', 'file:///etc/passwd', 'https://user:word@example.com/', 'no url'])(
  '%s is not called at all', async (url) => {
    const resolve = () => { throw new Error('nothing is looked up'); };
    const transport = httpsTransport({ allowsLoopback: false, resolve });
    expect(await transport.post(request(url))).toEqual({ outcome: 'failed', why: 'url_not_allowed' });
  },
);

test.each([[['10.0.0.7']], [['8.8.8.8', '10.0.0.7']], [['::ffff:169.254.169.254']], [[]]])(
  'a name that leads to %j is not connected to', async (found) => {
    const { resolve } = resolving(found);
    const transport = httpsTransport({ allowsLoopback: false, resolve });
    expect(await transport.post(request('https://events.example.com/'))).toEqual({
      outcome: 'failed', why: 'address_not_public',
    });
  },
);

test('a name that changes after it was checked is looked up by the connection alone, once', async () => {
  let calls = 0;
  const port = await serve((_incoming, answer) => { calls += 1; answer.end(); });
  const { resolve, asked } = resolving(['10.0.0.7'], ['127.0.0.1']);
  const transport = httpsTransport({ allowsLoopback: true, resolve });
  expect(await transport.post(request(`http://rebind.example.com:${port}/`))).toMatchObject({ outcome: 'failed' });
  expect([calls, asked()]).toEqual([0, 1]);
});

test('on a developer\'s machine http leads to this machine alone', async () => {
  const { resolve } = resolving(['8.8.8.8']);
  const transport = httpsTransport({ allowsLoopback: true, resolve });
  expect(await transport.post(request('http://events.example.com/'))).toEqual({
    outcome: 'failed', why: 'address_not_public',
  });
});
