import type { Scheduler } from '../../tools/vendor-simulators/scheduler';

/** Runs what is due only so many at once, in order of time. */
export interface PacedScheduler extends Scheduler {
  /** What has been scheduled and has not ended. */
  pending(): number;
}

/**
 * The receipts' pace. Lambda would start as many functions as receipts come; the few processes of this machine would
 * fall behind until every vendor
 * gives up waiting and posts again, which only adds to it.
 */
export function pacedScheduler(atOnce: number): PacedScheduler {
  const timers = new Set<NodeJS.Timeout>();
  const due: Array<() => Promise<void>> = [];
  let running = 0;
  const run = () => {
    while (running < atOnce) {
      const task = due.shift();
      if (!task) return;
      running += 1;
      void task().catch(() => undefined).finally(() => {
        running -= 1;
        run();
      });
    }
  };
  return {
    schedule: (delayMilliseconds, task) => {
      const timer = setTimeout(() => {
        timers.delete(timer);
        due.push(task);
        run();
      }, delayMilliseconds);
      timer.unref();
      timers.add(timer);
    },
    stop: () => {
      for (const timer of timers) clearTimeout(timer);
      timers.clear();
      due.length = 0;
    },
    pending: () => timers.size + due.length + running,
  };
}
