import { existsSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { writeBootstrapScripts } from '../../../../tools/embedded-aws/functions/bootstrap-scripts';
import type { BootstrapScripts } from '../../../../tools/embedded-aws/functions/bootstrap-scripts';
import { LambdaService } from '../../../../tools/embedded-aws/functions/lambda-service';
import type { LambdaServiceOptions } from '../../../../tools/embedded-aws/functions/lambda-service';
import type { InvocationResult } from '../../../../tools/embedded-aws/functions/invocation-result';
import {
  functionArn,
  functionResource,
  handmadeStack,
  NO_SERVICES,
  temporaryFolder,
  writeCode,
} from './handmade-stack';

/** What each function's handler does. */
const CODE: Readonly<Record<string, string>> = {
  Echo: `
    let count = 0;
    exports.handler = async (event, context) => {
      console.log('received', event);
      process.stdout.write('unfinished');
      return { event, count: ++count, processId: process.pid, env: process.env, arn: context.invokedFunctionArn, left: context.getRemainingTimeInMillis() };
    };`,
  Thrower: 'exports.handler = async () => { throw new TypeError("bad event"); };',
  Slow: 'exports.handler = async () => new Promise((resolve) => setTimeout(resolve, 20_000));',
  Busy: 'exports.handler = () => { for (;;); };',
  Stuck: 'exports.handler = async () => new Promise(() => {});',
  Leaver: 'exports.handler = async (event) => { process.exit(event.code); };',
  Rejecter:
    'exports.handler = async () => { Promise.reject(new RangeError("loose")); return new Promise((resolve) => ' +
    'setTimeout(resolve, 20_000)); };',
  Broken: 'require("zod"); exports.handler = () => 1;',
  Early: 'throw new RangeError("at load");',
  Text: 'exports.handler = async () => { throw "text"; };',
  Bigint: 'exports.handler = () => ({ count: 1n });',
  Plain: 'exports.handler = (event) => event.answer;',
  Loose:
    'exports.handler = async () => { setImmediate(() => { throw new Error("loose"); }); return new Promise(() => ' +
    '{}); };',
  Late:
    'let settle; exports.handler = async (event) => event.first ? new Promise((resolve) => { settle = resolve; ' +
    '}) : (settle?.(1), new Promise((resolve) => setImmediate(resolve, 2)));',
  Warner:
    'exports.handler = async () => { process.emitWarning("NodeVersionSupportWarning: old"); ' +
    'process.emitWarning("other"); };',
  Module: 'import { basename } from "node:path"; export const handler = async () => basename("/a/module");',
  Hungry:
    'const kept = []; exports.handler = async () => { for (;;) kept.push(new Array(100_000).fill(kept.length)); };',
  Talker:
    'exports.handler = async () => { for (let line = 0; line < 500; line += 1) process.stdout.write("x".repeat(100) ' +
    '+ "\\n"); };',
  Sleeper:
    'exports.handler = async (event) => { await new Promise((resolve) => setTimeout(resolve, event.milliseconds)); ' +
    'return process.pid; };',
};

describe('functions in processes of their own', () => {
  const folder = temporaryFolder();
  const services: LambdaService[] = [];
  let scripts: BootstrapScripts;

  beforeAll(async () => {
    scripts = await writeBootstrapScripts(join(folder.path, 'bootstrap'));
    for (const [logicalId, code] of Object.entries(CODE)) {
      writeCode(folder.path, logicalId, code, logicalId === 'Module' ? 'index.mjs' : 'index.js');
    }
  });
  afterEach(async () => { await Promise.all(services.splice(0).map(async (lambda) => lambda.stop())); });
  afterAll(() => { folder.remove(); });

  function lambdaOf(
    functions: Readonly<Record<string, Record<string, unknown>>>,
    changes: Partial<LambdaServiceOptions> = {},
  ): LambdaService {
    const resources = Object.entries(functions).map(([logicalId, properties]) =>
      functionResource(logicalId, { Timeout: 5, ...properties }),
    );
    const lambda = new LambdaService({
      template: handmadeStack(resources, folder.path),
      services: NO_SERVICES,
      vendorEnvironment: {},
      scripts,
      logFolder: join(folder.path, 'logs'),
      ...changes,
    });
    services.push(lambda);
    return lambda;
  }

  const answerOf = (result: InvocationResult): Record<string, unknown> => {
    if (result.kind !== 'answered') throw new Error(`not answered: ${JSON.stringify(result)}`);
    return JSON.parse(result.payload);
  };
  const failureOf = (result: InvocationResult) => result.kind === 'failed' ? result.failure : undefined;

  test('load their code once and answer event after event', async () => {
    const lambda = lambdaOf({ Echo: {} });
    const first = answerOf(await lambda.invoke('echo', { value: 1 }));
    const second = answerOf(await lambda.invoke('echo', { value: 2 }));
    expect(first).toMatchObject({ event: { value: 1 }, count: 1 });
    expect(second).toMatchObject({ event: { value: 2 }, count: 2, processId: first.processId });
    expect(lambda.processCount('echo')).toBe(1);
  });

  test('see exactly their environment, with nothing of the shell', async () => {
    process.env.OF_THE_SHELL = 'secret';
    const { env } = answerOf(
      await lambdaOf({ Echo: { Environment: { Variables: { STAGE: 'dev' } } } }).invoke('echo', {}),
    );
    expect(Object.keys(Object(env)).sort()).toEqual([
      'AWS_ACCESS_KEY_ID',
      'AWS_DEFAULT_REGION',
      'AWS_ENDPOINT_URL',
      'AWS_EXECUTION_ENV',
      'AWS_LAMBDA_FUNCTION_MEMORY_SIZE',
      'AWS_LAMBDA_FUNCTION_NAME',
      'AWS_LAMBDA_FUNCTION_VERSION',
      'AWS_LAMBDA_INITIALIZATION_TYPE',
      'AWS_LAMBDA_LOG_FORMAT',
      'AWS_LAMBDA_LOG_GROUP_NAME',
      'AWS_LAMBDA_LOG_STREAM_NAME',
      'AWS_REGION',
      'AWS_SECRET_ACCESS_KEY',
      'LAMBDA_TASK_ROOT',
      'LANG',
      'PATH',
      'STAGE',
      'TZ',
      '_HANDLER',
      '_X_AMZN_TRACE_ID',
    ]);
    expect(env).toMatchObject({
      STAGE: 'dev',
      AWS_ACCESS_KEY_ID: 'key-of-Echo',
      _X_AMZN_TRACE_ID: expect.stringMatching(/^Root=1-/),
    });
    delete process.env.OF_THE_SHELL;
  });

  test('are found by name, logical id and ARN, and know by which they were invoked', async () => {
    const lambda = lambdaOf({ Echo: {} });
    const alias = `${functionArn('echo')}:live`;
    expect(answerOf(await lambda.invoke(alias, {})).arn).toBe(alias);
    expect(answerOf(await lambda.invoke('Echo', {})).arn).toBe(functionArn('echo'));
    expect(() => lambda.definitionOf('absent')).toThrow('Looking up the function "absent" failed: the stack has echo.');
  });

  test('have the time that the template gives them', async () => {
    const { left } = answerOf(await lambdaOf({ Echo: { Timeout: 60 } }).invoke('echo', {}));
    expect(left).toBeGreaterThan(50_000);
    expect(left).toBeLessThanOrEqual(60_000);
  });

  test('write lines that are captured, with Lambda\'s own around them', async () => {
    const received: string[] = [];
    const lambda = lambdaOf({ Echo: {} }, { onLine: (line) => received.push(line.text) });
    const result = await lambda.invoke('echo', { value: 1 });
    const requestId = result.kind === 'answered' ? result.report.requestId : '';
    expect(lambda.logs('echo').map(({ source, text }) => `${source}: ${text.replace(/^.*Z\t/, '')}`)).toEqual([
      `platform: START RequestId: ${requestId} Version: $LATEST`,
      `function: ${requestId}\tINFO\treceived { value: 1 }`,
      'function: unfinished',
      `platform: END RequestId: ${requestId}`,
      expect.stringMatching(
        /^platform: REPORT RequestId: .+\tMemory Size: 128 MB\tMax Memory Used: \d+ MB\tInit Duration: [\d.]+ ms$/,
      ),
    ]);
    expect(lambda.logs('echo').every((line) => line.requestId === requestId)).toBe(true);
    expect(received).toEqual(lambda.logs().map(({ text }) => text));
    await lambda.stop();
    expect(readFileSync(join(folder.path, 'logs', 'echo.log'), 'utf8')).toContain('unfinished\n');
  });

  test('have all that they wrote captured when they have answered', async () => {
    const lambda = lambdaOf({ Talker: {} });
    for (let invocation = 0; invocation < 20; invocation += 1) {
      const result = await lambda.invoke('talker', {});
      const requestId = result.kind === 'answered' ? result.report.requestId : 'none';
      expect(
        lambda.logs('talker').filter((line) => line.source === 'function' && line.requestId === requestId),
      ).toHaveLength(500);
    }
  });

  test('report what each invocation cost', async () => {
    const lambda = lambdaOf({ Echo: { MemorySize: 256 }, Thrower: {} });
    await lambda.invoke('echo', {});
    await lambda.invoke('echo', {});
    await lambda.invoke('thrower', {});
    const [first, second] = lambda.reports('echo');
    expect(first).toMatchObject({
      functionName: 'echo',
      status: 'success',
      memorySizeMegabytes: 256,
      initMilliseconds: expect.any(Number),
    });
    expect(second).not.toHaveProperty('initMilliseconds');
    expect(first?.maxMemoryUsedMegabytes).toBeGreaterThan(10);
    expect(first?.cpuMilliseconds).toBeGreaterThan(0);
    expect(lambda.reports().map(({ status }) => status)).toEqual(['success', 'success', 'error']);
  });

  test('answer the error of their handler and live on', async () => {
    const lambda = lambdaOf({ Thrower: {} });
    const result = await lambda.invoke('thrower', {});
    expect(failureOf(result)).toMatchObject({
      errorType: 'TypeError',
      errorMessage: 'bad event',
      trace: expect.arrayContaining(['TypeError: bad event']),
    });
    expect(result.kind === 'failed' && JSON.parse(result.payload)).toEqual(failureOf(result));
    expect(lambda.processCount('thrower')).toBe(1);
  });

  test.each(['slow', 'busy'])('are killed at their timeout: %s', async (name) => {
    const lambda = lambdaOf({ Slow: { Timeout: 1 }, Busy: { Timeout: 1 } });
    const result = await lambda.invoke(name, {});
    expect(failureOf(result)).toEqual({
      errorType: 'Sandbox.Timedout',
      errorMessage: expect.stringMatching(/^RequestId: [0-9a-f-]{36} Error: Task timed out after 1\.00 seconds$/),
    });
    expect(lambda.processCount(name)).toBe(0);
    expect(lambda.reports()[0]).toMatchObject({ status: 'timeout' });
    expect(lambda.logs().map(({ text }) => text)).toContainEqual(
      expect.stringMatching(/Task timed out after 1\.00 seconds$/),
    );
  });

  test.each([
    ['stuck', {}, 'Runtime.NodeJsExit', /never settled/],
    ['leaver', { code: 3 }, 'Runtime.ExitError', /Runtime exited with error: exit status 3$/],
    ['leaver', { code: 0 }, 'Runtime.ExitError', /Runtime exited without providing a reason$/],
    ['rejecter', {}, 'Runtime.UnhandledPromiseRejection', /^RangeError: loose$/],
    ['broken', {}, 'Runtime.ImportModuleError', /Cannot find module 'zod'/],
    ['early', {}, 'RangeError', /^at load$/],
    ['text', {}, 'string', /^text$/],
    ['bigint', {}, 'Error', /^Unable to stringify response body$/],
    ['loose', {}, 'Error', /^loose$/],
  ])('fail as in Lambda: %s %j', async (name, event, errorType, message) => {
    const lambda = lambdaOf({
      Stuck: {},
      Leaver: {},
      Rejecter: {},
      Broken: {},
      Early: {},
      Text: {},
      Bigint: {},
      Loose: {},
    });
    const failure = failureOf(await lambda.invoke(name, event));
    expect(failure).toMatchObject({ errorType, errorMessage: expect.stringMatching(message) });
  });

  test('answer what their handler returns without a promise, and null for nothing', async () => {
    const lambda = lambdaOf({ Plain: {} });
    expect([await lambda.invoke('plain', { answer: 5 }), await lambda.invoke('plain', {})]).toMatchObject([
      { payload: '5' },
      { payload: 'null' },
    ]);
  });

  test('answer an invocation once, however late its promise is settled', async () => {
    const lambda = lambdaOf({ Late: {} });
    expect(failureOf(await lambda.invoke('late', { first: true }))).toMatchObject({ errorType: 'Runtime.NodeJsExit' });
    expect(await lambda.invoke('late', {})).toMatchObject({ kind: 'answered', payload: '2' });
  });

  test('outlive an interrupt from the terminal', async () => {
    const lambda = lambdaOf({ Sleeper: {} });
    const processId = Number(answerOf(await lambda.invoke('sleeper', { milliseconds: 1 })));
    process.kill(processId, 'SIGINT');
    expect(answerOf(await lambda.invoke('sleeper', { milliseconds: 50 }))).toBe(processId);
  });

  test('are silent about the age of this machine\'s Node.js, and about nothing else', async () => {
    const lambda = lambdaOf({ Warner: {} });
    await lambda.invoke('warner', {});
    const lines = lambda.logs('warner').filter(({ source }) => source === 'function').map(({ text }) => text).join();
    expect(lines).toContain('Warning: other');
    expect(lines).not.toContain('NodeVersionSupportWarning');
  });

  test('start anew after a crash', async () => {
    const lambda = lambdaOf({ Rejecter: {} });
    await lambda.invoke('rejecter', {});
    expect(failureOf(await lambda.invoke('rejecter', {}))).toMatchObject({
      errorType: 'Runtime.UnhandledPromiseRejection',
    });
  });

  test('cannot hold more than their memory', async () => {
    const result = await lambdaOf({ Hungry: { MemorySize: 128, Timeout: 20 } }).invoke('hungry', {});
    expect(failureOf(result)).toMatchObject({ errorType: 'Runtime.ExitError' });
  });

  test('may be ECMAScript modules', async () => {
    expect(answerOf(await lambdaOf({ Module: {} }).invoke('module', {}))).toBe('module');
  });

  test('run at once in several processes, up to the limit', async () => {
    const lambda = lambdaOf({ Sleeper: {} }, { processLimit: 2 });
    const results = await Promise.all([1, 2, 3].map(async () => lambda.invoke('sleeper', { milliseconds: 50 })));
    expect(new Set(results.map(answerOf)).size).toBe(2);
    expect(lambda.concurrencyOf('sleeper')).toBe(2);
  });

  test('are throttled beyond their reserved concurrency unless the caller waits', async () => {
    const lambda = lambdaOf({ Sleeper: { ReservedConcurrentExecutions: 1 } });
    const [first, second, waiting] = await Promise.all([
      lambda.invoke('sleeper', { milliseconds: 50 }),
      lambda.invoke('sleeper', {}),
      lambda.invoke('sleeper', { milliseconds: 1 }, { waits: true }),
    ]);
    expect([first.kind, second.kind, waiting.kind]).toEqual(['answered', 'throttled', 'answered']);
  });

  test('end when they are idle for long', async () => {
    const lambda = lambdaOf({ Sleeper: {} }, { idleMilliseconds: 10 });
    const processId = Number(answerOf(await lambda.invoke('sleeper', { milliseconds: 1 })));
    while (lambda.processCount('sleeper') > 0) await new Promise((resolve) => setTimeout(resolve, 5));
    expect(isRunning(processId)).toBe(false);
  });

  test('can be started ahead', async () => {
    const lambda = lambdaOf({ Sleeper: {}, Broken: {} });
    await lambda.prewarm();
    expect(lambda.processCount('sleeper')).toBe(1);
    expect(lambda.reports()).toEqual([]);
  });

  test('can be killed while they work', async () => {
    const lambda = lambdaOf({ Sleeper: {} });
    const killed = lambda.killDuringInvocation('sleeper');
    const result = await lambda.invoke('sleeper', { milliseconds: 20_000 });
    expect(failureOf(result)?.errorMessage).toBe(
      `RequestId: ${await killed} Error: Runtime exited with error: signal: killed`,
    );
    expect(lambda.reports()[0]).toMatchObject({ status: 'crash' });
  });

  test('can be killed at a moment that a test chooses', async () => {
    const lambda = lambdaOf({ Sleeper: {} });
    let come: () => void = () => undefined;
    const killed = lambda.killDuringInvocation('sleeper', new Promise<void>((resolve) => { come = resolve; }));
    const invoked = lambda.invoke('sleeper', { milliseconds: 1 });
    expect(await invoked).toMatchObject({ kind: 'answered' });
    come();
    await killed;
    while (lambda.processCount('sleeper') > 0) await new Promise((resolve) => setTimeout(resolve, 5));
  });

  test('can all be killed, or only those at work', async () => {
    const lambda = lambdaOf({ Sleeper: {} });
    await lambda.prewarm();
    expect(lambda.kill('sleeper', { onlyBusy: true })).toBe(0);
    expect(lambda.kill('sleeper')).toBe(1);
    expect(answerOf(await lambda.invoke('sleeper', { milliseconds: 1 }))).toEqual(expect.any(Number));
  });

  test('all end at the stop, what they work on included', async () => {
    const lambda = lambdaOf({ Busy: {}, Sleeper: {} });
    const processId = Number(answerOf(await lambda.invoke('sleeper', { milliseconds: 1 })));
    const working = lambda.invoke('busy', {});
    await lambda.stop();
    expect(failureOf(await working)).toMatchObject({ errorType: 'Runtime.ExitError' });
    expect(isRunning(processId)).toBe(false);
    await expect(lambda.invoke('sleeper', {})).rejects.toThrow('the embedded cloud has stopped');
  });

  test('run the code of another folder from the next process on', async () => {
    const lambda = lambdaOf({ Plain: {} });
    expect(await lambda.invoke('plain', { answer: 5 })).toMatchObject({ payload: '5' });
    writeCode(folder.path, 'developed', 'exports.handler = () => "changed";');
    await lambda.develop('plain', join(folder.path, 'developed'));
    expect(await lambda.invoke('plain', { answer: 5 })).toMatchObject({ payload: '"changed"' });
    rmSync(join(folder.path, 'developed'), { recursive: true });
  });

  test('take a debugger where one is asked for, with one process and no time limit', async () => {
    const lambda = lambdaOf({ Sleeper: { Timeout: 1 }, Echo: {} }, { inspect: ['leepe'] });
    const result = lambda.invoke('sleeper', { milliseconds: 1_200 });
    const [port] = lambda.inspectPorts.values();
    expect([[...lambda.inspectPorts], lambda.concurrencyOf('sleeper')]).toEqual([[['sleeper', port]], 1]);
    expect(await result).toMatchObject({ kind: 'answered' });
    expect(await (await fetch(`http://127.0.0.1:${port}/json/list`)).json()).toMatchObject([
      { title: expect.stringContaining('function-process') },
    ]);
  });

  test.each([
    ['router', 'it fits no function'],
    ['e', 'it fits sleeper, echo'],
  ])('cannot be inspected by the word %s', (word, why) => {
    expect(() => lambdaOf({ Sleeper: {}, Echo: {} }, { inspect: [word] })).toThrow(
      `Inspecting "${word}" failed: ${why}. Give a part of exactly one of sleeper, echo.`,
    );
  });

  test('leave files only where they are configured to', async () => {
    await lambdaOf({ Echo: {} }).invoke('echo', {});
    expect(readdirSync(folder.path).filter((name) => !(name in CODE)).sort()).toEqual(['bootstrap', 'logs']);
    expect(existsSync(scripts.functionProcess)).toBe(true);
  });
});

function isRunning(processId: number): boolean {
  try {
    process.kill(processId, 0);
    return true;
  } catch {
    return false;
  }
}
