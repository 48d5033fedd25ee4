import { judgeOutcome } from '../../../../tools/embedded-aws/functions/invocation-result';

const judge = (outcome: Parameters<typeof judgeOutcome>[0]) => judgeOutcome(outcome, 'request-1');

describe('what Lambda answers for a process\'s outcome', () => {
  test('an answer is a success', () => {
    expect(judge({ kind: 'answered', payload: '{}', cpuMicroseconds: 1 })).toEqual({ status: 'success' });
  });

  test('an answer over 6 MB is an error', () => {
    expect(judge({ kind: 'answered', payload: 'x'.repeat(6_291_557), cpuMicroseconds: 1 })).toEqual({
      status: 'error',
      failure: {
        errorType: 'Function.ResponseSizeTooLarge',
        errorMessage: 'Response payload size exceeded maximum allowed payload size (6291556 bytes).',
      },
    });
  });

  test('an answer of exactly the largest size is a success', () => {
    expect(judge({ kind: 'answered', payload: 'x'.repeat(6_291_556), cpuMicroseconds: 1 })).toEqual({
      status: 'success',
    });
  });

  test('an error is its own', () => {
    const failure = { errorType: 'TypeError', errorMessage: 'bad' };
    expect(judge({ kind: 'failed', failure })).toEqual({ status: 'error', failure });
  });

  test('a timeout names its seconds', () => {
    expect(judge({ kind: 'timedOut', afterSeconds: 3 })).toEqual({
      status: 'timeout',
      failure: {
        errorType: 'Sandbox.Timedout',
        errorMessage: 'RequestId: request-1 Error: Task timed out after 3.00 seconds',
      },
    });
  });

  test.each([
    [null, 'SIGKILL', 'Runtime exited with error: signal: killed'],
    [null, 'SIGABRT', 'Runtime exited with error: signal: SIGABRT'],
    [0, null, 'Runtime exited without providing a reason'],
    [3, null, 'Runtime exited with error: exit status 3'],
    [null, null, 'Runtime exited with error: exit status unknown'],
  ] as const)('a process that ended with %s, %s: %s', (exitCode, signal, reason) => {
    expect(judge({ kind: 'exited', exitCode, signal })).toEqual({
      status: 'crash',
      failure: { errorType: 'Runtime.ExitError', errorMessage: `RequestId: request-1 Error: ${reason}` },
    });
  });
});
