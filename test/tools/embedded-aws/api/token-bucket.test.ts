import { TokenBucket } from '../../../../tools/embedded-aws/api/token-bucket';

describe('a token bucket', () => {
  test('lets a burst through, then as many as it refills', () => {
    let time = 0;
    const bucket = new TokenBucket({ rateLimit: 10, burstLimit: 3 }, () => time);
    const take = (times: number) => Array.from({ length: times }, () => bucket.take());
    expect(take(4)).toEqual([true, true, true, false]);
    time = 99;
    expect(take(1)).toEqual([false]);
    time = 200;
    expect(take(3)).toEqual([true, true, false]);
  });

  test('never holds more than its burst', () => {
    let time = 0;
    const bucket = new TokenBucket({ rateLimit: 10, burstLimit: 2 }, () => time);
    time = 1_000_000;
    expect([bucket.take(), bucket.take(), bucket.take()]).toEqual([true, true, false]);
  });
});
