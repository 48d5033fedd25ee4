import { randomUUID } from 'node:crypto';
import type { CallAnswer } from '../services/call';
import type { ServiceBackend, ServiceFault } from '../services/service-backend';
import type { InvocationResult } from './invocation-result';

const INVOKE = /^\/2015-03-31\/functions\/([^/?]+)\/invocations(?:\?|$)/;

const FAULTS: Readonly<Record<ServiceFault['kind'], readonly [status: number, code: string]>> = {
  'access-denied': [403, 'AccessDeniedException'],
  'unknown-key': [403, 'UnrecognizedClientException'],
  'wrong-region': [403, 'InvalidSignatureException'],
  'internal': [500, 'ServiceException'],
  'unknown-operation': [404, 'ResourceNotFoundException'],
  'malformed': [400, 'InvalidRequestContentException'],
};

/** Lambda's Invoke, waiting for the answer: what the tests of a deployed stage call. Functions have no grant for it. */
export function lambdaInvoke(
  invoke: (functionName: string, event: unknown) => Promise<InvocationResult>,
): ServiceBackend {
  return {
    service: 'lambda',
    protocol: 'rest',
    operationOf: (method, path) => (method === 'POST' && INVOKE.test(path) ? 'Invoke' : undefined),
    needs: ({ path }) => [{ action: 'lambda:InvokeFunction', resource: `arn:aws:lambda:*:*:function:${nameIn(path)}` }],
    perform: async ({ path, input }) => answerOf(await invoke(nameIn(path), input)),
    fault: ({ kind, message }) => errorAnswer(FAULTS[kind][0], FAULTS[kind][1], message),
  };
}

function nameIn(path: string): string {
  return decodeURIComponent(INVOKE.exec(path)?.[1] ?? '');
}

function answerOf(result: InvocationResult): CallAnswer {
  if (result.kind === 'throttled') return errorAnswer(429, 'TooManyRequestsException', 'Rate Exceeded.');
  const headers = { 'content-type': 'application/json', 'x-amzn-requestid': randomUUID() };
  return {
    status: 200,
    headers: result.kind === 'failed' ? { ...headers, 'x-amz-function-error': 'Unhandled' } : headers,
    body: result.payload,
  };
}

function errorAnswer(status: number, code: string, message: string): CallAnswer {
  return {
    status,
    headers: { 'content-type': 'application/json', 'x-amzn-errortype': code },
    body: JSON.stringify({ message }),
  };
}
