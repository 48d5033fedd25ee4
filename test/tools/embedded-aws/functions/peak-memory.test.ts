import { existsSync } from 'node:fs';
import { peakMemory } from '../../../../tools/embedded-aws/functions/peak-memory';

describe('the most memory of a process', () => {
  test('is at least what it holds now, where the system tells it', () => {
    const peak = peakMemory(process.pid);
    if (existsSync('/proc/self/status')) expect(peak).toBeGreaterThan(10 * 1024 * 1024);
    else expect(peak).toBeUndefined();
  });

  test.each([undefined, 2 ** 30])('is unknown of process %s', (processId) => {
    expect(peakMemory(processId)).toBeUndefined();
  });
});
