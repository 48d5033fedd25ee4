import { setImmediate } from 'node:timers/promises';
import { Random } from '../support/random';
import { EventQueue } from './event-queue';
import type { Fault, Plan } from './plan';

/** A process of the engine: a function's invocation, which may die at any moment and then runs no further line. */
export interface Process {
  readonly name: string;
  alive: boolean;
  /** Something went wrong in it: what it leaves half done is nobody's fault. */
  struck: boolean;
  /** It waits for a call, or computes; false once it has ended. */
  running: boolean;
  /** Of how long its calls take. */
  readonly random: Random;
  /** One of its calls, counted from now, takes so long. */
  slow?: { calls: number; readonly seconds: number };
}

/**
 * Turns of promises that a process needs at most between two calls to the outside; deeper chains are caught by
 * `settleDeep`.
 */
const TURNS = 40;
/** Milliseconds of a call, about. */
const LATENCY = 40;
export const START = Date.parse('2026-11-02T09:00:00.000Z');

/**
 * Time, chance, and the processes' calls to the outside: one thing happens at a time, in an order that the seed
 * decides.
 */
export class Machine {
  now = START;
  readonly random: Random;
  /** What happened, for telling a failing run. */
  readonly told: string[] = [];
  events = 0;
  /** Processes that died or ran out of time, and calls that failed: what may have cut a piece of work in two. */
  losses = 0;
  private readonly queue = new EventQueue();
  private readonly counts = new Map<string, number>();
  private readonly faults = new Map<string, Fault>();
  private processes = 0;

  constructor(
    plan: Pick<Plan, 'seed' | 'faults'>,
    private readonly tells: boolean,
  ) {
    this.random = new Random(plan.seed * 31 + 7);
    for (const fault of plan.faults) this.faults.set(`${fault.on} ${fault.nth}`, fault);
  }

  after(milliseconds: number, happen: () => void): void {
    this.queue.plan(this.now + milliseconds, happen);
  }

  /** The fault that the plan has for the next of its kind. */
  fault<On extends Fault['on']>(on: On): Extract<Fault, { on: On }> | undefined {
    const nth = this.counts.get(on) ?? 0;
    this.counts.set(on, nth + 1);
    const found = this.faults.get(`${on} ${nth}`);
    return isOn(found, on) ? found : undefined;
  }

  /** Starts a process that is killed when its time is up. */
  start(kind: string, milliseconds: number, work: (process: Process) => Promise<void>, random = this.random): void {
    const process: Process = {
      name: `${kind} ${(this.processes += 1)}`,
      alive: true,
      struck: false,
      running: true,
      random,
    };
    this.tell(process, 'starts');
    this.after(milliseconds, () => {
      if (process.running) this.kill(process, 'runs out of time');
    });
    const end = () => {
      process.running = false;
    };
    work(process).then(end, (error: unknown) => {
      end();
      this.tell(process, `throws ${String(error)}`);
    });
  }

  kill(process: Process, why = 'dies'): void {
    process.alive = false;
    process.running = false;
    process.struck = true;
    this.losses += 1;
    this.tell(process, why);
  }

  /**
   * A call to the outside. `effect` happens at one moment, `longest` milliseconds from now at most where the caller
   * gives up then; `milliseconds` later the process hears of it.
   */
  call<Value>(
    process: Process,
    name: string,
    effect: (fault: Fault | undefined) => Value,
    milliseconds = 0,
    longest = Infinity,
  ): Promise<Value> {
    return new Promise((resolve, reject) => {
      if (!process.alive) return;
      const fault = this.fault('call');
      const what = fault?.what;
      const delay = (what === 'stall' ? (fault?.seconds ?? 0) : 0) + slownessOf(process);
      if (fault && what !== 'repeat') process.struck = true;
      this.after(Math.min(longest, 1 + process.random.below(2 * LATENCY) + delay * 1000), () => {
        if (!process.alive) return;
        if (what === 'die before') return this.kill(process, `dies before ${name}`);
        if (what === 'fail before') return this.fail(process, name, 'before', reject);
        const value = effect(fault);
        this.tell(process, name, value);
        const answer = () => {
          if (!process.alive) return;
          if (what === 'die after') this.kill(process, `dies after ${name}`);
          else if (what === 'fail after') this.fail(process, name, 'after', reject);
          else resolve(value);
        };
        if (milliseconds === 0) answer();
        else this.after(milliseconds, answer);
      });
    });
  }

  sleep(process: Process, milliseconds: number): Promise<void> {
    return new Promise((resolve) => {
      this.after(milliseconds, () => {
        if (process.alive) resolve();
      });
    });
  }

  /** Until nothing is left to happen. False: it went on for too long. */
  async run(limit: number): Promise<boolean> {
    for (;;) {
      const event = this.queue.next() ?? (await this.settleDeep());
      if (!event) return true;
      if ((this.events += 1) > limit) return false;
      this.now = Math.max(this.now, event.at);
      event.happen();
      for (let turn = 0; turn < TURNS; turn += 1) await undefined;
    }
  }

  tell(process: Process | undefined, what: string, value?: unknown): void {
    if (!this.tells) return;
    const seconds = ((this.now - START) / 1000).toFixed(2).padStart(9);
    this.told.push(
      `${seconds} s  ${process?.name ?? 'the world'}: ${what}${value === undefined ? '' : ` → ${brief(value)}`}`,
    );
  }

  private fail(process: Process, name: string, when: string, reject: (error: Error) => void): void {
    this.losses += 1;
    this.tell(process, `${name} fails ${when} its effect`);
    reject(new Error('The call failed.'));
  }

  private async settleDeep() {
    await setImmediate();
    return this.queue.next();
  }
}

/** Seconds that the next call of the process takes longer. */
function slownessOf({ slow }: Process): number {
  if (!slow) return 0;
  slow.calls -= 1;
  return slow.calls === 0 ? slow.seconds : 0;
}

function isOn<On extends Fault['on']>(fault: Fault | undefined, on: On): fault is Extract<Fault, { on: On }> {
  return fault?.on === on;
}

function brief(value: unknown): string {
  const fields: Readonly<Record<string, unknown>> = typeof value === 'object' && value !== null ? { ...value } : {};
  if ('applied' in fields) {
    const { conversation_status: status }: { conversation_status?: unknown } = { ...(fields.conversation ?? {}) };
    return `${fields.applied ? 'applied' : 'not applied'}, ${String(status)}`;
  }
  return JSON.stringify(value).slice(0, 120);
}
