import type { InvokeMessage } from '../runtime-protocol';

/** The `context` argument of a handler, as Lambda's Node.js runtime builds it. */
export function invocationContext(invoke: InvokeMessage, environment: NodeJS.ProcessEnv, now: () => number = Date.now): object {
  return {
    // Without effect since callbacks are gone, but still there and writable.
    callbackWaitsForEmptyEventLoop: true,
    functionVersion: environment.AWS_LAMBDA_FUNCTION_VERSION,
    functionName: environment.AWS_LAMBDA_FUNCTION_NAME,
    memoryLimitInMB: environment.AWS_LAMBDA_FUNCTION_MEMORY_SIZE,
    logGroupName: environment.AWS_LAMBDA_LOG_GROUP_NAME,
    logStreamName: environment.AWS_LAMBDA_LOG_STREAM_NAME,
    invokedFunctionArn: invoke.invokedFunctionArn,
    awsRequestId: invoke.requestId,
    getRemainingTimeInMillis: () => invoke.deadline - now(),
  };
}
