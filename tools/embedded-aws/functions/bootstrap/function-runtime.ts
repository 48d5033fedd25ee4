import type { InvokeMessage, ProcessMessage, ProcessUse } from '../runtime-protocol';
import type { Handler } from './handler-loader';
import { invocationContext } from './invocation-context';
import { failureOf, RuntimeError } from './runtime-failure';

/** What the runtime needs of the process that it lives in. */
export interface RuntimeHost {
  readonly environment: NodeJS.ProcessEnv;
  /** Calls back once the message is on its way, so that the process may end. */
  send(message: ProcessMessage, sent?: () => void): void;
  /** Marks the end of what an invocation wrote to standard output and standard error. */
  endLines(requestId: string): void;
  /** Whether the connection to the embedded cloud alone keeps the process alive. */
  keepAlive(isKept: boolean): void;
  residentBytes(): number;
  /** Processor time since the process started. */
  cpuMicroseconds(): number;
  logError(message: string, thrown: unknown): void;
  exit(code: number): void;
}

/** Works one event at a time with a handler and answers as Lambda's Node.js runtime does. */
export class FunctionRuntime {
  private current: InvokeMessage | undefined;
  private cpuAtStart = 0;

  constructor(private readonly handler: Handler, private readonly host: RuntimeHost) {}

  get requestId(): string | undefined {
    return this.current?.requestId;
  }

  async invoke(message: InvokeMessage): Promise<void> {
    this.current = message;
    this.cpuAtStart = this.host.cpuMicroseconds();
    this.host.environment._X_AMZN_TRACE_ID = message.traceId;
    // From here only the handler's own work keeps the process alive: if it runs dry, the handler can never answer.
    this.host.keepAlive(false);
    try {
      const result: unknown = await this.handler(JSON.parse(message.event), invocationContext(message, this.host.environment));
      this.answer(message, result);
    } catch (thrown) {
      if (this.current === message) this.host.logError('Invoke Error', thrown);
      this.fail(message, thrown);
    }
  }

  /** The event loop is empty: an invocation that has not answered by now never will. */
  loopIsEmpty(): void {
    if (!this.current) return;
    const stuck = new RuntimeError('NodeJsExit', 'The Lambda runtime client detected an unexpected Node.js exit code. '
      + 'This is most commonly caused by a Promise that was never settled.');
    this.host.logError('Invoke Error', stuck);
    this.fail(this.current, stuck);
  }

  /** Lambda ends the process after an error that nothing caught. */
  crash(title: string, thrown: unknown, exitCode: number): void {
    this.host.logError(title, thrown);
    if (this.current) this.fail(this.current, thrown, () => this.host.exit(exitCode));
    else this.host.exit(exitCode);
  }

  private answer(message: InvokeMessage, result: unknown): void {
    const payload = serialise(result);
    const use = this.use();
    if (this.finish(message)) this.host.send({ kind: 'answered', requestId: message.requestId, payload, ...use });
  }

  private fail(message: InvokeMessage, thrown: unknown, sent?: () => void): void {
    if (!this.finish(message)) return;
    this.host.send({ kind: 'failed', requestId: message.requestId, failure: failureOf(thrown), isEnding: sent !== undefined, ...this.use() }, sent);
  }

  private use(): ProcessUse {
    // First, so that the other measurement is no part of it.
    const cpuMicroseconds = this.host.cpuMicroseconds() - this.cpuAtStart;
    return { residentBytes: this.host.residentBytes(), cpuMicroseconds };
  }

  private finish(message: InvokeMessage): boolean {
    if (this.current !== message) return false;
    this.current = undefined;
    this.host.keepAlive(true);
    this.host.endLines(message.requestId);
    return true;
  }
}

function serialise(result: unknown): string {
  try {
    return JSON.stringify(result) ?? 'null';
  } catch (thrown) {
    throw new Error('Unable to stringify response body', { cause: thrown });
  }
}
