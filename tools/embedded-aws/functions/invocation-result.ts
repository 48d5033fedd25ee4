import type { ProcessOutcome } from './execution-environment';
import type { InvocationReport, InvocationStatus } from './invocation-report';
import type { RuntimeFailure } from './runtime-protocol';

/** What Lambda's Invoke answers: the payload is JSON text, that of a failed invocation its error object. */
export type InvocationResult =
  | { readonly kind: 'answered'; readonly payload: string; readonly report: InvocationReport }
  | {
    readonly kind: 'failed';
    readonly payload: string;
    readonly failure: RuntimeFailure;
    readonly report: InvocationReport;
  }
  /** All of the function's reserved executions are busy; Lambda answers HTTP 429. */
  | { readonly kind: 'throttled' };

/** https://docs.aws.amazon.com/lambda/latest/dg/gettingstarted-limits.html, "Invocation payload". */
export const LARGEST_PAYLOAD_BYTES = 6_291_556;

/** The status of an outcome and, unless it is a success, the error that Lambda answers for it. */
export function judgeOutcome(
  outcome: ProcessOutcome,
  requestId: string,
): { readonly status: InvocationStatus; readonly failure?: RuntimeFailure } {
  switch (outcome.kind) {
    case 'answered': {
      if (Buffer.byteLength(outcome.payload) <= LARGEST_PAYLOAD_BYTES) return { status: 'success' };
      const errorMessage = `Response payload size exceeded maximum allowed payload size (${LARGEST_PAYLOAD_BYTES} `
        + 'bytes).';
      return { status: 'error', failure: { errorType: 'Function.ResponseSizeTooLarge', errorMessage } };
    }
    case 'failed':
      return { status: 'error', failure: outcome.failure };
    case 'timedOut': {
      const errorMessage = `RequestId: ${requestId} Error: Task timed out after ${outcome.afterSeconds.toFixed(2)} `
        + 'seconds';
      return { status: 'timeout', failure: { errorType: 'Sandbox.Timedout', errorMessage } };
    }
    case 'exited': {
      const errorMessage = `RequestId: ${requestId} Error: ${exitReason(outcome.exitCode, outcome.signal)}`;
      return { status: 'crash', failure: { errorType: 'Runtime.ExitError', errorMessage } };
    }
  }
}

function exitReason(exitCode: number | null, signal: NodeJS.Signals | null): string {
  if (signal === 'SIGKILL') return 'Runtime exited with error: signal: killed';
  if (signal !== null) return `Runtime exited with error: signal: ${signal}`;
  return exitCode === 0
    ? 'Runtime exited without providing a reason'
    : `Runtime exited with error: exit status ${exitCode ?? 'unknown'}`;
}
