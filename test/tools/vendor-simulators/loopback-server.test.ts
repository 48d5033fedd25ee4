import { htmlAnswer, jsonAnswer, startLoopbackServer } from '../../../tools/vendor-simulators/loopback-server';
import type { LoopbackServer, VendorAnswer, VendorRequest } from '../../../tools/vendor-simulators/loopback-server';

describe('a loopback server', () => {
  const servers: LoopbackServer[] = [];

  const serve = async (respond: (request: VendorRequest) => VendorAnswer): Promise<LoopbackServer> => {
    const server = await startLoopbackServer(0, async (request) => Promise.resolve(respond(request)));
    servers.push(server);
    return server;
  };

  afterEach(async () => {
    await Promise.all(servers.splice(0).map(async (server) => server.stop()));
  });

  it('hands over the method, path, headers and whole body of a request', async () => {
    const seen: VendorRequest[] = [];
    const server = await serve((request) => {
      seen.push(request);
      return jsonAnswer(201, { done: true }, { 'x-mark': 'yes' });
    });
    const response = await fetch(`${server.url}/a/b?c=d`, {
      method: 'POST',
      headers: { 'x-key': 'k' },
      body: 'é'.repeat(70_000),
    });
    expect(response.status).toBe(201);
    expect(response.headers.get('x-mark')).toBe('yes');
    expect(await response.json()).toEqual({ done: true });
    expect(seen).toHaveLength(1);
    expect(seen[0]).toMatchObject({ method: 'POST', body: 'é'.repeat(70_000) });
    expect(seen[0]?.url.pathname).toBe('/a/b');
    expect(seen[0]?.url.searchParams.get('c')).toBe('d');
    expect(seen[0]?.headers['x-key']).toBe('k');
  });

  it('listens on loopback only', async () => {
    const server = await serve(() => jsonAnswer(200, {}));
    expect(server.url).toMatch(/^http:\/\/127\.0\.0\.1:\d+$/);
  });

  it('can stay silent until the client gives up', async () => {
    const server = await serve(() => ({ kind: 'silence' }));
    await expect(fetch(server.url, { signal: AbortSignal.timeout(60) })).rejects.toThrow(/timeout/);
  });

  it('can reset the connection in place of an answer', async () => {
    const server = await serve(() => ({ kind: 'reset' }));
    await expect(fetch(server.url)).rejects.toMatchObject({ cause: { code: 'ECONNRESET' } });
  });

  it('can break off in the middle of a body', async () => {
    const server = await serve(() => ({ kind: 'cut', status: 201, body: '{"sid":"SM1"}' }));
    const response = await fetch(server.url);
    expect(response.status).toBe(201);
    await expect(response.text()).rejects.toThrow('terminated');
  });

  it('can answer a page in place of JSON', async () => {
    const server = await serve(() => htmlAnswer(503, 'Service Temporarily Unavailable'));
    const response = await fetch(server.url);
    expect(response.headers.get('content-type')).toBe('text/html');
    expect(await response.text()).toContain('<h1>503 Service Temporarily Unavailable</h1>');
  });

  it('refuses a body larger than any vendor reads', async () => {
    const server = await serve(() => jsonAnswer(200, {}));
    const response = await fetch(server.url, { method: 'POST', body: Buffer.alloc(33 * 1024 * 1024) });
    expect(response.status).toBe(413);
  });

  it('shows a fault of the simulator itself as such', async () => {
    const server = await serve(() => { throw new Error('the table has a hole'); });
    const response = await fetch(server.url);
    expect(response.status).toBe(500);
    expect(await response.text()).toBe('Fault of the simulator: Error: the table has a hole');
  });

  it('says so when its port is taken', async () => {
    const first = await serve(() => jsonAnswer(200, {}));
    const taken = Number(new URL(first.url).port);
    await expect(startLoopbackServer(taken, async () => Promise.resolve(jsonAnswer(200, {})))).rejects.toThrow(
      'Free the port or choose another.',
    );
  });

  it('ends silent connections when it stops', async () => {
    const server = await startLoopbackServer(0, async () => Promise.resolve({ kind: 'silence' }));
    const pending = fetch(server.url);
    const outcome = expect(pending).rejects.toThrow('fetch failed');
    await new Promise((soon) => setTimeout(soon, 20));
    await server.stop();
    await outcome;
  });
});
