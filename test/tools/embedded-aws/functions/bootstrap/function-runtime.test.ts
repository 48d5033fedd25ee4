import { FunctionRuntime } from '../../../../../tools/embedded-aws/functions/bootstrap/function-runtime';
import type { RuntimeHost } from '../../../../../tools/embedded-aws/functions/bootstrap/function-runtime';
import type { Handler } from '../../../../../tools/embedded-aws/functions/bootstrap/handler-loader';
import type { ProcessMessage } from '../../../../../tools/embedded-aws/functions/runtime-protocol';

const INVOKE = { requestId: 'request-1', invokedFunctionArn: 'arn', traceId: 'Root=1-2', deadline: 0, event: '{"value":1}' };

function runtimeOf(handler: Handler) {
  const sent: ProcessMessage[] = [];
  const happened: string[] = [];
  const environment: NodeJS.ProcessEnv = {};
  let cpu = 0;
  const host: RuntimeHost = {
    environment,
    send: (message, done) => {
      sent.push(message);
      happened.push(`sent ${message.kind}`);
      done?.();
    },
    endLines: (requestId) => happened.push(`lines of ${requestId} end`),
    keepAlive: (isKept) => happened.push(isKept ? 'held' : 'let go'),
    residentBytes: () => 42,
    cpuMicroseconds: () => cpu += 500,
    logError: (title) => happened.push(title),
    exit: (code) => happened.push(`exit ${code}`),
  };
  return { runtime: new FunctionRuntime(handler, host), sent, happened, environment };
}

describe('the runtime in a function\'s process', () => {
  test('answers what a handler promises, after all that it wrote', async () => {
    const { runtime, sent, happened, environment } = runtimeOf(async (event) => ({ got: event }));
    await runtime.invoke(INVOKE);
    expect(sent).toEqual([{ kind: 'answered', requestId: 'request-1', payload: '{"got":{"value":1}}', residentBytes: 42, cpuMicroseconds: 500 }]);
    expect(happened).toEqual(['let go', 'held', 'lines of request-1 end', 'sent answered']);
    expect(environment._X_AMZN_TRACE_ID).toBe('Root=1-2');
    expect(runtime.requestId).toBeUndefined();
  });

  test('answers what a handler returns without a promise', async () => {
    const { runtime, sent } = runtimeOf(() => 5);
    await runtime.invoke(INVOKE);
    expect(sent[0]).toMatchObject({ kind: 'answered', payload: '5' });
  });

  test('answers null for nothing', async () => {
    const { runtime, sent } = runtimeOf(() => undefined);
    await runtime.invoke(INVOKE);
    expect(sent[0]).toMatchObject({ payload: 'null' });
  });

  test('answers the error that a handler throws, and works on', async () => {
    const { runtime, sent, happened } = runtimeOf(() => { throw new TypeError('bad event'); });
    await runtime.invoke(INVOKE);
    expect(sent[0]).toMatchObject({ kind: 'failed', failure: { errorType: 'TypeError', errorMessage: 'bad event' }, isEnding: false });
    expect(happened).toContain('Invoke Error');
    expect(happened).not.toContain('exit 129');
  });

  test('answers an error for what is no JSON', async () => {
    const { runtime, sent } = runtimeOf(() => ({ count: 1n }));
    await runtime.invoke(INVOKE);
    expect(sent[0]).toMatchObject({ kind: 'failed', failure: { errorType: 'Error', errorMessage: 'Unable to stringify response body' } });
  });

  test('fails an invocation that can never answer, and hears nothing of it later', async () => {
    let settle: (value: unknown) => void = () => undefined;
    const { runtime, sent } = runtimeOf(async () => new Promise((resolve) => { settle = resolve; }));
    const invoked = runtime.invoke(INVOKE);
    runtime.loopIsEmpty();
    settle('late');
    await invoked;
    expect(sent).toHaveLength(1);
    expect(sent[0]).toMatchObject({ kind: 'failed', failure: { errorType: 'Runtime.NodeJsExit' } });
  });

  test('does not mind an empty event loop between invocations', () => {
    const { runtime, sent } = runtimeOf(() => 1);
    runtime.loopIsEmpty();
    expect(sent).toEqual([]);
  });

  test('a late rejection after the answer is not logged as the invocation\'s', async () => {
    let reject: (reason: unknown) => void = () => undefined;
    const { runtime, happened } = runtimeOf(async () => new Promise((_resolve, refuse) => { reject = refuse; }));
    const invoked = runtime.invoke(INVOKE);
    runtime.loopIsEmpty();
    reject(new Error('late'));
    await invoked;
    expect(happened.filter((entry) => entry === 'Invoke Error')).toHaveLength(1);
  });

  test('answers an uncaught error of the invocation and ends the process', () => {
    const { runtime, sent, happened } = runtimeOf(async () => new Promise(() => undefined));
    void runtime.invoke(INVOKE);
    runtime.crash('Uncaught Exception', new Error('loose'), 129);
    expect(sent[0]).toMatchObject({ kind: 'failed', failure: { errorMessage: 'loose' }, isEnding: true });
    expect(happened.slice(-2)).toEqual(['sent failed', 'exit 129']);
  });

  test('ends the process after an uncaught error between invocations', () => {
    const { runtime, sent, happened } = runtimeOf(() => 1);
    runtime.crash('Unhandled Promise Rejection', new Error('loose'), 128);
    expect(sent).toEqual([]);
    expect(happened).toEqual(['Unhandled Promise Rejection', 'exit 128']);
  });
});
