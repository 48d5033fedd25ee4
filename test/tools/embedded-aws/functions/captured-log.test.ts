import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { CapturedLog } from '../../../../tools/embedded-aws/functions/captured-log';
import type { LogLine } from '../../../../tools/embedded-aws/functions/captured-log';
import { temporaryFolder } from './handmade-stack';

describe('captured lines', () => {
  const folder = temporaryFolder();
  afterAll(() => { folder.remove(); });

  test('are kept, passed on, and written to a file', async () => {
    const received: LogLine[] = [];
    const log = new CapturedLog('router', { folder: join(folder.path, 'logs'), onLine: (line) => received.push(line) });
    log.write('platform', 'START', 'request-1');
    log.write('function', 'hello', undefined);
    await log.close();
    expect(log.lines()).toEqual([
      { origin: 'router', time: expect.any(Number), source: 'platform', text: 'START', requestId: 'request-1' },
      { origin: 'router', time: expect.any(Number), source: 'function', text: 'hello' },
    ]);
    expect(received).toEqual(log.lines());
    expect(readFileSync(join(folder.path, 'logs', 'router.log'), 'utf8')).toBe('START\nhello\n');
  });

  test('are forgotten oldest first, but not in the file', async () => {
    const log = new CapturedLog('busy', { folder: folder.path, keptLines: 3 });
    for (let count = 1; count <= 10; count += 1) log.write('function', String(count), undefined);
    await log.close();
    expect(log.lines().map(({ text }) => text)).toEqual(['8', '9', '10']);
    expect(readFileSync(join(folder.path, 'busy.log'), 'utf8').split('\n')).toHaveLength(11);
  });

  test('may still come after the end', async () => {
    const log = new CapturedLog('late', { folder: folder.path });
    await log.close();
    log.write('platform', 'END', undefined);
    expect(log.lines()).toHaveLength(1);
  });

  test('of a new start replace those of the last one in the file', async () => {
    for (const text of ['first', 'second']) {
      const log = new CapturedLog('again', { folder: folder.path });
      log.write('function', text, undefined);
      await log.close();
    }
    expect(readFileSync(join(folder.path, 'again.log'), 'utf8')).toBe('second\n');
  });
});
