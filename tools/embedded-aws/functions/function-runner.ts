import { randomBytes, randomUUID } from 'node:crypto';
import type { CapturedLog } from './captured-log';
import { EnvironmentPool } from './environment-pool';
import { ExecutionEnvironment } from './execution-environment';
import type { ProcessOutcome } from './execution-environment';
import type { FunctionDefinition } from './function-definition';
import { invocationReport, reportLine } from './invocation-report';
import type { InvocationReport } from './invocation-report';
import { judgeOutcome } from './invocation-result';
import type { InvocationResult } from './invocation-result';
import type { OrphanGuard } from './orphan-guard';

export interface FunctionRunnerOptions {
  readonly definition: FunctionDefinition;
  /** JavaScript that a process starts with. */
  readonly script: string;
  /** The variables of a process that writes to this log stream. */
  readonly environmentOf: (definition: FunctionDefinition, logStreamName: string) => Readonly<Record<string, string>>;
  /** Port of a debugger: then the function has one process and as much time as the developer needs. */
  readonly inspectPort?: number | undefined;
  readonly guard: OrphanGuard;
  readonly log: CapturedLog;
  /** Processes at once on this machine. */
  readonly processLimit: number;
  readonly idleMilliseconds: number;
  readonly onReport: (report: InvocationReport) => void;
}

export interface InvokeOptions {
  /** Event sources wait for a free process where other callers are throttled. */
  readonly waits?: boolean;
  /** With the alias or version that was named; the function's plain ARN by default. */
  readonly invokedArn?: string;
  /** X-Ray's header. */
  readonly traceId?: string;
}

/** Milliseconds: Node.js's timers fire at once beyond it. */
const LONGEST_TIMER = 2 ** 31 - 1;

interface StartedInvocation {
  readonly environment: ExecutionEnvironment;
  readonly requestId: string;
}

/** Runs one function's invocations and reports them as Lambda does. */
export class FunctionRunner {
  private readonly pool: EnvironmentPool<ExecutionEnvironment>;
  private developedFolder: string | undefined;
  private readonly startWatchers: Array<(started: StartedInvocation) => void> = [];

  constructor(private readonly options: FunctionRunnerOptions) {
    this.pool = new EnvironmentPool({
      limit: this.concurrency,
      throttles: this.concurrency === options.definition.reservedConcurrency,
      idleMilliseconds: options.inspectPort === undefined ? options.idleMilliseconds : LONGEST_TIMER,
      start: () => this.startEnvironment(),
    });
  }

  /** Invocations at once. */
  get concurrency(): number {
    if (this.options.inspectPort !== undefined) return 1;
    return Math.min(this.options.processLimit, this.options.definition.reservedConcurrency ?? Infinity);
  }

  get processCount(): number {
    return this.pool.processCount;
  }

  async prewarm(): Promise<void> {
    await this.pool.prewarm();
  }

  /** Runs the code of another folder, which has source maps, from the next process on. */
  async develop(codeFolder: string): Promise<void> {
    this.developedFolder = codeFolder;
    await this.pool.retire();
    if (this.options.inspectPort !== undefined) await this.pool.prewarm();
  }

  async invoke(event: string, { waits = false, invokedArn, traceId }: InvokeOptions = {}): Promise<InvocationResult> {
    const environment = await this.pool.acquire(waits);
    if (!environment) return { kind: 'throttled' };
    try {
      const requestId = randomUUID();
      return await this.run(
        environment,
        requestId,
        event,
        invokedArn ?? this.options.definition.arn,
        traceId ?? newTraceId(Date.now()),
      );
    } finally {
      this.pool.release(environment);
    }
  }

  kill(onlyBusy: boolean): number {
    return this.pool.kill(onlyBusy);
  }

  /** Kills the process of the next invocation once `moment` has come; resolves to that invocation's request id. */
  async killDuringInvocation(moment: Promise<unknown>): Promise<string> {
    const { environment, requestId } = await new Promise<StartedInvocation>((started) =>
      this.startWatchers.push(started),
    );
    await moment;
    environment.kill();
    return requestId;
  }

  async stop(): Promise<void> {
    await this.pool.stop();
    await this.options.log.close();
  }

  private get timeoutSeconds(): number {
    return this.options.inspectPort === undefined ? this.options.definition.timeoutSeconds : LONGEST_TIMER / 1000;
  }

  private startEnvironment(): ExecutionEnvironment {
    const { script, environmentOf, guard, log, inspectPort } = this.options;
    const definition = {
      ...this.options.definition,
      codeFolder: this.developedFolder ?? this.options.definition.codeFolder,
    };
    const logStreamName = `${new Date().toISOString().slice(0, 10).replaceAll('-', '/')}/[$LATEST]${randomUUID().replaceAll('-', '')}`;
    return new ExecutionEnvironment({
      definition,
      script,
      guard,
      environment: environmentOf(definition, logStreamName),
      timeoutSeconds: this.timeoutSeconds,
      nodeFlags: [
        ...this.developedFolder === undefined ? [] : ['--enable-source-maps'],
        ...inspectPort === undefined ? [] : [`--inspect=127.0.0.1:${inspectPort}`],
      ],
      // Inside a line the runtime writes line breaks as carriage returns.
      onLine: (line, requestId) => { log.write('function', line.replaceAll('\r', '\n'), requestId); },
    });
  }

  private async run(
    environment: ExecutionEnvironment, requestId: string, event: string, invokedFunctionArn: string, traceId: string,
  ): Promise<InvocationResult> {
    const { isFresh } = environment;
    const init = await environment.ready;
    const startedAt = Date.now();
    const clockStart = performance.now();
    this.note(`START RequestId: ${requestId} Version: $LATEST`, requestId);
    const working =
      init.kind === 'ready'
        ? environment.invoke({
          requestId,
          invokedFunctionArn,
          traceId,
          event,
          deadline: startedAt + this.timeoutSeconds * 1000,
        })
        : Promise.resolve(init);
    this.startWatchers.shift()?.({ environment, requestId });
    const outcome = await working;
    return this.conclude(outcome, {
      requestId,
      startedAt,
      durationMilliseconds: performance.now() - clockStart,
      residentBytes: environment.memory,
      initMilliseconds: isFresh && init.kind === 'ready' ? init.milliseconds : undefined,
    });
  }

  private conclude(
    outcome: ProcessOutcome, measures: Omit<Parameters<typeof invocationReport>[1], 'status'>,
  ): InvocationResult {
    const { definition, onReport } = this.options;
    const { requestId } = measures;
    const { status, failure } = judgeOutcome(outcome, requestId);
    const report = invocationReport(definition, {
      ...measures,
      status,
      cpuMicroseconds: 'cpuMicroseconds' in outcome ? outcome.cpuMicroseconds : undefined,
    });
    if (status === 'timeout' || status === 'crash') {
      this.note(`${new Date().toISOString()} ${requestId} ${failure?.errorMessage ?? status}`, requestId);
    }
    this.note(`END RequestId: ${requestId}`, requestId);
    this.note(reportLine(report), requestId);
    onReport(report);
    if (failure) return { kind: 'failed', failure, payload: JSON.stringify(failure), report };
    return { kind: 'answered', payload: outcome.kind === 'answered' ? outcome.payload : 'null', report };
  }

  private note(text: string, requestId: string): void {
    this.options.log.write('platform', text, requestId);
  }
}

/** A trace header in X-Ray's form; unsampled, so that no SDK tries to send segments to a daemon. */
function newTraceId(now: number): string {
  const seconds = Math.floor(now / 1000).toString(16);
  return `Root=1-${seconds}-${randomBytes(12).toString('hex')};Parent=${randomBytes(8).toString('hex')};Sampled=0`;
}
