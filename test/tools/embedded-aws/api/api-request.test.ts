import { apiRequest } from '../../../../tools/embedded-aws/api/api-request';
import { request } from './handmade-api';

describe('a request as API Gateway receives it', () => {
  test('is split at the stage, with its path as the client wrote it', () => {
    const received = request({ target: '/things/a%20b?x=1&x=2&y=%2B' });
    expect(received).toMatchObject({
      method: 'POST',
      fullPath: '/dev/things/a%20b',
      path: '/things/a%20b',
      sourceIp: '127.0.0.1',
      port: 4510,
    });
    expect([...received.query]).toEqual([['x', '1'], ['x', '2'], ['y', '+']]);
  });

  test('of the stage itself is of the root', () => {
    expect(request({ target: '' }).path).toBe('/');
  });

  test('has its headers in any letter case, the last of several', () => {
    const received = request({ headers: [['X-Api-Key', 'first'], ['x-api-key', 'second']] });
    expect(received.header('X-API-KEY')).toBe('second');
    expect(received.header('absent')).toBeUndefined();
    expect(received.headers.slice(-2)).toEqual([['X-Api-Key', 'first'], ['x-api-key', 'second']]);
  });

  test('says where its body was too large', () => {
    expect(request({ body: null })).toMatchObject({ isTooLarge: true, body: Buffer.alloc(0) });
    expect(request({ body: 'x' })).toMatchObject({ isTooLarge: false, body: Buffer.from('x') });
  });

  test('is read from a message that lacks what a message may lack', () => {
    const bare = apiRequest(
      { rawHeaders: [], socket: { remoteAddress: undefined, localPort: undefined } },
      Buffer.alloc(0),
      'dev',
      0,
    );
    expect(bare).toMatchObject({ method: 'GET', sourceIp: '127.0.0.1', port: 0 });
  });
});
