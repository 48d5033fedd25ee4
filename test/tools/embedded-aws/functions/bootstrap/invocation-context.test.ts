import { invocationContext } from '../../../../../tools/embedded-aws/functions/bootstrap/invocation-context';

test('the context tells the function of its invocation', () => {
  const invoke = { requestId: 'request-1', invokedFunctionArn: 'arn:aws:lambda:eu-west-1:111122223333:function:echo:live', traceId: 'Root=1', deadline: 5000, event: '{}' };
  const context = invocationContext(invoke, {
    AWS_LAMBDA_FUNCTION_NAME: 'echo',
    AWS_LAMBDA_FUNCTION_VERSION: '$LATEST',
    AWS_LAMBDA_FUNCTION_MEMORY_SIZE: '256',
    AWS_LAMBDA_LOG_GROUP_NAME: '/aws/lambda/echo',
    AWS_LAMBDA_LOG_STREAM_NAME: '2026/01/02/[$LATEST]0',
  }, () => 1500);
  expect(context).toEqual({
    awsRequestId: 'request-1',
    invokedFunctionArn: invoke.invokedFunctionArn,
    functionName: 'echo',
    functionVersion: '$LATEST',
    memoryLimitInMB: '256',
    logGroupName: '/aws/lambda/echo',
    logStreamName: '2026/01/02/[$LATEST]0',
    callbackWaitsForEmptyEventLoop: true,
    getRemainingTimeInMillis: expect.any(Function),
  });
  expect(Reflect.get(context, 'getRemainingTimeInMillis')()).toBe(3500);
});
