/**
 * The first file of a function's own process: loads the handler, then works one event at a time and answers as Lambda's
 * Node.js runtime does.
 */
import { realpathSync } from 'node:fs';
import { types } from 'node:util';
import type { InvokeMessage, ProcessMessage, RuntimeFailure } from '../runtime-protocol';
import { endOfLines } from '../runtime-protocol';
import type { Handler } from './handler-loader';
import { loadHandler, RuntimeError } from './handler-loader';
import { errorLogger, patchConsole } from './lambda-console';
import { hideModulesOutside } from './module-boundary';

/** As Lambda's runtime ends. */
const UNCAUGHT_EXCEPTION = 129;
const UNHANDLED_REJECTION = 128;

const { env } = process;
const settings = { format: env.AWS_LAMBDA_LOG_FORMAT, level: env.AWS_LAMBDA_LOG_LEVEL };
const logError = errorLogger(console, settings);
let handler: Handler | undefined;
let current: { readonly message: InvokeMessage; readonly cpuAtStart: NodeJS.CpuUsage } | undefined;

// The embedded cloud has ended, however it did.
process.on('disconnect', () => { process.exit(0); });
// A terminal interrupts every process at once; the embedded cloud decides when this one ends.
process.on('SIGINT', () => undefined);
process.on('message', (message: InvokeMessage) => void invoke(message));
process.on('beforeExit', failStuckInvocation);
process.on('uncaughtException', (error) => { crash('Uncaught Exception', error, UNCAUGHT_EXCEPTION); });
process.on('unhandledRejection', (reason) => {
  crash(
    'Unhandled Promise Rejection',
    new RuntimeError('UnhandledPromiseRejection', String(reason), { cause: reason }),
    UNHANDLED_REJECTION,
  );
});
silenceAgeWarning();
patchConsole(console, settings, () => current?.message.requestId, (line) => process.stdout.write(line));
void start();

async function start(): Promise<void> {
  try {
    const taskRoot = realpathSync(env.LAMBDA_TASK_ROOT ?? '');
    hideModulesOutside(taskRoot);
    handler = await loadHandler(taskRoot, env._HANDLER ?? '');
    send({ kind: 'ready' });
  } catch (thrown) {
    failInit(thrown);
  }
}

async function invoke(message: InvokeMessage): Promise<void> {
  current = { message, cpuAtStart: process.cpuUsage() };
  env._X_AMZN_TRACE_ID = message.traceId;
  // From here only the handler's own work keeps the process alive: if it runs dry, the handler can never answer.
  process.channel?.unref();
  try {
    const result: unknown = await handler?.(JSON.parse(message.event), contextOf(message));
    const payload = serialise(result);
    finish(message, (use) => { send({ kind: 'answered', requestId: message.requestId, payload, ...use }); });
  } catch (thrown) {
    if (current?.message === message) logError('Invoke Error', thrown);
    fail(message, thrown);
  }
}

/** The event loop is empty: an invocation that has not answered by now never will. */
function failStuckInvocation(): void {
  if (!current) return;
  const stuck = new RuntimeError('NodeJsExit', 'The Lambda runtime client detected an unexpected Node.js exit code. '
    + 'This is most commonly caused by a Promise that was never settled.');
  logError('Invoke Error', stuck);
  fail(current.message, stuck);
}

/** Lambda ends the process after an error that nothing caught. */
function crash(title: string, thrown: unknown, exitCode: number): void {
  if (!handler) return failInit(thrown);
  logError(title, thrown);
  if (current) fail(current.message, thrown, () => process.exit(exitCode));
  else process.exit(exitCode);
}

function failInit(thrown: unknown): void {
  logError('Uncaught Exception', thrown);
  send({ kind: 'initFailed', failure: failureOf(thrown) }, () => process.exit(1));
}

function fail(message: InvokeMessage, thrown: unknown, sent?: () => void): void {
  const { requestId } = message;
  finish(message, (use) => {
    send({ kind: 'failed', requestId, failure: failureOf(thrown), isEnding: sent !== undefined, ...use }, sent);
  });
}

/** Ends the current invocation, unless it has ended already. */
function finish(
  message: InvokeMessage,
  answer: (use: { readonly residentBytes: number; readonly cpuMicroseconds: number }) => void,
): void {
  if (current?.message !== message) return;
  const { user, system } = process.cpuUsage(current.cpuAtStart);
  current = undefined;
  process.channel?.ref();
  for (const stream of [process.stdout, process.stderr]) stream.write(`${endOfLines(message.requestId)}\n`);
  answer({ residentBytes: process.memoryUsage.rss(), cpuMicroseconds: user + system });
}

function send(message: ProcessMessage, sent: () => void = () => undefined): void {
  process.send?.(message, sent);
}

function serialise(result: unknown): string {
  try {
    return JSON.stringify(result) ?? 'null';
  } catch (thrown) {
    throw new Error('Unable to stringify response body', { cause: thrown });
  }
}

/** Anything thrown, in the fields that Lambda answers. */
function failureOf(thrown: unknown): RuntimeFailure {
  if (types.isNativeError(thrown)) {
    return { errorType: thrown.name, errorMessage: thrown.message, trace: (thrown.stack ?? '').split('\n') };
  }
  return { errorType: typeof thrown, errorMessage: String(thrown), trace: [] };
}

/** The `context` argument of a handler, as Lambda's Node.js runtime builds it. */
function contextOf({ invokedFunctionArn, requestId, deadline }: InvokeMessage): object {
  return {
    // Without effect since callbacks are gone, but still there and writable.
    callbackWaitsForEmptyEventLoop: true,
    functionVersion: env.AWS_LAMBDA_FUNCTION_VERSION,
    functionName: env.AWS_LAMBDA_FUNCTION_NAME,
    memoryLimitInMB: env.AWS_LAMBDA_FUNCTION_MEMORY_SIZE,
    logGroupName: env.AWS_LAMBDA_LOG_GROUP_NAME,
    logStreamName: env.AWS_LAMBDA_LOG_STREAM_NAME,
    invokedFunctionArn,
    awsRequestId: requestId,
    getRemainingTimeInMillis: () => deadline - Date.now(),
  };
}

/**
 * Keeps the AWS SDK's note on old versions of Node.js out of the output: it is about the Node.js of this machine, while
 * Lambda runs the one that the template names. (Node.js's own `--disable-warning` knows warnings by name, and this one
 * has none.)
 */
function silenceAgeWarning(): void {
  const { emitWarning } = process;
  Reflect.set(process, 'emitWarning', (warning: unknown, ...rest: readonly unknown[]) => {
    if (!String(warning).startsWith('NodeVersionSupportWarning')) {
      Reflect.apply(emitWarning, process, [warning, ...rest]);
    }
  });
}
