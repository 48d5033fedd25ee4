import { fork } from 'node:child_process';
import type { ChildProcess } from 'node:child_process';
import { readFileSync } from 'node:fs';
import type { FunctionDefinition } from './function-definition';
import { LineReader } from './line-reader';
import type { OrphanGuard } from './orphan-guard';
import type { InvokeMessage, ProcessMessage, RuntimeFailure } from './runtime-protocol';

/** How a process ended an invocation. */
export type ProcessOutcome =
  | { readonly kind: 'answered'; readonly payload: string; readonly cpuMicroseconds: number }
  | { readonly kind: 'failed'; readonly failure: RuntimeFailure; readonly cpuMicroseconds?: number }
  | { readonly kind: 'timedOut'; readonly afterSeconds: number }
  | { readonly kind: 'exited'; readonly exitCode: number | null; readonly signal: NodeJS.Signals | null };

export type InitOutcome =
  { readonly kind: 'ready'; readonly milliseconds: number } | Exclude<ProcessOutcome, { kind: 'answered' }>;

export interface ExecutionEnvironmentOptions {
  readonly definition: FunctionDefinition;
  readonly script: string;
  readonly environment: Readonly<Record<string, string>>;
  readonly guard: OrphanGuard;
  /** Seconds that an invocation may take. */
  readonly timeoutSeconds: number;
  /** Further flags of Node.js. */
  readonly nodeFlags: readonly string[];
  readonly onLine: (line: string, requestId: string | undefined) => void;
}

/** Lambda gives the code ten seconds to load. */
const INIT_LIMIT_MILLISECONDS = 10_000;
/** How long to wait for output after a process has ended: something that it started may hold its pipes open. */
const LAST_LINES_MILLISECONDS = 250;

/** One process of a function: it loads the code once, then works one event at a time. */
export class ExecutionEnvironment {
  readonly ready: Promise<InitOutcome>;
  /** Resolves when the process has ended and its last lines have been read. */
  readonly ended: Promise<void>;
  private readonly process: ChildProcess;
  private readonly output: readonly LineReader[];
  private requestId: string | undefined;
  private invocations = 0;
  private residentBytes = 0;
  private hasEnded = false;
  private isCondemned = false;

  constructor(private readonly options: ExecutionEnvironmentOptions) {
    const startedAt = performance.now();
    this.process = startProcess(options);
    const { stdout, stderr } = this.process;
    const onLine = (line: string) => { options.onLine(line, this.requestId); };
    this.output = [stdout, stderr].flatMap((stream) => stream ? [new LineReader(stream, onLine)] : []);
    this.ended = this.waitForEnd();
    this.ready = this.outcome(INIT_LIMIT_MILLISECONDS, (message): InitOutcome | undefined => {
      if (message.kind === 'ready') return { kind: 'ready', milliseconds: performance.now() - startedAt };
      if (message.kind !== 'initFailed') return undefined;
      this.isCondemned = true;
      return { kind: 'failed', failure: message.failure };
    });
  }

  /** False once the process has ended or is about to: it can work nothing more. */
  get isUsable(): boolean {
    return !this.hasEnded && !this.isCondemned;
  }

  /** True until it has been given its first event. */
  get isFresh(): boolean {
    return this.invocations === 0;
  }

  /** True while it works an event. */
  get isBusy(): boolean {
    return this.requestId !== undefined;
  }

  /** The most memory that the process is known to have held, in bytes. */
  get memory(): number {
    return this.residentBytes;
  }

  async invoke(invoke: InvokeMessage): Promise<ProcessOutcome> {
    this.requestId = invoke.requestId;
    this.invocations += 1;
    const output = Promise.all(this.output.map((reader) => reader.allOf(invoke.requestId)));
    const outcome = this.outcome(this.options.timeoutSeconds * 1000, (message): ProcessOutcome | undefined => {
      if (message.kind === 'answered') {
        return { kind: 'answered', payload: message.payload, cpuMicroseconds: message.cpuMicroseconds };
      }
      if (message.kind !== 'failed') return undefined;
      this.isCondemned = message.isEnding;
      return { kind: 'failed', failure: message.failure, cpuMicroseconds: message.cpuMicroseconds };
    });
    this.process.send(invoke, () => undefined);
    const settled = await outcome;
    await output;
    if (settled.kind === 'timedOut' || settled.kind === 'exited') await this.ended;
    this.requestId = undefined;
    return settled;
  }

  /** Ends the process after the event that it works on, at once if it works none. */
  retire(): void {
    if (this.isBusy) this.isCondemned = true;
    else this.kill();
  }

  /** Ends the process at once, as a crash would; what it works on fails. */
  kill(): void {
    this.isCondemned = true;
    this.process.kill('SIGKILL');
  }

  private async outcome<Outcome>(
    limitMilliseconds: number, read: (message: ProcessMessage) => Outcome | undefined,
  ): Promise<Outcome | Extract<ProcessOutcome, { kind: 'timedOut' | 'exited' }>> {
    return new Promise((settle) => {
      const finish = (outcome: Parameters<typeof settle>[0]) => {
        clearTimeout(limit);
        this.process.off('message', onMessage).off('exit', onExit).off('error', onError);
        settle(outcome);
      };
      const onMessage = (message: ProcessMessage) => {
        this.noteMemory('residentBytes' in message ? message.residentBytes : 0);
        const outcome = read(message);
        if (outcome !== undefined) finish(outcome);
      };
      const onExit = (exitCode: number | null, signal: NodeJS.Signals | null) => {
        finish({ kind: 'exited', exitCode, signal });
      };
      const onError = () => { finish({ kind: 'exited', exitCode: null, signal: null }); };
      const limit = setTimeout(() => {
        this.noteMemory(0);
        this.kill();
        finish({ kind: 'timedOut', afterSeconds: limitMilliseconds / 1000 });
      }, limitMilliseconds);
      this.process.on('message', onMessage).on('exit', onExit).on('error', onError);
      if (this.hasEnded) finish({ kind: 'exited', exitCode: this.process.exitCode, signal: this.process.signalCode });
    });
  }

  private noteMemory(reported: number): void {
    this.residentBytes = Math.max(this.residentBytes, peakMemory(this.process.pid) ?? reported);
  }

  private async waitForEnd(): Promise<void> {
    await new Promise((exited) => this.process.once('exit', exited).once('error', exited));
    this.hasEnded = true;
    const lastLines = setTimeout(() => {
      this.process.stdout?.destroy();
      this.process.stderr?.destroy();
    }, LAST_LINES_MILLISECONDS);
    await Promise.all(this.output.map((reader) => reader.ended));
    clearTimeout(lastLines);
  }
}

/**
 * The message channel of `fork` rather than Lambda's HTTP runtime interface: an invocation costs the function's process
 * no HTTP client, and the channel's closing shows the process at once that the embedded cloud has ended.
 */
function startProcess({
  definition,
  script,
  environment,
  guard,
  nodeFlags,
}: ExecutionEnvironmentOptions): ChildProcess {
  // Lambda sizes Node.js's heap by the function's memory: a tenth for young objects, the rest for old ones.
  const young = Math.floor(definition.memoryMegabytes / 10);
  const child = fork(script, [], {
    cwd: definition.codeFolder,
    env: { ...environment },
    execArgv: [
      ...nodeFlags,
      `--max-old-space-size=${definition.memoryMegabytes - young}`,
      `--max-semi-space-size=${Math.max(1, Math.floor(young / 2))}`,
    ],
    stdio: ['ignore', 'pipe', 'pipe', 'ipc'],
  });
  guard.watch(child);
  return child;
}

/**
 * The most memory that a process ever held, in bytes, where the system reports it (Linux); undefined elsewhere or when
 * it has ended.
 */
function peakMemory(processId: number | undefined): number | undefined {
  if (processId === undefined) return undefined;
  try {
    const [, kilobytes] = /^VmHWM:\s+(\d+) kB$/m.exec(readFileSync(`/proc/${processId}/status`, 'utf8')) ?? [];
    return kilobytes === undefined ? undefined : Number(kilobytes) * 1024;
  } catch {
    return undefined;
  }
}
