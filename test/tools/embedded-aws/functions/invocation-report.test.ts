import { functionDefinitions } from '../../../../tools/embedded-aws/functions/function-definition';
import { invocationReport, reportLine } from '../../../../tools/embedded-aws/functions/invocation-report';
import type { InvocationMeasures } from '../../../../tools/embedded-aws/functions/invocation-report';
import { functionResource, handmadeStack } from './handmade-stack';

const [DEFINITION] = functionDefinitions(handmadeStack([functionResource('Router', { MemorySize: 512 })]));
const MEASURES: InvocationMeasures = {
  requestId: 'request-1',
  status: 'success',
  startedAt: 1000,
  durationMilliseconds: 99.1,
  residentBytes: 60.2 * 1024 * 1024,
};

function report(changes: Partial<InvocationMeasures> = {}) {
  if (!DEFINITION) throw new Error('no function');
  return invocationReport(DEFINITION, { ...MEASURES, ...changes });
}

describe('what an invocation cost', () => {
  test('is billed by the started millisecond and the memory size', () => {
    expect(report()).toEqual({
      functionName: 'router',
      requestId: 'request-1',
      status: 'success',
      startedAt: 1000,
      durationMilliseconds: 99.1,
      billedMilliseconds: 100,
      memorySizeMegabytes: 512,
      maxMemoryUsedMegabytes: 61,
      gigabyteSeconds: 0.05,
    });
  });

  test('bills the start of the process too', () => {
    expect(report({ initMilliseconds: 40 })).toMatchObject({
      initMilliseconds: 40,
      billedMilliseconds: 140,
      gigabyteSeconds: 0.07,
    });
  });

  test('reports the processor time if it is known', () => {
    expect(report({ cpuMicroseconds: 1500 })).toMatchObject({ cpuMilliseconds: 1.5 });
    expect(report()).not.toHaveProperty('cpuMilliseconds');
  });

  test('is written as Lambda\'s REPORT line', () => {
    expect(reportLine(report({ initMilliseconds: 40 }))).toBe(
      'REPORT RequestId: request-1\tDuration: 99.10 ms\tBilled Duration: 140 ms\t' +
        'Memory Size: 512 MB\tMax Memory Used: 61 MB\tInit Duration: 40.00 ms',
    );
  });

  test.each([
    ['timeout', 'timeout'],
    ['error', 'error'],
    ['crash', 'error'],
  ] as const)('the line of a %s ends with its status', (status, written) => {
    expect(reportLine(report({ status }))).toMatch(new RegExp(`\tStatus: ${written}$`));
  });
});
