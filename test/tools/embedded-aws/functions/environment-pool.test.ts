import { setImmediate as nextTurn, setTimeout as sleep } from 'node:timers/promises';
import { EnvironmentPool } from '../../../../tools/embedded-aws/functions/environment-pool';
import type { PooledEnvironment } from '../../../../tools/embedded-aws/functions/environment-pool';

class FakeEnvironment implements PooledEnvironment {
  isUsable = true;
  isBusy = false;
  readonly ready: PooledEnvironment['ready'];
  readonly ended: Promise<void>;
  private end?: () => void;

  constructor(canStart: boolean) {
    this.ready = Promise.resolve(
      canStart ? { kind: 'ready', milliseconds: 1 } : { kind: 'timedOut', afterSeconds: 10 },
    );
    this.ended = new Promise((resolve) => { this.end = resolve; });
  }

  retire(): void {
    if (!this.isBusy) this.kill();
    this.isUsable = false;
  }

  kill(): void {
    this.isUsable = false;
    this.end?.();
  }
}

function poolOf({ limit = 2, throttles = false, idleMilliseconds = 60_000, canStart = true } = {}) {
  const started: FakeEnvironment[] = [];
  const start = () => {
    const environment = new FakeEnvironment(canStart);
    started.push(environment);
    return environment;
  };
  return { pool: new EnvironmentPool<FakeEnvironment>({ limit, throttles, idleMilliseconds, start }), started };
}

async function acquired(pool: EnvironmentPool<FakeEnvironment>): Promise<FakeEnvironment> {
  const environment = await pool.acquire(false);
  if (!environment) throw new Error('throttled');
  return environment;
}

describe('the processes of a function', () => {
  test('are kept warm and used again', async () => {
    const { pool, started } = poolOf();
    pool.release(await acquired(pool));
    await acquired(pool);
    expect(started).toHaveLength(1);
    await pool.stop();
  });

  test('are started for invocations at once, up to the limit; more wait for a free one', async () => {
    const { pool, started } = poolOf();
    const [first] = [await acquired(pool), await acquired(pool)];
    const third = acquired(pool);
    await nextTurn();
    expect(started).toHaveLength(2);
    pool.release(first);
    expect(await third).toBe(first);
    await pool.stop();
  });

  test('are replaced when one has ended while another invocation waits', async () => {
    const { pool, started } = poolOf({ limit: 1 });
    const first = await acquired(pool);
    const second = acquired(pool);
    first.kill();
    pool.release(first);
    expect(await second).toBe(started[1]);
    expect(pool.processCount).toBe(1);
    await pool.stop();
  });

  test('are replaced when an idle one has ended', async () => {
    const { pool, started } = poolOf();
    const first = await acquired(pool);
    pool.release(first);
    first.kill();
    await acquired(pool);
    expect(started).toHaveLength(2);
    await pool.stop();
  });

  test('throttle beyond a reserved concurrency, but not those that wait', async () => {
    const { pool } = poolOf({ limit: 1, throttles: true });
    const first = await acquired(pool);
    expect(await pool.acquire(false)).toBeUndefined();
    const waiting = pool.acquire(true);
    pool.release(first);
    expect(await waiting).toBe(first);
    await pool.stop();
  });

  test('free their place when they are released', async () => {
    const { pool } = poolOf({ limit: 1, throttles: true });
    pool.release(await acquired(pool));
    expect(await pool.acquire(false)).toBeDefined();
    await pool.stop();
  });

  test('end when they have been idle for long', async () => {
    const { pool, started } = poolOf({ idleMilliseconds: 5 });
    pool.release(await acquired(pool));
    await started[0]?.ended;
    expect(pool.processCount).toBe(0);
    await pool.stop();
  });

  test('do not end while they are at work again', async () => {
    const { pool } = poolOf({ idleMilliseconds: 5 });
    pool.release(await acquired(pool));
    const again = await acquired(pool);
    await sleep(20);
    expect(again.isUsable).toBe(true);
    await pool.stop();
  });

  test('can be started ahead, once', async () => {
    const { pool, started } = poolOf();
    await pool.prewarm();
    await pool.prewarm();
    expect(await acquired(pool)).toBe(started[0]);
    expect(started).toHaveLength(1);
    await pool.stop();
  });

  test('are not started ahead where none may run', async () => {
    const { pool, started } = poolOf({ limit: 0 });
    await pool.prewarm();
    expect(started).toHaveLength(0);
  });

  test('that cannot start ahead are left to the first invocation', async () => {
    const { pool, started } = poolOf({ canStart: false });
    await pool.prewarm();
    await acquired(pool);
    expect(started).toHaveLength(2);
    await pool.stop();
  });

  test('can be retired: idle ones end at once, one at work after it', async () => {
    const { pool, started } = poolOf();
    const [working, idle] = [await acquired(pool), await acquired(pool)];
    working.isBusy = true;
    pool.release(idle);
    await pool.retire();
    expect([pool.processCount, working.isUsable, idle.isUsable]).toEqual([1, false, false]);
    pool.release(working);
    await working.ended;
    await acquired(pool);
    expect(started).toHaveLength(3);
    await pool.stop();
  });

  test('can be killed, all of them or those at work', async () => {
    const { pool } = poolOf();
    const [first, second] = [await acquired(pool), await acquired(pool)];
    first.isBusy = true;
    expect(pool.kill(true)).toBe(1);
    expect([first.isUsable, second.isUsable]).toEqual([false, true]);
    expect(pool.kill(false)).toBe(1);
    await pool.stop();
  });

  test('all end at the stop, and none starts after it', async () => {
    const { pool, started } = poolOf({ limit: 1 });
    const first = await acquired(pool);
    const waiting = expect(acquired(pool)).rejects.toThrow('the embedded cloud has stopped');
    await pool.stop();
    pool.release(first);
    await waiting;
    await expect(pool.acquire(false)).rejects.toThrow('the embedded cloud has stopped');
    expect(started.map(({ isUsable }) => isUsable)).toEqual([false]);
  });
});
