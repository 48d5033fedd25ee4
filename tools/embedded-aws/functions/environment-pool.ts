import type { ExecutionEnvironment } from './execution-environment';

/** What the pool needs to know of a process. */
export type PooledEnvironment = Pick<
  ExecutionEnvironment,
  'isUsable' | 'isBusy' | 'ready' | 'ended' | 'kill' | 'retire'
>;

export interface EnvironmentPoolOptions<Environment> {
  /** Invocations at once. */
  readonly limit: number;
  /**
   * Whether an invocation beyond the limit is throttled (as Lambda's reserved concurrency) or waits (as this machine's
   * limit).
   */
  readonly throttles: boolean;
  /** A process that has had nothing to do for so long is ended. */
  readonly idleMilliseconds: number;
  readonly start: () => Environment;
}

interface IdleEnvironment<Environment> {
  readonly environment: Environment;
  readonly reaper: NodeJS.Timeout;
}

/** The processes of one function: started as they are needed, kept warm, ended when idle. */
export class EnvironmentPool<Environment extends PooledEnvironment> {
  private readonly all = new Set<Environment>();
  private readonly idle: Array<IdleEnvironment<Environment>> = [];
  private readonly waiting: Array<() => void> = [];
  private busy = 0;
  private isStopped = false;

  constructor(private readonly options: EnvironmentPoolOptions<Environment>) {}

  /** A process of one's own until it is released; undefined where Lambda throttles. */
  async acquire(waits: boolean): Promise<Environment | undefined> {
    this.refuseAfterStop();
    if (this.busy >= this.options.limit) {
      if (this.options.throttles && !waits) return undefined;
      // Woken by a release, which has kept the place for this one.
      await new Promise<void>((woken) => this.waiting.push(woken));
    } else {
      this.busy += 1;
    }
    this.refuseAfterStop();
    return this.takeIdle() ?? this.start();
  }

  release(environment: Environment): void {
    if (environment.isUsable) this.keep(environment);
    else environment.kill();
    const next = this.waiting.shift();
    if (next) next();
    else this.busy -= 1;
  }

  /** Starts a process before it is needed. */
  async prewarm(): Promise<void> {
    if (this.all.size > 0 || this.options.limit === 0) return;
    const environment = this.start();
    const init = await environment.ready;
    // One that cannot start is reported by the first invocation, as Lambda does.
    if (init.kind === 'ready') this.keep(environment);
    else environment.kill();
  }

  get processCount(): number {
    return this.all.size;
  }

  /** Ends processes as a crash would; returns how many. */
  kill(onlyBusy: boolean): number {
    const victims = [...this.all].filter((environment) => environment.isUsable && (environment.isBusy || !onlyBusy));
    for (const environment of victims) environment.kill();
    return victims.length;
  }

  /** Ends every process after what it works on; resolves when the idle ones have ended. */
  async retire(): Promise<void> {
    const idle = [...this.all].filter((environment) => !environment.isBusy);
    for (const environment of this.all) environment.retire();
    await Promise.all(idle.map(async (environment) => environment.ended));
  }

  async stop(): Promise<void> {
    this.isStopped = true;
    for (const woken of this.waiting.splice(0)) woken();
    for (const { reaper } of this.idle.splice(0)) clearTimeout(reaper);
    const ends = [...this.all].map(async (environment) => environment.ended);
    for (const environment of this.all) environment.kill();
    await Promise.all(ends);
  }

  private refuseAfterStop(): void {
    if (this.isStopped) throw new Error('Invoking a function failed: the embedded cloud has stopped. Start it again.');
  }

  private start(): Environment {
    const environment = this.options.start();
    this.all.add(environment);
    void environment.ended.then(() => this.all.delete(environment));
    return environment;
  }

  private takeIdle(): Environment | undefined {
    for (let next = this.idle.pop(); next; next = this.idle.pop()) {
      clearTimeout(next.reaper);
      if (next.environment.isUsable) return next.environment;
    }
    return undefined;
  }

  private keep(environment: Environment): void {
    const reaper = setTimeout(() => {
      this.idle.splice(this.idle.findIndex((entry) => entry.environment === environment), 1);
      environment.kill();
    }, this.options.idleMilliseconds);
    reaper.unref();
    this.idle.push({ environment, reaper });
  }
}
