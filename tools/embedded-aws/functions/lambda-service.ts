import type { AccessKey } from '../services/access-keys';
import type { Services } from '../services/services';
import type { StackTemplate } from '../template/stack-template';
import type { BootstrapScripts } from './bootstrap-scripts';
import { CapturedLog } from './captured-log';
import type { LogLine } from './captured-log';
import { functionNameOf } from './function-arn';
import { functionDefinitions } from './function-definition';
import type { FunctionDefinition } from './function-definition';
import { functionEnvironment } from './function-environment';
import { FunctionRunner } from './function-runner';
import type { InvokeOptions } from './function-runner';
import type { InvocationReport } from './invocation-report';
import type { InvocationResult } from './invocation-result';
import { OrphanGuard } from './orphan-guard';

export interface LambdaServiceOptions {
  readonly template: StackTemplate;
  readonly services: Pick<Services, 'endpoint' | 'credentialsOf'>;
  readonly vendorEnvironment: Readonly<Record<string, string>>;
  readonly scripts: BootstrapScripts;
  readonly logFolder: string;
  /** Processes of a function at once; more would only wait for each other on a small machine. */
  readonly processLimit?: number | undefined;
  readonly idleMilliseconds?: number | undefined;
  readonly onLine?: ((line: LogLine) => void) | undefined;
  /** Words of which each is part of exactly one function's name: a debugger can be attached to it. */
  readonly inspect?: readonly string[] | undefined;
}

/** Node.js's own port for debuggers; each further function takes the next one. */
const FIRST_INSPECT_PORT = 9229;
const DEFAULT_PROCESS_LIMIT = 4;
const DEFAULT_IDLE_MILLISECONDS = 120_000;

interface RunningFunction {
  readonly definition: FunctionDefinition;
  readonly runner: FunctionRunner;
  readonly log: CapturedLog;
}

/** Every function of the stack, ready to be invoked. */
export class LambdaService {
  private readonly runners = new Map<string, RunningFunction>();
  private readonly doneReports: InvocationReport[] = [];

  private readonly guard: OrphanGuard;
  /** Ports of debuggers, by function name. */
  readonly inspectPorts: ReadonlyMap<string, number>;

  constructor(options: LambdaServiceOptions) {
    const members = functionDefinitions(options.template).map((definition) => ({
      definition, accessKey: options.services.credentialsOf(definition.logicalId),
    }));
    const names = members.map(({ definition }) => definition.name);
    this.inspectPorts = new Map(
      (options.inspect ?? []).map((word, index) => [namedBy(word, names), FIRST_INSPECT_PORT + index]),
    );
    // Nothing runs until everything is known to be well defined.
    this.guard = new OrphanGuard(options.scripts.orphanGuard);
    for (const { definition, accessKey } of members) this.add(definition, accessKey, options);
  }

  get definitions(): readonly FunctionDefinition[] {
    return [...this.runners.values()].map(({ definition }) => definition);
  }

  /** A function by its name, its logical id, or its ARN with or without a version or alias. */
  definitionOf(nameOrArn: string): FunctionDefinition {
    return this.find(nameOrArn).definition;
  }

  /** Invokes a function with an event of JSON text. */
  async invokeText(nameOrArn: string, event: string, options: InvokeOptions = {}): Promise<InvocationResult> {
    const invoked = nameOrArn.startsWith('arn:') ? { invokedArn: nameOrArn } : {};
    return this.find(nameOrArn).runner.invoke(event, { ...invoked, ...options });
  }

  async invoke(nameOrArn: string, event: unknown, options: InvokeOptions = {}): Promise<InvocationResult> {
    return this.invokeText(nameOrArn, JSON.stringify(event) ?? 'null', options);
  }

  /** Runs a function's code from another folder, which has source maps, from its next process on. */
  async develop(nameOrArn: string, codeFolder: string): Promise<void> {
    await this.find(nameOrArn).runner.develop(codeFolder);
  }

  /** Starts one process of each function ahead of its first invocation. */
  async prewarm(): Promise<void> {
    await Promise.all([...this.runners.values()].map(async ({ runner }) => runner.prewarm()));
  }

  /** Kills all processes of a function (SIGKILL), or only those at work; returns how many. */
  kill(nameOrArn: string, { onlyBusy = false }: { readonly onlyBusy?: boolean } = {}): number {
    return this.find(nameOrArn).runner.kill(onlyBusy);
  }

  /**
   * Kills the process (SIGKILL) that works the function's next invocation, once `moment` has come; resolves to its
   * request id.
   */
  async killDuringInvocation(nameOrArn: string, moment: Promise<unknown> = Promise.resolve()): Promise<string> {
    return this.find(nameOrArn).runner.killDuringInvocation(moment);
  }

  /** Invocations of a function that can run at once. */
  concurrencyOf(nameOrArn: string): number {
    return this.find(nameOrArn).runner.concurrency;
  }

  processCount(nameOrArn: string): number {
    return this.find(nameOrArn).runner.processCount;
  }

  /** The latest lines of one function, or of all in order of time. */
  logs(nameOrArn?: string): readonly LogLine[] {
    if (nameOrArn !== undefined) return this.find(nameOrArn).log.lines();
    return [...this.runners.values()].flatMap(({ log }) => log.lines()).sort((left, right) => left.time - right.time);
  }

  /** Every invocation since the start, in the order in which they ended. */
  reports(nameOrArn?: string): readonly InvocationReport[] {
    if (nameOrArn === undefined) return [...this.doneReports];
    const { name } = this.find(nameOrArn).definition;
    return this.doneReports.filter((report) => report.functionName === name);
  }

  /** Ends every process. */
  async stop(): Promise<void> {
    await Promise.all([...this.runners.values()].map(async ({ runner }) => runner.stop()));
    await this.guard.stop();
  }

  private add(definition: FunctionDefinition, accessKey: AccessKey, options: LambdaServiceOptions): void {
    const { template, services, vendorEnvironment, scripts, logFolder, onLine } = options;
    const log = new CapturedLog(definition.name, { folder: logFolder, onLine });
    const surroundings = { region: template.region, endpoint: services.endpoint, accessKey, vendorEnvironment };
    const runner = new FunctionRunner({
      definition,
      log,
      script: scripts.functionProcess,
      guard: this.guard,
      environmentOf: (current, logStreamName) => functionEnvironment(current, surroundings, logStreamName),
      inspectPort: this.inspectPorts.get(definition.name),
      processLimit: options.processLimit ?? DEFAULT_PROCESS_LIMIT,
      idleMilliseconds: options.idleMilliseconds ?? DEFAULT_IDLE_MILLISECONDS,
      onReport: (report) => { this.doneReports.push(report); },
    });
    this.runners.set(definition.name, { runner, definition, log });
  }

  private find(nameOrArn: string) {
    const named = this.runners.get(functionNameOf(nameOrArn).name)
      ?? [...this.runners.values()].find(({ definition }) => definition.logicalId === nameOrArn);
    if (named) return named;
    throw new Error(
      `Looking up the function "${nameOrArn}" failed: the stack has `
        + `${[...this.runners.keys()].join(', ') || 'no function'}. Use one of these.`,
    );
  }
}

function namedBy(word: string, names: readonly string[]): string {
  const [name, ...others] = names.filter((candidate) => candidate.includes(word));
  if (name !== undefined && others.length === 0) return name;
  const fitting = name === undefined ? 'no function' : [name, ...others].join(', ');
  throw new Error(
    `Inspecting "${word}" failed: it fits ${fitting}. Give a part of exactly one of ${names.join(', ')}.`,
  );
}
