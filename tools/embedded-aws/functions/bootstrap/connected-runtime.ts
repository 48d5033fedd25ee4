import type { EventEmitter } from 'node:events';
import { realpathSync } from 'node:fs';
import { endOfLines } from '../runtime-protocol';
import type { InvokeMessage, ProcessMessage } from '../runtime-protocol';
import { FunctionRuntime } from './function-runtime';
import type { RuntimeHost } from './function-runtime';
import { loadHandler } from './handler-loader';
import { errorLogger, patchConsole } from './lambda-console';
import { hideModulesOutside } from './module-boundary';
import { failureOf, RuntimeError } from './runtime-failure';
import { silenceAgeWarning } from './sdk-age-warning';

/** What the bootstrap needs of `process`. */
export interface HostProcess extends EventEmitter {
  readonly env: NodeJS.ProcessEnv;
  readonly channel?: { ref(): void; unref(): void } | undefined | null;
  readonly stdout: { write(text: string): unknown };
  readonly stderr: { write(text: string): unknown };
  readonly memoryUsage: { rss(): number };
  emitWarning: NodeJS.Process['emitWarning'];
  cpuUsage(): { readonly user: number; readonly system: number };
  send?(message: ProcessMessage, sent: () => void): unknown;
  exit(code: number): void;
}

/** As Lambda's runtime ends. */
const UNCAUGHT_EXCEPTION = 129;
const UNHANDLED_REJECTION = 128;

/** Loads the handler, then works events that arrive over the process's message channel. Resolves when the handler is loaded, or was not. */
export async function runConnected(host: HostProcess, target: Console): Promise<void> {
  const settings = { format: host.env.AWS_LAMBDA_LOG_FORMAT, level: host.env.AWS_LAMBDA_LOG_LEVEL };
  const logError = errorLogger(target, settings);
  const send = (message: ProcessMessage, sent: () => void = () => undefined) => { host.send?.(message, sent); };
  const failInit = (thrown: unknown) => {
    logError('Uncaught Exception', thrown);
    send({ kind: 'initFailed', failure: failureOf(thrown) }, () => { host.exit(1); });
  };
  let runtime: FunctionRuntime | undefined;
  const crash = (title: string, thrown: unknown, exitCode: number) => runtime ? runtime.crash(title, thrown, exitCode) : failInit(thrown);

  // The embedded cloud has ended, however it did: nobody is left to answer to.
  host.on('disconnect', () => { host.exit(0); });
  // A terminal interrupts every process at once; the embedded cloud decides when this one ends.
  host.on('SIGINT', () => undefined);
  host.on('message', (message: InvokeMessage) => void runtime?.invoke(message));
  host.on('beforeExit', () => runtime?.loopIsEmpty());
  host.on('uncaughtException', (error: unknown) => { crash('Uncaught Exception', error, UNCAUGHT_EXCEPTION); });
  host.on('unhandledRejection', (reason: unknown) => {
    const rejection = new RuntimeError('UnhandledPromiseRejection', String(reason), { cause: reason });
    crash('Unhandled Promise Rejection', rejection, UNHANDLED_REJECTION);
  });

  silenceAgeWarning(host);
  patchConsole(target, settings, () => runtime?.requestId, (line) => host.stdout.write(line));
  try {
    const taskRoot = realpathSync(host.env.LAMBDA_TASK_ROOT ?? '');
    hideModulesOutside(taskRoot);
    runtime = new FunctionRuntime(await loadHandler(taskRoot, host.env._HANDLER ?? ''), runtimeHost(host, send, logError));
    send({ kind: 'ready' });
  } catch (thrown) {
    failInit(thrown);
  }
}

function runtimeHost(host: HostProcess, send: RuntimeHost['send'], logError: RuntimeHost['logError']): RuntimeHost {
  return {
    environment: host.env,
    send,
    logError,
    endLines: (requestId) => {
      for (const stream of [host.stdout, host.stderr]) stream.write(`${endOfLines(requestId)}\n`);
    },
    keepAlive: (isKept) => isKept ? host.channel?.ref() : host.channel?.unref(),
    residentBytes: () => host.memoryUsage.rss(),
    cpuMicroseconds: () => {
      const { user, system } = host.cpuUsage();
      return user + system;
    },
    exit: (code) => { host.exit(code); },
  };
}
