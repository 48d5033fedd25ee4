import { setImmediate } from 'node:timers/promises';
import type { Around } from './outside-calls';

/** A repeatable source of chance, uniform in [0, 1) (Park and Miller). */
export function seededChance(seed: number): () => number {
  let state = (seed * 7919 + 17) % 2147483647;
  return () => {
    state = (state * 48271) % 2147483647;
    return state / 2147483647;
  };
}

interface Turn {
  readonly worker: string;
  readonly at: string;
  go(): void;
}

/**
 * Lets several workers run one call at a time, in the order that chance gives; a worker may be stopped for good at any
 * of its calls.
 */
export class Turns {
  /** Who was let go on, and before or after which call. */
  readonly order: string[] = [];
  private readonly waiting: Turn[] = [];
  private readonly stopped = new Set<string>();
  private last = '';

  /** What stands around this worker's calls. */
  around(worker: string): Around {
    return async (name, call) => {
      await this.turn(worker, `before ${name}`);
      const value = await call();
      await this.turn(worker, `after ${name}`);
      return value;
    };
  }

  /**
   * Runs until every worker has ended or is stopped. `between` happens before each turn and may name a worker to stop.
   */
  async run(chance: () => number, between: (order: readonly string[]) => string | undefined): Promise<void> {
    for (;;) {
      // Everything that can go on without a turn does so first.
      await setImmediate();
      const ready = this.waiting.filter(({ worker }) => !this.stopped.has(worker));
      const next = this.choose(ready, chance);
      if (!next) return;
      const victim = between(this.order);
      if (victim) this.stopped.add(victim);
      if (next.worker === victim) continue;
      this.waiting.splice(this.waiting.indexOf(next), 1);
      this.order.push(`${next.worker} ${next.at}`);
      this.last = next.worker;
      next.go();
    }
  }

  /** Mostly the same worker again: strict alternation would never let one come upon what another has half done. */
  private choose(ready: readonly Turn[], chance: () => number): Turn | undefined {
    const same = ready.filter(({ worker }) => worker === this.last);
    const among = same.length > 0 && chance() < 0.8 ? same : ready;
    return among[Math.floor(chance() * among.length)];
  }

  private turn(worker: string, at: string): Promise<void> {
    return new Promise((resolve) => {
      this.waiting.push({ worker, at, go: resolve });
    });
  }
}
