import type { LoopbackServer, VendorAnswer } from '../../tools/vendor-simulators/loopback-server';
import { startLoopbackServer } from '../../tools/vendor-simulators/loopback-server';
import { postOnce, retryAfterSeconds } from '../../src/providers/vendor-call';
import { connectionTo } from './sample-message';

describe('one request to a vendor', () => {
  let server: LoopbackServer;
  let requests: number;

  afterEach(async () => { await server.stop(); });

  const call = async (answer: VendorAnswer, timeoutMilliseconds = answer.kind === 'silence' ? 100 : 5000) => {
    requests = 0;
    server = await startLoopbackServer(0, async () => {
      requests += 1;
      return Promise.resolve(answer);
    });
    return postOnce(connectionTo(server.url, { timeoutMilliseconds }), '/send', { 'x-mark': '1' }, 'to=+447700900200');
  };

  it('brings the answer, whatever its status', async () => {
    const reply = await call({ kind: 'answer', status: 418, headers: { 'x-id': '9' }, body: 'teapot' });
    expect(reply).toMatchObject({ kind: 'answer', status: 418, body: 'teapot' });
    expect(reply.kind === 'answer' && reply.headers.get('x-id')).toBe('9');
  });

  it('brings the status of an answer that breaks off', async () => {
    expect(await call({ kind: 'cut', status: 201, body: '{"sid":"SM1"}' })).toMatchObject({
      kind: 'answer',
      status: 201,
      body: undefined,
    });
  });

  it.each([
    [
      'a redirect, which is not followed',
      { kind: 'answer', status: 307, headers: { location: '/elsewhere' }, body: '' },
      { kind: 'answer', status: 307 },
    ],
    ['a reset', { kind: 'reset' }, { kind: 'unknown', detail: 'connection lost (ECONNRESET)' }],
    ['silence', { kind: 'silence' }, { kind: 'unknown', detail: 'no answer within 100 ms' }],
    ['a server error', { kind: 'answer', status: 500, body: '' }, { kind: 'answer', status: 500 }],
    ['a rate limit', { kind: 'answer', status: 429, body: '' }, { kind: 'answer', status: 429 }],
  ] as const)('is made once in the face of %s', async (_what, answer, reply) => {
    expect(await call(answer)).toMatchObject(reply);
    await new Promise((soon) => setTimeout(soon, 30));
    expect(requests).toBe(1);
  });

  it('tells a vendor that cannot be reached from one whose answer is lost', async () => {
    await call({ kind: 'silence' });
    await server.stop();
    expect(await postOnce(connectionTo(server.url), '/send', {}, 'x')).toEqual({
      kind: 'not_sent',
      detail: 'no connection (ECONNREFUSED)',
    });
  });

  it('bounds the time in which an answer is read', async () => {
    await call({ kind: 'silence' });
    const headersOnly: typeof fetch = async (_url, init) => Promise.resolve(new Response(new ReadableStream({
      start: (stream) => init?.signal?.addEventListener('abort', () => { stream.error(new Error('aborted')); }),
    }), { status: 201 }));
    const reply = await postOnce(
      connectionTo(server.url, { fetch: headersOnly, timeoutMilliseconds: 30 }),
      '/send',
      {},
      'x',
    );
    expect(reply).toMatchObject({ kind: 'answer', status: 201, body: undefined });
  });
});

describe('the wait that an answer asks for', () => {
  const seconds = (headers: Readonly<Record<string, string>>) => retryAfterSeconds(new Headers(headers));

  it('is read in seconds', () => {
    expect(seconds({ 'retry-after': '30' })).toBe(30);
  });

  it('is read as a date beside the vendor\'s own, so that our clock does not matter', () => {
    expect(seconds({ 'retry-after': 'Sat, 07 Nov 2026 09:00:30 GMT', 'date': 'Sat, 07 Nov 2026 09:00:00 GMT' })).toBe(
      30,
    );
    expect(seconds({ 'retry-after': 'Sat, 07 Nov 2026 08:00:00 GMT', 'date': 'Sat, 07 Nov 2026 09:00:00 GMT' })).toBe(
      0,
    );
  });

  it.each([
    [{}],
    [{ 'retry-after': 'soon' }],
    [{ 'retry-after': 'Sat, 07 Nov 2026 09:00:30 GMT' }],
    [{ 'retry-after': '' }],
  ])('is unknown for %j', (headers) => {
    expect(seconds(headers)).toBeUndefined();
  });
});
